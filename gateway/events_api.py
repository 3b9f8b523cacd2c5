"""Messages as they come: Server-Sent Events that resume where the reader left off."""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Header, Query, Request
from fastapi.sse import format_sse_event
from redis.exceptions import RedisError

from gateway.conversation_log import PAGE, ConversationUnknown, Entry, Sender
from gateway.doorbell import Bell
from gateway.event_response import EventResponse
from gateway.handover import Status
from gateway.messages import LAST_POSITION, shown
from gateway.ownership import Owner
from gateway.services import Authorised, Provided, Services
from gateway.tokens import TokenScope
from gateway.typing import Typing

log = structlog.get_logger("gateway.events")
router = APIRouter(prefix="/v1/conversations/{conversation_id}", tags=["messages"])

KEEP_ALIVE_SECONDS = 10.0
"""How long a stream is silent at most; at each keep-alive the log is looked at again."""

RETRY_MILLISECONDS = 1000
WITH_ASSISTANT = Status(owner=Owner.BOT)
"""How every conversation begins; it goes without saying."""

KEEP_ALIVE = format_sse_event(comment="keep-alive")
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

Position = Annotated[int | None, Header(ge=0, le=LAST_POSITION)]


@router.get("/events", response_class=EventResponse)
async def stream_events(
    request: Request,
    scope: Authorised,
    services: Provided,
    last_event_id: Position = None,
    after: Annotated[int, Query(ge=0, le=LAST_POSITION)] = 0,
) -> EventResponse:
    """Stream the messages that follow `Last-Event-ID` (or `after`), then each as it comes.

    An event's id is the message's position. An event `typing` says who is typing, has no id and
    does not come again. An event `status` without an id says whose turn it is: {owner, position,
    wait_minutes, agent}, at each change and, while waiting, as it changes. The
    stream ends when the token expires or the gateway stops; a reader comes back with the last id it
    has and misses nothing.
    """
    await services.log.conversation(scope.conversation_id)
    start = after if last_event_id is None else last_event_id
    stream = EventStream(scope, services, after=start, has_left=request.is_disconnected)
    return EventResponse(stream.events(), HEADERS)


class EventStream:
    """One reader's stream over a conversation."""

    __slots__ = (
        "_after",
        "_asked_at",
        "_caught_up",
        "_has_left",
        "_looks",
        "_scope",
        "_services",
        "_silence",
        "_status",
    )

    def __init__(
        self,
        scope: TokenScope,
        services: Services,
        *,
        after: int,
        has_left: Callable[[], Awaitable[bool]],
    ) -> None:
        self._scope = scope
        self._services = services
        self._after = after
        self._has_left = has_left
        self._caught_up = False
        self._asked_at: datetime | None = None
        self._status = WITH_ASSISTANT
        self._looks = True
        # Streams that were opened together do not look at the log together ever after.
        self._silence = KEEP_ALIVE_SECONDS * random.random()  # noqa: S311 - guards nothing

    async def events(self) -> AsyncGenerator[bytes]:
        """Yield the encoded events until the token expires, the reader or the gateway is gone."""
        doorbell, gauge = self._services.doorbell, self._services.metrics.open_streams
        with gauge.track_inprogress(), doorbell.listening(self._scope.conversation_id) as bell:
            yield format_sse_event(comment="open", retry=RETRY_MILLISECONDS)
            while not doorbell.closed and datetime.now(UTC) < self._scope.expires_at:
                bell.clear()
                entries = await self._read()
                for entry in entries:
                    yield self._encoded(entry)
                for typing in _others_typing(bell):
                    yield format_sse_event(event="typing", data_str=typing)
                if len(entries) == PAGE:
                    continue
                self._caught_up = True
                async for event in self._changed_status():
                    yield event
                rang = await _rang(bell, self._silence)
                self._silence = KEEP_ALIVE_SECONDS
                self._looks = rang or self._status.position is not None
                if not rang:
                    if await self._has_left():
                        return
                    yield KEEP_ALIVE

    async def _read(self) -> list[Entry]:
        try:
            return await self._services.log.read(self._scope.conversation_id, after=self._after)
        except RedisError:
            # The reader keeps its stream; the next ring or keep-alive looks again.
            return []

    async def _changed_status(self) -> AsyncIterator[bytes]:
        """Yield whose turn it is where that has changed; while somebody waits it is looked up."""
        if not self._looks:
            return
        lookout = self._services.handover.lookout
        try:
            status = await lookout.status(self._scope.conversation_id, now=datetime.now(UTC))
        except (RedisError, ConversationUnknown):
            return
        if status != self._status:
            self._status = status
            yield format_sse_event(event="status", data_str=status.model_dump_json())

    def _encoded(self, entry: Entry) -> bytes:
        self._after = entry.position
        self._measure(entry)
        message = shown(entry).model_dump_json(exclude_none=True)
        return format_sse_event(id=str(entry.position), event="message", data_str=message)

    def _measure(self, entry: Entry) -> None:
        self._services.metrics.replies.labels(entry.sender).inc()
        if entry.sender is Sender.CUSTOMER:
            self._asked_at = entry.at if self._caught_up else None
        elif self._asked_at is not None:
            waited = datetime.now(UTC) - self._asked_at
            self._services.metrics.turn_seconds.observe(waited.total_seconds())
            self._asked_at = None


def _others_typing(bell: Bell) -> list[str]:
    """Return who is typing beside the customer, who knows that without being told."""
    told = [Typing.model_validate_json(signal) for signal in bell.take_signals()]
    return [typing.model_dump_json() for typing in told if typing.by is not Sender.CUSTOMER]


async def _rang(bell: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return False
    return True
