"""For which orders a customer has been identified in this session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from redis.asyncio import Redis

from support.decisions.identity import Level
from support.ids import ConversationId, OrderNumber
from support.state.translation import translated_errors

SESSION: Final = timedelta(minutes=60)

_REMEMBER: Final = """
local known = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0)
if tonumber(ARGV[2]) > known then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
"""


@dataclass(frozen=True, slots=True)
class VerifiedOrders:
    """What customers have shown, per conversation and order.

    Forgotten when a conversation was silent for `session`. Every method raises `StateUnavailable`
    when Redis does not answer: without it nobody counts as identified.
    """

    redis: Redis
    session: timedelta = SESSION

    async def remember(
        self, conversation_id: ConversationId, number: OrderNumber, level: Level
    ) -> None:
        """Note a level for an order; within a session it only ever rises."""
        async with translated_errors():
            await self.redis.eval(
                _REMEMBER, 1, _key(conversation_id), number, int(level), self._milliseconds()
            )

    async def levels_of(self, conversation_id: ConversationId) -> Mapping[OrderNumber, Level]:
        """Return the level for each order that was shown; the session goes on from now."""
        key = _key(conversation_id)
        async with translated_errors(), self.redis.pipeline(transaction=True) as pipeline:
            pipeline.hgetall(key)
            pipeline.pexpire(key, self._milliseconds())
            stored, _ = await pipeline.execute()
        return {OrderNumber(number): Level(int(level)) for number, level in stored.items()}

    async def forget(self, conversation_id: ConversationId) -> None:
        """Forget all that this conversation has shown."""
        async with translated_errors():
            await self.redis.delete(_key(conversation_id))

    def _milliseconds(self) -> int:
        return int(self.session.total_seconds() * 1000)


def _key(conversation_id: ConversationId) -> str:
    return f"conv:{{{conversation_id}}}:identity"
