"""Keeps conversations in Redis at a cost per turn that does not grow with the conversation.

Rasa's own RedisTrackerStore blocks the event loop, has no time limits, and reads, merges and writes
the whole history every turn. This one appends a turn's new events, and gives Rasa only the window
of the conversation that dialogue decisions look at. Nothing is lost: the whole history stays
readable (`retrieve_full_tracker`).

A window opens like a session of Rasa's does: a session start and the slots as they stood. It never
opens inside a form. Two are always planned ahead, so at least `WINDOW_EVENTS` events stay visible.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

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

from rasa_runtime.redis_access import PATIENCE, key_prefix_of
from rasa_runtime.settings import keep_of
from rasa_runtime.stock_conversations import StockConversations
from rasa_runtime.stored_conversations import StoredConversations, StoredEvent
from rasa_runtime.tracker_window import Window
from support.redis_client import connect


class AppendingTrackerStore(TrackerStore):
    """Rasa's tracker store on redis.asyncio: appends, expires, and never waits without limit.

    `host` is an address of Redis (Rasa passes the `url` of endpoints.yml under this name).
    `key_prefix` and `record_exp`, in seconds, mean what they mean to Rasa's own store; without the
    latter KEEP_CONVERSATIONS_DAYS counts. Errors of Redis are not caught: a turn that cannot be
    stored must fail. Raises RedisAddressWrong or SettingsError.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        key_prefix: str | None = None,
        record_exp: float | None = None,
    ) -> None:
        super().__init__(domain, event_broker)
        prefix = key_prefix_of(key_prefix)
        self._redis = connect(host or "", PATIENCE)
        self._stored = StoredConversations(self._redis, keep=keep_of(record_exp), prefix=prefix)
        self._stock = StockConversations(self._redis, prefix=prefix)
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
        stored = await self._stored.window(sender_id)
        if stored is None:
            return await self._take_over(sender_id)
        window, events = stored
        tracker = self._tracker(sender_id, [*window.opening, *events])
        _remember(tracker, window, stored_events=window.start + len(events))
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the conversation with all its sessions, or None if there is no conversation."""
        events = await self._all_events(conversation_id)
        return self._tracker(conversation_id, events) if events else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what happened since the tracker was retrieved.

        Of a tracker that this store did not hand out, whatever is not stored yet is appended.
        Raises ConversationChanged if the stored conversation has moved on meanwhile.
        """
        remembered: _Position | None = getattr(tracker, _POSITION, None)
        position, new_events = (
            (remembered, list(tracker.events)[remembered.local :])
            if remembered
            else await self._compared_with_stored(tracker)
        )
        if not new_events:
            return
        window = position.window.after(tracker, new_events, first_index=position.stored)
        await self._stored.append(
            tracker.sender_id,
            [event.as_dict() for event in new_events],
            window,
            expected_length=position.stored,
            messages=_messages(new_events, first_index=position.stored),
        )
        _remember(tracker, window, stored_events=position.stored + len(new_events))
        if self.on_saved is not None:
            self.on_saved(tracker, new_events)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new_events, tracker.sender_id)

    async def keys(self) -> list[str]:
        """Return the ids of all conversations."""
        return sorted(await self._stored.ids() | await self._stock.ids())

    async def exists(self, conversation_id: str) -> bool:
        """Say whether anything is stored about the conversation."""
        return await self._stored.exists(conversation_id) or await self._stock.exists(
            conversation_id
        )

    async def utterances_after(self, sender_id: str, message_id: str) -> list[BotUttered] | None:
        """Return what the assistant said to a stored message, or None if it is not stored."""
        stored = await self._stored.events_since(sender_id, message_id)
        if stored is None:
            return None
        utterances: list[BotUttered] = []
        for event in deserialise_events(stored):
            if isinstance(event, UserUttered):
                break
            if isinstance(event, BotUttered):
                utterances.append(event)
        return utterances

    async def _take_over(self, sender_id: str) -> DialogueStateTracker | None:
        """Continue a conversation that Rasa's own store has written; None if there is none."""
        events = await self._stock.events(sender_id)
        if not events:
            return None
        window = Window(start=_last_session_start(events))
        await self._stored.append(sender_id, events, window, expected_length=0)
        return await self.retrieve(sender_id)

    async def _all_events(self, sender_id: str) -> list[StoredEvent]:
        return await self._stored.events(sender_id) or await self._stock.events(sender_id)

    async def _compared_with_stored(
        self, tracker: DialogueStateTracker
    ) -> tuple["_Position", list[Event]]:
        """Return where a tracker from elsewhere stands, and its events that are not stored."""
        await self.retrieve(tracker.sender_id)  # takes over what Rasa's own store has
        stored = await self._stored.window(tracker.sender_id)
        window = stored[0] if stored else Window()
        events = await self._stored.events(tracker.sender_id)
        known = {_text(event) for event in (*events, *window.opening)}
        new_events = [event for event in tracker.events if _text(event.as_dict()) not in known]
        return _Position(window, stored=len(events), local=0), new_events

    def _tracker(self, sender_id: str, events: list[dict[str, Any]]) -> DialogueStateTracker:
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)


@dataclass(frozen=True, slots=True)
class _Position:
    """How much of a tracker is stored: `stored` events in Redis, `local` of the tracker's own."""

    window: Window
    stored: int
    local: int


_POSITION = "stored_position"
"""The attribute by which a tracker carries its position from `retrieve` to `save`."""


def _remember(tracker: DialogueStateTracker, window: Window, *, stored_events: int) -> None:
    position = _Position(window, stored=stored_events, local=len(tracker.events))
    setattr(tracker, _POSITION, position)


def _messages(events: Sequence[Event], *, first_index: int) -> dict[str, int]:
    """Return where in the list each message of the customer stands."""
    return {
        event.metadata["message_id"]: index
        for index, event in enumerate(events, start=first_index)
        if isinstance(event, UserUttered) and "message_id" in event.metadata
    }


def _last_session_start(events: Sequence[StoredEvent]) -> int:
    starts = [
        index
        for index, event in enumerate(events)
        if event["event"] == ActionExecuted.type_name and event["name"] == ACTION_SESSION_START_NAME
    ]
    return starts[-1] if starts else 0


def _text(event: StoredEvent) -> str:
    """Return the event in a form that is the same before and after it was stored."""
    return json.dumps(event, sort_keys=True)
