"""Conversations as they lie in Redis: lists of events that only ever grow.

Keys, with one hash tag per conversation: `rasa:{<id>}:events`, a list of all events as JSON, and
`rasa:{<id>}:state`, a hash with the window and where each message stands in the list. A key prefix,
where one is configured, stands before them.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from rasa_runtime.redis_access import script
from rasa_runtime.tracker_window import Window

StoredEvent = dict[str, Any]
"""An event as Rasa serialises it."""

KEYS_PER_SCAN = 500


class ConversationChanged(Exception):
    """Somebody else wrote to the conversation since it was read; nothing was written."""


class StoredConversations:
    """Reads and appends. Errors of Redis are the caller's."""

    def __init__(self, redis: Redis, *, keep: timedelta, prefix: str = "") -> None:
        self._redis = redis
        self._keep_seconds = int(keep.total_seconds())
        self._prefix = f"{prefix}rasa:"
        self._load = redis.register_script(script("load"))
        self._append = redis.register_script(script("append"))

    async def window(self, conversation_id: str) -> tuple[Window, list[StoredEvent]] | None:
        """Return the present window and the events since its start; None if nothing is stored."""
        loaded = await self._load(keys=self._keys(conversation_id), args=Window.FIELDS)
        if loaded is None:
            return None
        state, events = loaded
        return Window.from_state(state), [json.loads(event) for event in events]

    async def events(self, conversation_id: str, *, first: int = 0) -> list[StoredEvent]:
        """Return the events from index `first` on."""
        stored = await self._redis.lrange(self._events_key(conversation_id), first, -1)
        return [json.loads(event) for event in stored]

    async def events_since(self, conversation_id: str, message_id: str) -> list[StoredEvent] | None:
        """Return the events that follow a customer's message; None if it is not stored."""
        state = self._state_key(conversation_id)
        index = await self._redis.hget(state, _message_field(message_id))
        if index is None:
            return None
        return await self.events(conversation_id, first=int(index) + 1)

    async def append(
        self,
        conversation_id: str,
        events: Sequence[StoredEvent],
        window: Window,
        *,
        expected_length: int,
        messages: Mapping[str, int] | None = None,
    ) -> None:
        """Append all events or none, and move the window; `messages` are ids and their index.

        Raises ConversationChanged if there are not `expected_length` events before.
        """
        turns = {_message_field(id_): str(index) for id_, index in (messages or {}).items()}
        state = [part for field in {**window.to_state(), **turns}.items() for part in field]
        head = (expected_length, self._keep_seconds, secrets.token_hex(8), len(state))
        try:
            await self._append(
                keys=self._keys(conversation_id), args=(*head, *state, *map(json.dumps, events))
            )
        except ResponseError as error:
            if "CHANGED" in str(error):
                raise ConversationChanged(f"Another turn wrote to {conversation_id}.") from error
            raise

    async def exists(self, conversation_id: str) -> bool:
        """Say whether anything is stored about the conversation."""
        return bool(await self._redis.exists(self._events_key(conversation_id)))

    async def ids(self) -> set[str]:
        """Return the ids of all conversations, found with SCAN, on every node of a cluster."""
        pattern = self._events_key("*")
        before, after = pattern.split("*")
        found = self._redis.scan_iter(match=pattern, count=KEYS_PER_SCAN)
        return {cast("str", key).removeprefix(before).removesuffix(after) async for key in found}

    def _keys(self, conversation_id: str) -> list[str]:
        return [self._events_key(conversation_id), self._state_key(conversation_id)]

    def _events_key(self, conversation_id: str) -> str:
        return f"{self._prefix}{{{conversation_id}}}:events"

    def _state_key(self, conversation_id: str) -> str:
        return f"{self._prefix}{{{conversation_id}}}:state"


def _message_field(message_id: str) -> str:
    return f"turn:{message_id}"
