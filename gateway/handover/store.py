"""Changes of owner, and the desk's view of them in Redis.

The conversation itself is the truth, and changes in one step. The desk's view (queue, seats,
timers, events) lives under another hash tag and follows: each change is noted as unsettled before
it is made, and settled when the view has it, so that a crash in between is found and made good.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any, Final

from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog, ConversationUnknown
from gateway.conversation_log.dress import Dressed
from gateway.conversation_log.keys import key
from gateway.handover import keys, records
from gateway.handover.dressing import Happening, dress
from gateway.handover.limits import Limits, next_due
from gateway.handover.models import Agent, HandoverEvent, Held, SeatsTaken
from gateway.ownership import Change, Owner
from support.handover import PersonRequest
from support.ids import ConversationId

KEEP_HANDLING: Final = 50
"""Handling times that are remembered; older ones say little about now."""

ABANDONED_SECONDS: Final = 3.0
"""A change that is not settled after this is looked at: whoever made it has probably died."""

FORGET_SECONDS: Final = 60.0
"""No change takes so long: what is still unsettled then was never made."""

_NOTE: Final = """
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'handling', ARGV[2])
return 1
"""

_PASSED_ON: Final = """
if redis.call('HGET', KEYS[1], 'hand_back') == ARGV[1] then
  redis.call('HDEL', KEYS[1], 'hand_back')
