"""How often somebody may fail to say whose order it is.

Counted per conversation, per order number and per sender, so that neither a new conversation nor
another order number gives a guesser more tries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from redis.asyncio import Redis

from support.ids import ConversationId, OrderNumber, SenderKey
from support.state.counters import count_down, count_up, hashed


class Limit(NamedTuple):
    """So many failures within so much time, counted from the first one."""

    failures: int
    within: timedelta


def limits_within(hour: timedelta) -> Mapping[str, Limit]:
    """Return the limits; what counts across conversations is counted within `hour`.

    A sender on the web is an address that a household, an office or a mobile network may share.
    """
    return MappingProxyType(
        {
            "conversation": Limit(5, min(hour, timedelta(minutes=30))),
            "order": Limit(20, hour),
            "sender": Limit(50, hour),
        }
    )


LIMITS: Final = limits_within(timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Attempts:
    """Counts failed identifications in Redis. Raises `StateUnavailable` when it does not answer.

    What is counted is stored as a hash: a key name tells nobody which orders are asked for.
    """

    redis: Redis
    limits: Mapping[str, Limit] = field(default_factory=lambda: LIMITS)

    async def take(
        self, conversation_id: ConversationId, number: OrderNumber, sender: SenderKey
    ) -> bool:
        """Take one try, and return whether it is allowed.

        Counted before anything is looked up, so that tries at the same time cannot slip through.
        """
        keys = self._keys(conversation_id, number, sender)
        taken = await count_up(
            self.redis, {key: self.limits[kind].within for kind, key in keys.items()}
        )
        return all(
            count <= self.limits[kind].failures for kind, count in zip(keys, taken, strict=True)
        )

    async def give_back(
        self, conversation_id: ConversationId, number: OrderNumber, sender: SenderKey
    ) -> None:
        """Undo `take` for a try that succeeded, or that nobody could answer."""
        await count_down(self.redis, self._keys(conversation_id, number, sender).values())

    def _keys(
        self, conversation_id: ConversationId, number: OrderNumber, sender: SenderKey
    ) -> dict[str, str]:
        counted = {"conversation": conversation_id, "order": number.upper(), "sender": sender}
        return {
            kind: f"limits:identification:{kind}:{hashed(value)}" for kind, value in counted.items()
        }
