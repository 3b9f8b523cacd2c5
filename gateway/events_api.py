"""Messages as they come: Server-Sent Events that resume where the reader left off."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from redis.exceptions import RedisError

from gateway.conversation_log import PAGE, Entry, Sender
from gateway.doorbell import Bell
from gateway.messages import LAST_POSITION, shown
from gateway.services import Authorised, Provided, Services
from gateway.tokens import TokenScope
from gateway.typing import Typing

log = structlog.get_logger("gateway.events")
router = APIRouter(prefix="/v1/conversations/{conversation_id}", tags=["messages"])

KEEP_ALIVE_SECONDS = 10.0
"""How long a stream is silent at most; at each keep-alive the log is looked at again."""

RETRY_MILLISECONDS = 1000
KEEP_ALIVE = format_sse_event(comment="keep-alive")
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

Position = Annotated[int | None, Header(ge=0, le=LAST_POSITION)]


@router.get("/events", response_class=StreamingResponse)
async def stream_events(
    scope: Authorised,
    services: Provided,
    last_event_id: Position = None,
    after: Annotated[int, Query(ge=0, le=LAST_POSITION)] = 0,
) -> StreamingResponse:
    """Stream the messages that follow `Last-Event-ID` (or `after`), then each as it comes.

    An event's id is the message's position. An event `typing` says who is typing, has no id and
    does not come again. The stream ends when the token expires or the
    gateway stops; a reader comes back with the last id it has and misses nothing.
    """
    await services.log.conversation(scope.conversation_id)
    start = after if last_event_id is None else last_event_id
    events = EventStream(scope, services, after=start).events()
    return StreamingResponse(events, media_type="text/event-stream", headers=HEADERS)


class EventStream:
    """One reader's stream over a conversation."""

    def __init__(self, scope: TokenScope, services: Services, *, after: int) -> None:
        self._scope = scope
        self._services = services
        self._after = after
        self._caught_up = False
        self._asked_at: datetime | None = None

    async def events(self) -> AsyncIterator[bytes]:
        """Yield the encoded events until the token expires or the gateway stops."""
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
                if not await _rang(bell):
                    yield KEEP_ALIVE

    async def _read(self) -> list[Entry]:
        try:
            return await self._services.log.read(self._scope.conversation_id, after=self._after)
        except RedisError:
            # The reader keeps its stream; the next ring or keep-alive looks again.
            return []

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


async def _rang(bell: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(KEEP_ALIVE_SECONDS):
            await bell.wait()
    except TimeoutError:
        return False
    return True
