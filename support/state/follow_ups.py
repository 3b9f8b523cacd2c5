"""Who asked to be told when something about their order changes: durable, with consent only."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

from redis.asyncio import Redis

from support.decisions.identity import Level
from support.ids import ConversationId, MessageId, OrderNumber
from support.state.translation import translated_errors

LOOK_EVERY: Final = timedelta(minutes=15)
KEEP: Final = timedelta(days=30)
"""The longest somebody is followed: after that what was asked is long settled, or forgotten."""

TAKEN_FOR: Final = timedelta(minutes=1)
"""A look that was taken and not settled is due again after this: whoever took it has died."""

_DUE: Final = "{follow-ups}:due"
"""All keys carry one hash tag: a script may use several of them."""

_TAKE: Final = """
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], 'XX', ARGV[2], member) end
return due
"""

_NOTE: Final = """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'seen', ARGV[1], 'last', ARGV[2])
return 1
"""

_SETTLE: Final = """
redis.call('ZADD', KEYS[1], 'XX', ARGV[2], ARGV[1])
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], 'look', 1)
local seen, last = unpack(redis.call('HMGET', KEYS[2], 'seen', 'last'))
redis.call('HDEL', KEYS[2], 'seen', 'last')
if ARGV[3] == '0' then return 0 end
if seen then redis.call('HSET', KEYS[2], 'told', seen) end
return tonumber(last or 0)
"""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One conversation that wants to hear about one order."""

    conversation_id: ConversationId
    order_number: OrderNumber

    @property
    def member(self) -> str:
        """How it is written in Redis."""
        return json.dumps([self.conversation_id, self.order_number])

    @property
    def key(self) -> str:
        """Where what is known of it is kept."""
        return f"{{follow-ups}}:{self.conversation_id}:{self.order_number}"

    @classmethod
    def read(cls, member: str) -> "FollowUp":
        """Return what was written."""
        conversation_id, number = json.loads(member)
        return cls(ConversationId(conversation_id), OrderNumber(number))


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agreed to hear, and what they were told last.

    `level` is how surely they were known when they agreed: nothing is told that needs a higher one.
    """

    name: str
    begun: datetime
    level: Level
    look: int
    told: Mapping[str, str]

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Self:
        """Return what was written."""
        return cls(
            name=fields["name"],
            begun=datetime.fromtimestamp(float(fields["begun"]), UTC),
            level=Level(int(fields["level"])),
            look=int(fields["look"]),
            told=json.loads(fields["told"]),
        )


@dataclass(frozen=True, slots=True)
class DueLook:
    """A follow-up whose time has come. The same look has the same `message_id` until settled."""

    follow_up: FollowUp
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Keeps follow-ups and when each is looked at next.

    Whoever looks notes what was seen; only when the customer was told, it counts as told. Every
    method raises `StateUnavailable` when Redis does not answer.
    """

    redis: Redis
    look_every: timedelta = LOOK_EVERY
    keep: timedelta = KEEP

    async def begin(
        self, follow_up: FollowUp, *, level: Level, told: Mapping[str, str], now: datetime
    ) -> None:
        """Follow an order from how it stands now; again changes nothing but how long."""
        key, of = follow_up.key, _of(follow_up.conversation_id)
        async with translated_errors(), self.redis.pipeline(transaction=True) as pipeline:
            pipeline.hsetnx(key, "name", secrets.token_hex(8))
            pipeline.hsetnx(key, "look", "0")
            pipeline.hsetnx(key, "told", json.dumps(dict(told)))
            pipeline.hset(key, mapping={"begun": str(now.timestamp()), "level": str(int(level))})
            pipeline.sadd(of, follow_up.member)
            pipeline.expire(key, self.keep)
            pipeline.expire(of, self.keep)
            pipeline.zadd(_DUE, {follow_up.member: now.timestamp()}, nx=True)
            await pipeline.execute()

    async def consent(self, follow_up: FollowUp) -> Consent | None:
        """Return what was agreed to; None where this order is not followed (any more)."""
        async with translated_errors():
            fields: Any = await self.redis.hgetall(follow_up.key)
        return Consent.read(fields) if "begun" in fields else None

    async def stop(self, conversation_id: ConversationId) -> int:
        """Follow nothing more for a conversation; return how much there was."""
        async with translated_errors():
            members: Any = await self.redis.smembers(_of(conversation_id))
        for member in members:
            await self.end(FollowUp.read(str(member)))
        return len(members)

    async def end(self, follow_up: FollowUp) -> None:
        """Follow this order no more."""
        async with translated_errors(), self.redis.pipeline(transaction=True) as pipeline:
            pipeline.zrem(_DUE, follow_up.member)
            pipeline.srem(_of(follow_up.conversation_id), follow_up.member)
            pipeline.delete(follow_up.key)
            await pipeline.execute()

    async def note(self, follow_up: FollowUp, seen: Mapping[str, str], *, last: bool) -> None:
        """Note what a look has seen; `last` where nothing more can come after it."""
        async with translated_errors():
            await self.redis.eval(
                _NOTE, 1, follow_up.key, json.dumps(dict(seen)), "1" if last else "0"
            )

    async def take_due(self, *, now: datetime, most: int = 20) -> Sequence[DueLook]:
        """Return what is to be looked at; nobody else gets it until it is settled or abandoned.

        What has been followed for `keep` is forgotten instead.
        """
        again = now + min(TAKEN_FOR, self.look_every)
        async with translated_errors():
            taken: Any = await self.redis.eval(
                _TAKE, 1, _DUE, now.timestamp(), again.timestamp(), most
            )
        looks = [await self._look(FollowUp.read(str(member)), now) for member in taken]
        return [look for look in looks if look is not None]

    async def settle(self, look: DueLook, *, told: bool, now: datetime) -> None:
        """End a look: the next one is due after `look_every`, or none where it was the last.

        Without `told` the customer has read nothing, and the next look tells it again.
        """
        follow_up = look.follow_up
        due = (now + self.look_every).timestamp()
        async with translated_errors():
            ended: Any = await self.redis.eval(
                _SETTLE, 2, _DUE, follow_up.key, follow_up.member, due, "1" if told else "0"
            )
        if ended:
            await self.end(follow_up)

    async def postpone(self, look: DueLook, *, now: datetime) -> None:
        """Look again after `look_every`: it is not the moment to tell anything."""
        due = (now + self.look_every).timestamp()
        async with translated_errors():
            await self.redis.zadd(_DUE, {look.follow_up.member: due}, xx=True)

    async def _look(self, follow_up: FollowUp, now: datetime) -> DueLook | None:
        consent = await self.consent(follow_up)
        if consent is None or now - consent.begun > self.keep:
            await self.end(follow_up)
            return None
        return DueLook(follow_up, MessageId(f"follow-up-{consent.name}-{consent.look}"))


def _of(conversation_id: ConversationId) -> str:
    return f"{{follow-ups}}:of:{conversation_id}"
