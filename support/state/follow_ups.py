"""Who asked to be told when something about their order changes: durable, with consent only."""

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from redis.asyncio import Redis

from support.decisions.follow_up import Mark
from support.decisions.identity import Level
from support.ids import ConversationId, MessageId, TrackingNumber
from support.state import follow_up_scripts as scripts
from support.state.followed import Consent, DueLook, FollowUp
from support.state.translation import translated_errors
from support.times import DEFAULT_ZONE

LOOK_EVERY: Final = timedelta(minutes=15)
KEEP: Final = timedelta(days=30)
"""The longest somebody is followed: after that what was asked is long settled, or forgotten."""

TAKEN_FOR: Final = timedelta(minutes=1)
"""A look that was taken and not settled is due again after this: whoever took it has died."""

_DUE: Final = "{follow-ups}:due"
"""All keys carry one hash tag: a script may use several of them."""


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
        self,
        follow_up: FollowUp,
        *,
        level: Level,
        told: Mapping[str, str],
        now: datetime,
        marks: Collection[Mark] = (),
        zone: str = DEFAULT_ZONE,
    ) -> None:
        """Follow an order from how it stands now; again changes nothing but how long.

        `marks` are what systems that know news may name it by, besides its order number.
        """
        key, of = follow_up.key, _of(follow_up.conversation_id)
        async with translated_errors(), self.redis.pipeline(transaction=True) as pipeline:
            pipeline.hsetnx(key, "name", secrets.token_hex(8))
            pipeline.hsetnx(key, "look", "0")
            pipeline.hsetnx(key, "told", json.dumps(dict(told)))
            pipeline.hset(
                key,
                mapping={"begun": str(now.timestamp()), "level": str(int(level)), "zone": zone},
            )
            pipeline.sadd(of, follow_up.member)
            pipeline.expire(key, self.keep)
            pipeline.expire(of, self.keep)
            pipeline.zadd(_DUE, {follow_up.member: now.timestamp()}, nx=True)
            await pipeline.execute()
        await self._mark(follow_up, {Mark.order(follow_up.order_number), *marks})

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
            marked: Any = await self.redis.smembers(_marks_of(follow_up))
            for key in marked:
                pipeline.srem(key, follow_up.member)
            pipeline.zrem(_DUE, follow_up.member)
            pipeline.srem(_of(follow_up.conversation_id), follow_up.member)
            pipeline.delete(follow_up.key, _marks_of(follow_up))
            await pipeline.execute()

    async def note(
        self,
        follow_up: FollowUp,
        seen: Mapping[str, str],
        *,
        last: bool,
        marks: Collection[Mark] = (),
    ) -> None:
        """Note what a look has seen; `last` where nothing more can come after it."""
        async with translated_errors():
            await self.redis.eval(
                scripts.NOTE, 1, follow_up.key, json.dumps(dict(seen)), "1" if last else "0"
            )
        await self._mark(follow_up, marks)

    async def hurry(self, mark: Mark, *, now: datetime) -> int:
        """Look at once at every order followed under a mark; return how many there are.

        To be called by whoever hears that something has changed. What has changed is not taken
        from there: the look finds out. A look that is being taken is made once more after it.
        """
        async with translated_errors():
            members: Any = await self.redis.smembers(_marked(mark))
            hurried = 0
            for member in members:
                key = FollowUp.read(str(member)).key
                hurried += int(
                    await self.redis.eval(scripts.HURRY, 2, _DUE, key, member, now.timestamp())
                )
        return hurried

    async def hurry_parcel(self, number: TrackingNumber, *, now: datetime) -> None:
        """Look at once after everybody who follows a parcel with this number."""
        await self.hurry(Mark.tracking(number), now=now)

    async def take_due(self, *, now: datetime, most: int = 20) -> Sequence[DueLook]:
        """Return what is to be looked at; nobody else gets it until it is settled or abandoned.

        What has been followed for `keep` is forgotten instead.
        """
        again = now + min(TAKEN_FOR, self.look_every)
        async with translated_errors():
            taken: Any = await self.redis.eval(
                scripts.TAKE, 1, _DUE, now.timestamp(), again.timestamp(), most
            )
        looks = [await self._look(FollowUp.read(str(member)), now) for member in taken]
        return [look for look in looks if look is not None]

    async def settle(self, look: DueLook, *, told: bool, now: datetime) -> None:
        """End a look: the next one is due after `look_every`, or none where it was the last.

        Where somebody hurried it meanwhile the next one is due at once.

        Without `told` the customer has read nothing, and the next look tells it again.
        """
        follow_up = look.follow_up
        due = (now + self.look_every).timestamp()
        async with translated_errors():
            ended: Any = await self.redis.eval(
                scripts.SETTLE,
                2,
                _DUE,
                follow_up.key,
                follow_up.member,
                due,
                "1" if told else "0",
                str(look.hurries),
                now.timestamp(),
            )
        if ended:
            await self.end(follow_up)

    async def postpone(
        self, look: DueLook, *, now: datetime, until: datetime | None = None
    ) -> None:
        """Look again after `look_every`, or `until` then: it is not the moment to tell anything."""
        due = (until or now + self.look_every).timestamp()
        async with translated_errors():
            await self.redis.zadd(_DUE, {look.follow_up.member: due}, xx=True)

    async def _look(self, follow_up: FollowUp, now: datetime) -> DueLook | None:
        consent = await self.consent(follow_up)
        if consent is None or now - consent.begun > self.keep:
            await self.end(follow_up)
            return None
        message_id = MessageId(f"follow-up-{consent.name}-{consent.look}")
        return DueLook(follow_up, message_id, consent.zone, consent.hurries)

    async def _mark(self, follow_up: FollowUp, marks: Collection[Mark]) -> None:
        """Let a follow-up be found under these marks too, as long as it is kept."""
        seconds, member = int(self.keep.total_seconds()), follow_up.member
        async with translated_errors():
            for mark in marks:
                keys = (follow_up.key, _marked(mark), _marks_of(follow_up))
                await self.redis.eval(scripts.MARK, 3, *keys, member, seconds)


def _marked(mark: Mark) -> str:
    """Return where those who follow something are listed; a digest, so that no name is a key."""
    written = f"{mark.kind} {mark.name.strip().upper()}"
    return f"{{follow-ups}}:marked:{hashlib.sha256(written.encode()).hexdigest()[:32]}"


def _marks_of(follow_up: FollowUp) -> str:
    return f"{follow_up.key}:marks"


def _of(conversation_id: ConversationId) -> str:
    return f"{{follow-ups}}:of:{conversation_id}"
