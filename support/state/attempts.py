"""How often somebody may fail to say whose order it is.

Counted per conversation, per order number and per sender, so that neither a new conversation nor
another order number gives a guesser more tries.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from redis.asyncio import Redis

from support.ids import ConversationId, OrderNumber, SenderKey
from support.state.translation import translated_errors

_COUNT: Final = """
local failures = redis.call('INCR', KEYS[1])
if failures == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return failures
"""


class Limit(NamedTuple):
    """So many failures within so much time, counted from the first one."""

    failures: int
    within: timedelta


LIMITS: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        "conversation": Limit(5, timedelta(minutes=30)),
        "order": Limit(20, timedelta(hours=1)),
        "sender": Limit(50, timedelta(hours=1)),
    }
)
"""A sender on the web is an address that a household, an office or a mobile network may share."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Counts failed identifications in Redis. Raises `StateUnavailable` when it does not answer.

    What is counted is stored as a hash: a key name tells nobody which orders are asked for.
    """

    redis: Redis
    limits: Mapping[str, Limit] = field(default_factory=lambda: LIMITS)

    async def allowed(
        self, conversation_id: ConversationId, number: OrderNumber, sender: SenderKey
    ) -> bool:
        """Whether one more try is allowed."""
        keys = self._keys(conversation_id, number, sender)
        async with translated_errors(), self.redis.pipeline(transaction=False) as pipeline:
            for key in keys.values():
                pipeline.get(key)
            counts = await pipeline.execute()
        return all(
            int(count or 0) < self.limits[kind].failures
            for kind, count in zip(keys, counts, strict=True)
        )

    async def count_failure(
        self, conversation_id: ConversationId, number: OrderNumber, sender: SenderKey
    ) -> None:
        """Count one failed try on all three."""
        keys = self._keys(conversation_id, number, sender)
        async with translated_errors(), self.redis.pipeline(transaction=False) as pipeline:
            for kind, key in keys.items():
                window = int(self.limits[kind].within.total_seconds() * 1000)
                pipeline.eval(_COUNT, 1, key, window)
            await pipeline.execute()

    def _keys(
        self, conversation_id: ConversationId, number: OrderNumber, sender: SenderKey
    ) -> dict[str, str]:
        counted = {"conversation": conversation_id, "order": number.upper(), "sender": sender}
        return {
            kind: f"limits:identification:{kind}:{_hashed(value)}"
            for kind, value in counted.items()
        }


def _hashed(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:32]