end
"""

_NOT_KEPT: Final = frozenset({Owner.BOT, Owner.CLOSED})
_SEATED: Final = frozenset({Owner.RESERVED, Owner.AGENT})


class HandoverStore:
    """Every method may raise RedisError; those that take a conversation, ConversationUnknown."""

    def __init__(self, redis: Redis, log: ConversationLog, limits: Limits) -> None:
        self.redis = redis
        self.log = log
        self.limits = limits
        folder = files(__package__)
        self._index = redis.register_script((folder / "index.lua").read_text(encoding="utf-8"))
        self._claim = redis.register_script((folder / "claim.lua").read_text(encoding="utf-8"))

    async def read(self, conversation_id: ConversationId) -> Held:
        """Return how a conversation stands."""
        meta: Any = await self.redis.hgetall(key(conversation_id, "meta"))
        if not meta:
            raise ConversationUnknown
        return records.held(conversation_id, meta)

    async def request_of(self, conversation_id: ConversationId) -> PersonRequest | None:
        """Return what the assistant passed on when a person was asked for last."""
        stored = await self.redis.get(key(conversation_id, "request"))
        return None if stored is None else PersonRequest.model_validate_json(stored)

    async def history(self, conversation_id: ConversationId) -> list[HandoverEvent]:
        """Return every change of owner of a conversation, oldest first."""
        return [event for _, event in await self._events(conversation_id, after=0)]

    async def change(
        self, conversation_id: ConversationId, happening: Happening, *, seats: int | None = None
    ) -> Held:
        """Let something happen; raises OwnershipRefused or NotYours.

        With `seats` the happening's agent needs one of so many, else SeatsTaken is raised.
        """
        operation = f"{conversation_id} {secrets.token_hex(8)}"
        await self.redis.zadd(keys.UNSETTLED, {operation: happening.at.timestamp()})
        try:
            if seats is not None and happening.agent is not None:
                await self._take_seat(conversation_id, happening.agent, seats)
            await self._change(conversation_id, happening)
        finally:
            held = await self.settle(conversation_id, at=happening.at, settles=operation)
        return held

    async def passed_on(self, conversation_id: ConversationId, handed_back: str) -> None:
        """Note that the assistant knows what an agent left to it."""
        await self.redis.eval(_PASSED_ON, 1, key(conversation_id, "meta"), handed_back)

    async def note(self, conversation_id: ConversationId, changes: Mapping[str, object]) -> None:
        """Write down something in the handling of a conversation that changes no owner."""
        noted = False
        while not noted:
            held = await self.read(conversation_id)
            handling = held.handling.model_copy(update=dict(changes)).model_dump_json()
            meta = key(conversation_id, "meta")
            noted = bool(await self.redis.eval(_NOTE, 1, meta, str(held.epoch), handling))

    async def _change(self, conversation_id: ConversationId, happening: Happening) -> None:
        def dressed(meta: Mapping[str, str], change: Change) -> Dressed:
            return dress(records.held(conversation_id, meta), change, happening)

        await self.log.change_owner(
            conversation_id, happening.event, happening.guard, dress=dressed
        )

    async def _take_seat(self, conversation_id: ConversationId, agent: Agent, seats: int) -> None:
        arguments: list[str | int] = [conversation_id, agent.agent_id, seats]
        if not await self._claim(keys=[keys.SEATS], args=arguments):
            raise SeatsTaken

    async def settle(
        self, conversation_id: ConversationId, *, at: datetime, settles: str | None = None
    ) -> Held:
        """Bring the desk's view up to date with a conversation. Again is harmless."""
        known = int(await self.redis.hget(keys.INDEXED, conversation_id) or 0)
        try:
            held = await self.read(conversation_id)
        except ConversationUnknown:
            await self._apply({**_forgotten(conversation_id, known, at), "settles": settles})
            raise
        events = await self._events(conversation_id, after=known)
        due = next_due(held, self.limits)
        kept = held.owner not in _NOT_KEPT
        queued_at = held.handling.queued_at
        waits = held.owner in {Owner.QUEUED, Owner.RESERVED} and queued_at is not None
        now: dict[str, Any] = {
            "conversation_id": conversation_id,
            "epoch": held.epoch,
            "at": at.timestamp(),
            "keep_handling": KEEP_HANDLING,
            "events": [_recorded(event) for epoch, event in events if epoch <= held.epoch],
            "held": held.model_dump_json() if kept else None,
            "queued_at": queued_at.timestamp() if waits and queued_at else None,
            "agent": held.handling.agent if held.owner in _SEATED else None,
            "due": due.at.timestamp() if due else None,
            "settles": settles,
        }
        await self._apply(now)
        return held

    async def unsettled(self, *, at: datetime) -> Sequence[tuple[str, ConversationId]]:
        """Return the changes that somebody began and did not settle, with their conversations."""
        until = at.timestamp() - ABANDONED_SECONDS
        found: Any = await self.redis.zrange(keys.UNSETTLED, "-inf", str(until), byscore=True)
        return [(one, ConversationId(one.split(" ")[0])) for one in found]

    async def forget_unsettled(self, *, at: datetime) -> None:
        """Forget the changes that were begun so long ago that they were never made."""
        until = at.timestamp() - FORGET_SECONDS
        await self.redis.zremrangebyscore(keys.UNSETTLED, "-inf", until)

    async def _apply(self, now: dict[str, Any]) -> None:
        # Absent, not null: what is null is something in Lua.
        told = {name: value for name, value in now.items() if value is not None}
        await self._index(keys=list(keys.INDEX), args=[json.dumps(told, ensure_ascii=False)])

    async def _events(
        self, conversation_id: ConversationId, *, after: int
    ) -> list[tuple[int, HandoverEvent]]:
        found: Any = await self.redis.xrange(
            key(conversation_id, "handovers"), min=f"({after}-0", max="+"
        )
        return [
            (int(stream_id.split("-")[0]), HandoverEvent.model_validate_json(fields["event"]))
            for stream_id, fields in found
        ]

    async def all_held(self) -> list[Held]:
        """Return every conversation that is not the assistant's alone."""
        found: Any = await self.redis.hvals(keys.HELD)
        return [Held.model_validate_json(one) for one in found]

    async def waiting(self) -> list[Held]:
        """Return the conversations in the queue, also those that are offered to an agent."""
        ids: Any = await self.redis.zrange(keys.WAITING, 0, -1)
        found: Any = await self.redis.hmget(keys.HELD, ids) if ids else []
        return [Held.model_validate_json(one) for one in found if one]

    async def handling_seconds(self) -> list[float]:
        """Return how long the latest conversations took agents."""
        found: Any = await self.redis.lrange(keys.HANDLING, 0, -1)
        return [float(one) for one in found]


def _recorded(event: HandoverEvent) -> dict[str, Any]:
    told: dict[str, Any] = {"epoch": event.epoch, "json": event.model_dump_json()}
    seconds = event.details.get("handled_seconds")
    return {**told, "handled_seconds": seconds} if seconds is not None else told


def _forgotten(conversation_id: ConversationId, known: int, at: datetime) -> dict[str, Any]:
    """Return what leaves nothing of a conversation that is no longer kept."""
    return {
        "conversation_id": conversation_id,
        "epoch": known,
        "at": at.timestamp() + FORGET_SECONDS * 60 * 24 * 365,
        "keep_handling": KEEP_HANDLING,
        "events": [],
        "gone": True,
    }
