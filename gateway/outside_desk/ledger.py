"""What is known about a conversation at the outside desk; kept with the conversation, and as long.

The worker writes down how far it has told the desk, the gateway what the desk has told.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict
from redis.asyncio import Redis

from gateway.conversation_log.keys import key
from gateway.ownership import Owner
from support.ids import ConversationId
from support.systems.desk.models import DeskMessage, Place, Standing

CONVERSATIONS: Final = "desk:conversations"
"""Sorted set of the conversations about which the desk is told, by when they came in last."""

_ADD_NOTE: Final = """
if redis.call('HSETNX', KEYS[1], ARGV[1], '- 0') == 1 then redis.call('RPUSH', KEYS[2], ARGV[2]) end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[3]) end
"""

_LEAVE: Final = """
local joined = redis.call('ZSCORE', KEYS[1], ARGV[1])
if joined and tonumber(joined) == tonumber(ARGV[2]) then redis.call('ZREM', KEYS[1], ARGV[1]) end
"""
"""Lets a conversation go, unless something came in since it was looked at."""

_OVER: Final = frozenset({None, Owner.BOT.value, Owner.CLOSED.value})
"""Who owns what the desk has no more to do with."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Whether something is still to be told about a conversation, and whether more may come."""

    is_behind: bool
    is_over: bool


class Record(BaseModel):
    """How a conversation stands at the desk.

    Up to `epoch` and `position` everything was told, and of what follows so many `steps`. `trying`
    is the key of the message whose last try, `since` then, has no known end. `tries` counts the
    failures in a row. `summary` is what an agent leaves to the assistant.
    """

    model_config = ConfigDict(frozen=True)

    contact: str | None = None
    conversation: str | None = None
    standing: Standing | None = None
    epoch: int = 1
    position: int = 0
    steps: int = 0
    trying: str | None = None
    since: AwareDatetime | None = None
    tries: int = 0
    summary: str | None = None

    @property
    def place(self) -> Place | None:
        """Where it is; None until it was opened."""
        if self.contact is None or self.conversation is None:
            return None
        return Place(contact=self.contact, conversation=self.conversation)


class Ledger:
    """Reads and writes records. Every method may raise RedisError."""

    def __init__(self, redis: Redis, *, keep: timedelta) -> None:
        self._redis = redis
        self._keep = keep
        self._add_note = redis.register_script(_ADD_NOTE)
        self._leave = redis.register_script(_LEAVE)

    async def record(self, conversation_id: ConversationId) -> Record:
        """Return how a conversation stands at the desk."""
        stored: Any = await self._redis.hgetall(_record(conversation_id))
        return Record.model_validate(stored)

    async def write(
        self, conversation_id: ConversationId, **changes: str | int | datetime | None
    ) -> None:
        """Change fields of a record; None takes one away."""
        name = _record(conversation_id)
        written: dict[Any, Any] = {
            field: _text(value) for field, value in changes.items() if value is not None
        }
        gone = [field for field, value in changes.items() if value is None]
        async with self._redis.pipeline(transaction=True) as pipeline:
            if written:
                pipeline.hset(name, mapping=written)
            if gone:
                pipeline.hdel(name, *gone)
            pipeline.expire(name, self._keep)
            await pipeline.execute()

    async def join(self, *conversations: ConversationId) -> None:
        """Note that the desk is to be told about these; what is known already stays as it is."""
        if conversations:
            now = time.time()
            await self._redis.zadd(CONVERSATIONS, dict.fromkeys(conversations, now), nx=True)

    async def joined(self) -> dict[ConversationId, float]:
        """Return the conversations about which the desk is told, with when they came in last."""
        found: Any = await self._redis.zrange(CONVERSATIONS, 0, -1, withscores=True)
        return {ConversationId(one): float(at) for one, at in found}

    async def leave(self, conversation_id: ConversationId, joined: float) -> None:
        """Note that there is nothing more to tell, unless it came in anew since it had `joined`."""
        await self._leave(keys=[CONVERSATIONS], args=[conversation_id, joined])

    async def add_note(self, conversation_id: ConversationId, note: DeskMessage) -> None:
        """Leave a note of our own for the desk's people, once for its key; the worker brings it."""
        await self._add_note(
            keys=[key(conversation_id, "seen"), _notes(conversation_id)],
            args=[f"desk:{note.key}", note.model_dump_json(), int(self._keep.total_seconds())],
        )
        await self._redis.zadd(CONVERSATIONS, {conversation_id: time.time()})
        await self._redis.publish(key(conversation_id, "bell"), "")

    async def notes(self, conversation_id: ConversationId) -> list[DeskMessage]:
        """Return the notes that were not brought yet, oldest first."""
        stored: Any = await self._redis.lrange(_notes(conversation_id), 0, -1)
        return [DeskMessage.model_validate_json(one) for one in stored]

    async def note_brought(self, conversation_id: ConversationId) -> None:
        """Take the oldest note away."""
        await self._redis.lpop(_notes(conversation_id))

    async def progress(self, conversations: list[ConversationId]) -> dict[ConversationId, Progress]:
        """Say how it stands with telling the desk about each conversation."""
        async with self._redis.pipeline(transaction=False) as pipeline:
            for one in conversations:
                pipeline.hmget(key(one, "meta"), "epoch", "position", "owner")
                pipeline.hmget(_record(one), "epoch", "position")
                pipeline.exists(_notes(one))
            found: list[Any] = await pipeline.execute()
        states = zip(conversations, found[::3], found[1::3], found[2::3], strict=True)
        return {
            one: Progress(_is_behind(now, told) or bool(notes), now[2] in _OVER)
            for one, now, told, notes in states
        }


def _is_behind(now: list[str | None], told: list[str | None]) -> bool:
    """Say whether epoch or position went on; not where the conversation is no longer kept."""
    if now[0] is None:
        return False
    return int(now[0]) > int(told[0] or 1) or int(now[1] or 0) > int(told[1] or 0)


def _record(conversation_id: ConversationId) -> str:
    return key(conversation_id, "desk_record")


def _notes(conversation_id: ConversationId) -> str:
    return key(conversation_id, "desk_notes")


def _text(value: str | int | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
