"""Keeps conversations in Redis at a cost per turn that does not grow with the conversation.

Rasa's own RedisTrackerStore blocks the event loop, has no time limits, and reads, merges and writes
the whole history every turn. This one appends a turn's new events, and gives Rasa only the window
of the conversation that dialogue decisions look at. Nothing is lost: the whole history stays
readable (`retrieve_full_tracker`).

A window opens like a session of Rasa's does: a session start and the slots as they stood. It never
opens inside a form. Two are always planned ahead, so at least `WINDOW_EVENTS` events stay visible.

Keys, with one hash tag per conversation: `rasa:{<id>}:events`, a list of all events as JSON, and
`rasa:{<id>}:state`, a hash with the window and where each message stands in the list.
"""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from importlib import resources
from typing import Any, cast

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError

from rasa_runtime.settings import settings
from rasa_runtime.tracker_window import Window

SOCKET_SECONDS = 2.0
STOCK_PREFIX = "tracker:"
"""Where Rasa's RedisTrackerStore keeps a conversation, as one JSON string."""


class ConversationChanged(Exception):
    """Somebody else wrote to the conversation since it was read; nothing was written."""


class AppendingTrackerStore(TrackerStore):
    """Rasa's tracker store on redis.asyncio: appends, expires, and never waits without limit.

    `host` is a Redis URL (Rasa passes the `url` of endpoints.yml under this name). Errors of Redis
    are not caught: a turn that cannot be stored must fail.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str = "",
        event_broker: EventBroker | None = None,
    ) -> None:
        super().__init__(domain, event_broker)
        self._keep = int(timedelta(days=settings().keep_conversations_days).total_seconds())
        self._redis: Redis = Redis.from_url(
            host,
            decode_responses=True,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
            health_check_interval=30,
            retry=Retry(NoBackoff(), retries=1),
        )
        self._append = self._redis.register_script(_script("append.lua"))
        self.on_saved: Callable[[DialogueStateTracker, list[Event]], None] | None = None
        """Is told of each conversation that was saved, with its new events."""

    @property
    def redis(self) -> Redis:
        """The client, for others in this process."""
        return self._redis

    async def close(self) -> None:
        """Close the connections to Redis."""
        await self._redis.aclose()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation's present window, or None if there is no conversation."""
        window = await self._window(sender_id)
        if window is None:
            return await self._import_stock(sender_id)
        stored = await self._redis.lrange(_events_key(sender_id), window.start, -1)
        tracker = self._tracker(sender_id, [*window.opening, *map(json.loads, stored)])
        _remember(tracker, window, stored_events=window.start + len(stored))
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the conversation with all its sessions, or None if there is no conversation."""
        events = await self._all_events(conversation_id)
        return self._tracker(conversation_id, events) if events else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what happened since the tracker was retrieved.

        Raises ConversationChanged if the stored conversation has moved on meanwhile.
        """
        position = await self._position(tracker)
        new_events = list(tracker.events)[position.local :]
        if not new_events:
            return
        window = position.window.after(tracker, new_events, first_index=position.stored)
        turns = _turn_fields(new_events, first_index=position.stored)
        await self._write(
            tracker.sender_id,
            [event.as_dict() for event in new_events],
            {**window.to_state(), **turns},
            expected_length=position.stored,
        )
        _remember(tracker, window, stored_events=position.stored + len(new_events))
        if self.on_saved is not None:
            self.on_saved(tracker, new_events)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new_events, tracker.sender_id)

    async def keys(self) -> list[str]:
        """Return the ids of all conversations, found with SCAN."""
        pattern = _events_key("*")
        prefix, suffix = pattern.split("*")
        found = {
            key.removeprefix(prefix).removesuffix(suffix)
            async for key in self._redis.scan_iter(match=pattern, count=500)
        }
        async for key in self._redis.scan_iter(match=f"{STOCK_PREFIX}*", count=500):
            found.add(key.removeprefix(STOCK_PREFIX))
        return sorted(found)

    async def exists(self, conversation_id: str) -> bool:
        """Say whether anything is stored about the conversation."""
        keys = (_events_key(conversation_id), STOCK_PREFIX + conversation_id)
        return any([await self._redis.exists(key) for key in keys])

    async def utterances_after(self, sender_id: str, message_id: str) -> list[BotUttered] | None:
        """Return what the assistant said to a stored message, or None if it is not stored."""
        index = await self._redis.hget(_state_key(sender_id), _turn_field(message_id))
        if index is None:
            return None
        stored = await self._redis.lrange(_events_key(sender_id), int(index) + 1, -1)
        utterances: list[BotUttered] = []
        for event in deserialise_events([json.loads(entry) for entry in stored]):
            if isinstance(event, UserUttered):
                break
            if isinstance(event, BotUttered):
                utterances.append(event)
        return utterances

    async def _import_stock(self, sender_id: str) -> DialogueStateTracker | None:
        """Take over a conversation that Rasa's own store has written; None if there is none."""
        events = await self._stock_events(sender_id)
        if not events:
            return None
        window = Window(start=_last_session_start(events))
        await self._write(sender_id, events, window.to_state(), expected_length=0)
        return await self.retrieve(sender_id)

    async def _stock_events(self, sender_id: str) -> list[dict[str, Any]]:
        stored = await self._redis.get(STOCK_PREFIX + sender_id)
        return json.loads(stored)["events"] if stored else []

    async def _all_events(self, sender_id: str) -> list[dict[str, Any]]:
        stored = await self._redis.lrange(_events_key(sender_id), 0, -1)
        if stored:
            return [json.loads(entry) for entry in stored]
        return await self._stock_events(sender_id)

    async def _position(self, tracker: DialogueStateTracker) -> "_Position":
        """Return how much of the tracker is stored already.

        A tracker that this store did not hand out is taken to hold the whole conversation.
        """
        remembered: _Position | None = getattr(tracker, _POSITION, None)
        if remembered is not None:
            return remembered
        length = await self._redis.llen(_events_key(tracker.sender_id))
        window = await self._window(tracker.sender_id) or Window()
        return _Position(window=window, stored=length, local=length)

    async def _window(self, sender_id: str) -> Window | None:
        found = await self._redis.hmget(_state_key(sender_id), *Window.FIELDS)
        state = cast("list[str]", found)  # the client decodes; an absent window is absent whole
        return Window.from_state(state) if found[0] is not None else None

    async def _write(
        self,
        sender_id: str,
        events: list[dict[str, Any]],
        state: dict[str, str],
        *,
        expected_length: int,
    ) -> None:
        fields = [text for field in state.items() for text in field]
        try:
            await self._append(
                keys=[_events_key(sender_id), _state_key(sender_id)],
                args=[expected_length, self._keep, len(fields), *fields, *map(json.dumps, events)],
            )
        except ResponseError as error:
            if "CHANGED" in str(error):
                raise ConversationChanged(f"Another turn wrote to {sender_id}.") from error
            raise

    def _tracker(self, sender_id: str, events: list[dict[str, Any]]) -> DialogueStateTracker:
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)


