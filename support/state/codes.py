"""One-time codes that were sent: a hash of each, and how many tries are left for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from redis.asyncio import Redis

from support.ids import ConversationId, OrderNumber
from support.state.counters import hashed
from support.state.translation import translated_errors

_TAKE_TRY: Final = """
local kept = redis.call('HMGET', KEYS[1], 'digest', 'left')
if not kept[1] then return {} end
if tonumber(kept[2]) < 1 then return {kept[1], '-1'} end
return {kept[1], tostring(redis.call('HINCRBY', KEYS[1], 'left', -1))}
"""
_FORGET: Final = """
if redis.call('HGET', KEYS[1], 'digest') == ARGV[1] then redis.call('DEL', KEYS[1]) end
"""


@dataclass(frozen=True, slots=True)
class Try:
    """What a try is compared with, and how many are left after it; -1: this one was too many."""

    digest: str
    left: int


@dataclass(frozen=True, slots=True)
class KeptCodes:
    """Keeps one code per conversation and order. Every method raises `StateUnavailable`."""

    redis: Redis

    async def keep(
        self,
        conversation_id: ConversationId,
        number: OrderNumber,
        digest: str,
        *,
        tries: int,
        life: timedelta,
    ) -> None:
        """Keep a code's hash for so long; the one before counts no more."""
        key = _key(conversation_id, number)
        async with translated_errors(), self.redis.pipeline(transaction=True) as pipeline:
            pipeline.hset(key, mapping={"digest": digest, "left": tries})
            pipeline.pexpire(key, int(life.total_seconds() * 1000))
            await pipeline.execute()

    async def take_try(self, conversation_id: ConversationId, number: OrderNumber) -> Try | None:
        """Take one try, before anything is compared; None where no code is kept.

        Tries at the same time cannot slip through.
        """
        async with translated_errors():
            kept = await self.redis.eval(_TAKE_TRY, 1, _key(conversation_id, number))
        return Try(str(kept[0]), int(kept[1])) if kept else None

    async def forget(
        self, conversation_id: ConversationId, number: OrderNumber, digest: str
    ) -> None:
        """Forget this code; a newer one stays."""
        async with translated_errors():
            await self.redis.eval(_FORGET, 1, _key(conversation_id, number), digest)


def _key(conversation_id: ConversationId, number: OrderNumber) -> str:
    return f"conv:{{{conversation_id}}}:code:{hashed(number.upper())}"
