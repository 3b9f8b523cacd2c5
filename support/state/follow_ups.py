"""Who asked to be told when something about their order changes: durable, with consent only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from redis.asyncio import Redis

from support.ids import ConversationId, OrderNumber
from support.state.translation import translated_errors

LOOK_EVERY: Final = timedelta(minutes=15)
KEEP: Final = timedelta(days=30)
"""The longest somebody is followed: after that what was asked is long settled, or forgotten."""

_DUE: Final = "follow-ups:due"
_BEGUN: Final = "follow-ups:begun"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One conversation that wants to hear about one order."""

    conversation_id: ConversationId
    order_number: OrderNumber

    @property
    def member(self) -> str:
        """How it is written in Redis."""
        return json.dumps([self.conversation_id, self.order_number])

    @classmethod
    def read(cls, member: str) -> "FollowUp":
        """Return what was written."""
        conversation_id, number = json.loads(member)
        return cls(ConversationId(conversation_id), OrderNumber(number))


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Keeps follow-ups and when each is looked at next.

    Every method raises `StateUnavailable` when Redis does not answer.
    """

    redis: Redis
    look_every: timedelta = LOOK_EVERY
    keep: timedelta = KEEP

    async def begin(self, follow_up: FollowUp, *, now: datetime) -> None:
        """Follow an order for a conversation; again changes nothing but how long."""
        due = (now + self.look_every).timestamp()
        async with translated_errors(), self.redis.pipeline(transaction=True) as pipeline:
            pipeline.zadd(_DUE, {follow_up.member: due}, nx=True)
            pipeline.hset(_BEGUN, follow_up.member, str(now.timestamp()))
            await pipeline.execute()

    async def stop(self, conversation_id: ConversationId) -> int:
        """Follow nothing more for a conversation; return how much there was."""
        async with translated_errors():
            members = await self.redis.hkeys(_BEGUN)
        known = [str(one) for one in members]
        own = [one for one in known if FollowUp.read(one).conversation_id == conversation_id]
        for member in own:
            await self._remove(member)
        return len(own)

    async def take_due(self, *, now: datetime, most: int = 20) -> Sequence[FollowUp]:
        """Return what is to be looked at; each is due again after `look_every`, whoever dies.

        What has been followed for `keep` is forgotten instead.
        """
        async with translated_errors():
            members = await self.redis.zrangebyscore(
                _DUE, "-inf", now.timestamp(), start=0, num=most
            )
        due = [str(one) for one in members]
        return [FollowUp.read(one) for one in due if await self._take(one, now)]

    async def _take(self, member: str, now: datetime) -> bool:
        async with translated_errors():
            begun = await self.redis.hget(_BEGUN, member)
            next_time = (now + self.look_every).timestamp()
            await self.redis.zadd(_DUE, {member: next_time}, xx=True)
        if begun is None or now.timestamp() - float(begun) > self.keep.total_seconds():
            await self._remove(member)
            return False
        return True

    async def _remove(self, member: str) -> None:
        async with translated_errors(), self.redis.pipeline(transaction=True) as pipeline:
            pipeline.zrem(_DUE, member)
            pipeline.hdel(_BEGUN, member)
            await pipeline.execute()