class _Position:
    """How much of a tracker is stored: `stored` events in Redis, `local` of the tracker's own."""

    def __init__(self, *, window: Window, stored: int, local: int) -> None:
        self.window = window
        self.stored = stored
        self.local = local


_POSITION = "stored_position"
"""The attribute by which a tracker carries its position from `retrieve` to `save`."""


def _remember(tracker: DialogueStateTracker, window: Window, *, stored_events: int) -> None:
    position = _Position(window=window, stored=stored_events, local=len(tracker.events))
    setattr(tracker, _POSITION, position)


def _turn_fields(events: Iterable[Event], *, first_index: int) -> dict[str, str]:
    """Return where in the list each message of the customer stands."""
    return {
        _turn_field(event.metadata["message_id"]): str(index)
        for index, event in enumerate(events, start=first_index)
        if isinstance(event, UserUttered) and "message_id" in event.metadata
    }


def _last_session_start(events: list[dict[str, Any]]) -> int:
    starts = [
        index
        for index, event in enumerate(events)
        if event["event"] == ActionExecuted.type_name and event["name"] == ACTION_SESSION_START_NAME
    ]
    return starts[-1] if starts else 0


def _events_key(sender_id: str) -> str:
    return f"rasa:{{{sender_id}}}:events"


def _state_key(sender_id: str) -> str:
    return f"rasa:{{{sender_id}}}:state"


def _turn_field(message_id: str) -> str:
    return f"turn:{message_id}"


def _script(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
