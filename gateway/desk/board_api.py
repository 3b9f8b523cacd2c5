"""The lists of the desk, live, and the streams that keep a page up to date."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any, Final

import yaml
from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from redis.exceptions import RedisError

from gateway.conversation_log import ConversationUnknown
from gateway.desk.access import Visible
from gateway.desk.conversation_api import standing_json
from gateway.desk.services import Desk, DeskServices, SignedIn
from gateway.desk.sessions import Session
from gateway.desk.views import board_json, entry_json
from gateway.doorbell import Bell
from gateway.events_api import HEADERS, KEEP_ALIVE
from gateway.pages import WEB
from gateway.services import Provided, Services
from support.ids import ConversationId
from support.times import utc_now

router = APIRouter(prefix="/v1/desk", tags=["desk"])

LOOK_SECONDS: Final = 0.7
"""How often the lists are looked at, once per process however many pages are open."""

BEAT_SECONDS: Final = 10.0

Json = dict[str, Any]


class Boards:
    """Reads the desk at most every `LOOK_SECONDS`, for every page of this process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = asyncio.Lock()
        self._read_at = 0.0
        self._newest: Json = {}

    async def newest(self) -> Json:
        """Return the desk as it stands, at most a moment old. May raise RedisError."""
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if now - self._read_at >= LOOK_SECONDS:
                board = await self._services.handover.lookout.board(now=utc_now())
                self._newest, self._read_at = board_json(board), now
        return self._newest


@router.get("/board")
async def board(_: SignedIn, services: Provided) -> Json:
    """Return everything at the desk at this moment."""
    return board_json(await services.handover.lookout.board(now=utc_now()))


@router.get("/canned")
async def canned(_: SignedIn) -> Sequence[Json]:
    """Return the replies that are used again and again."""
    stored: Sequence[Json] = yaml.safe_load(
        (WEB / "desk" / "canned.yml").read_text(encoding="utf-8")
    )
    return stored


@router.get("/events", response_class=StreamingResponse)
async def desk_events(request: Request, session: SignedIn, services: Provided) -> StreamingResponse:
    """Stream the lists whenever they change; while it is open its agent counts as present."""
    boards: Boards = request.app.state.boards
    stream = _board_stream(session, services, boards)
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


async def _board_stream(
    session: Session, services: Services, boards: Boards
) -> AsyncIterator[bytes]:
    sent, beaten = "", 0.0
    clock = asyncio.get_running_loop().time
    yield format_sse_event(comment="open", retry=1000)
    while not services.doorbell.closed:
        try:
            if clock() - beaten > BEAT_SECONDS:
                if await services.redis.exists(session.key) == 0:
                    yield format_sse_event(event="signed-out", data_str="{}")
                    return
                await services.redis.expire(session.key, 3600)
                agent = session.person.agent_id
                await services.handover.duty.heartbeat(agent, now=utc_now())
                beaten = clock()
                yield KEEP_ALIVE
            newest = json.dumps(await boards.newest())
        except RedisError:
            # The page keeps its stream; the next look may succeed.
            newest = sent
        if newest != sent:
            sent = newest
            yield format_sse_event(event="board", data_str=newest)
        await asyncio.sleep(LOOK_SECONDS)


@router.get(
    "/conversations/{conversation_id}/events",  # noqa: FAST003 - read by the Visible dependency
    response_class=StreamingResponse,
)
async def conversation_events(
    held: Visible,
    session: SignedIn,
    services: Provided,
    desk: Desk,
    after: Annotated[int, Query(ge=0)] = 0,
) -> StreamingResponse:
    """Stream one conversation: messages, who is typing, owner, notes, and who else looks."""
    stream = _ConversationStream(held.conversation_id, session, services, desk, after=after)
    return StreamingResponse(stream.events(), media_type="text/event-stream", headers=HEADERS)


class _ConversationStream:
    def __init__(
        self,
        conversation_id: ConversationId,
        session: Session,
        services: Services,
        desk: DeskServices,
        *,
        after: int,
    ) -> None:
        self._id = conversation_id
        self._agent = session.person.agent_id
        self._services = services
        self._desk = desk
        self._after = after
        self._standing = ""

    async def events(self) -> AsyncIterator[bytes]:
        doorbell = self._services.doorbell
        yield format_sse_event(comment="open", retry=1000)
        try:
            with doorbell.listening(self._id) as bell:
                while not doorbell.closed:
                    bell.clear()
                    for signal in bell.take_signals():
                        yield format_sse_event(event="typing", data_str=signal)
                    for event in await self._news():
                        yield event
                    if not await _rang(bell):
                        yield KEEP_ALIVE
        except ConversationUnknown:
            return
        finally:
            await self._desk.notes.look_away(self._id, self._agent)

    async def _news(self) -> list[bytes]:
        try:
            await self._desk.notes.look(self._id, self._agent, now=utc_now())
            entries = await self._services.log.read(self._id, after=self._after)
            held = await self._services.handover.store.read(self._id)
            standing = json.dumps(await standing_json(held, self._desk))
        except RedisError:
            return []
        news = [
            format_sse_event(event="message", data_str=json.dumps(entry_json(one)))
            for one in entries
        ]
        if entries:
            self._after = entries[-1].position
        if standing != self._standing:
            self._standing = standing
            news.append(format_sse_event(event="standing", data_str=standing))
        return news


async def _rang(bell: Bell) -> bool:
    try:
        async with asyncio.timeout(BEAT_SECONDS / 2):
            await bell.wait()
    except TimeoutError:
        return False
    return True
