"""What time does: offers who waits to who is free, lets timers fire, finds what was forgotten.

Any number of workers may do this at the same time. Whatever fires is a change of owner that
depends on the epoch, so it happens once.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from gateway.conversation_log import ConversationUnknown
from gateway.handover import keys
from gateway.handover.dressing import Happening
from gateway.handover.duty import Duty
from gateway.handover.limits import next_due
from gateway.handover.models import AgentId, Held, NotYours, SeatsTaken
from gateway.handover.outlook import Lookout, Outlook
from gateway.handover.ranking import assignments
from gateway.handover.stopping import customer_stopped
from gateway.handover.store import HandoverStore
from gateway.ownership import Guard, Owner, OwnershipEvent, OwnershipRefused
from gateway.turn_queue import announce_turn
from support.ids import ConversationId, MessageId

Clock = Callable[[], datetime]

AT_ONCE: Final = 100
"""Timers looked at in one go."""

_TOO_LATE = (OwnershipRefused, NotYours, SeatsTaken, ConversationUnknown)
"""Something else happened first, which is as good."""


class Routine:
    """The steps of one round. Each may raise RedisError and can then simply be taken again."""

    def __init__(self, store: HandoverStore, duty: Duty, lookout: Lookout, clock: Clock) -> None:
        self._store = store
        self._duty = duty
        self._lookout = lookout
        self._clock = clock

    async def round(self) -> None:
        """Do everything that is due now; first what a dead process left half-told of timers."""
        await self.settle_abandoned()
        await self.fire_timers()
        await self.lose_agents()
        await self.route()

    async def route(self) -> int:
        """Offer those who wait to agents with free seats; return how many were offered.

        At an outside desk people choose for themselves; who waited too long gets a ticket.
        """
        if not await self._store.redis.zcard(keys.WAITING):
            return 0
        outlook = await self._without_stopped(await self._lookout.outlook(now=self._clock()))
        if outlook.is_outside:
            await self._nobody_came(outlook)
            return 0
        if await self._nobody_left(outlook):
            return 0
        offered = 0
        agents = {one.agent.agent_id: one.agent for one in outlook.agents}
        for conversation_id, agent_id in assignments(outlook.waiting, outlook.agents, outlook.now):
            agent = agents[agent_id]
            picked = Happening(OwnershipEvent.AGENT_PICKED, outlook.now, agent=agent)
            offered += await self._happens(conversation_id, picked, seats=agent.capacity)
        return offered

    async def fire_timers(self) -> int:
        """Let what is due happen; return how many timers fired."""
        now = self._clock()
        due: Any = await self._store.redis.zrange(
            keys.TIMERS, "-inf", str(now.timestamp()), byscore=True, offset=0, num=AT_ONCE
        )
        fired = 0
        for conversation_id in due:
            fired += await self._fire(ConversationId(conversation_id), now)
        return fired

    async def lose_agents(self) -> int:
        """Give the conversations of agents who are gone to somebody else."""
        now = self._clock()
        gone = {
            one.agent.agent_id
            for one in await self._duty.on_duty(now=now)
            if not one.online and one.seats_taken
        }
        if not gone:
            return 0
        seats: Any = await self._store.redis.hgetall(keys.SEATS)
        lost = 0
        for conversation_id, agent_id in seats.items():
            if agent_id in gone:
                lost += await self._lose(ConversationId(conversation_id), AgentId(agent_id))
        return lost

    async def settle_abandoned(self) -> int:
        """Make good what a process that died had begun; return how much there was."""
        now = self._clock()
        abandoned = await self._store.unsettled(at=now)
        for _, conversation_id in abandoned:
            with suppress(ConversationUnknown):
                held = await self._store.settle(conversation_id, at=now)
                if held.owner is Owner.BOT and held.hand_back is not None:
                    message_id = MessageId(f"give-back-{held.epoch}")
                    await announce_turn(self._store.redis, conversation_id, message_id)
        if abandoned:
            await self._store.forget_unsettled(at=now)
        return len(abandoned)

    async def _fire(self, conversation_id: ConversationId, now: datetime) -> bool:
        try:
            held = await self._store.read(conversation_id)
        except ConversationUnknown:
            held = None
        due = next_due(held, self._store.limits) if held else None
        if held is None or due is None or due.at > now:
            with suppress(ConversationUnknown):
                await self._store.settle(conversation_id, at=now)
            return False
        happening = await self._due(held, due.event, now)
        return await self._happens(conversation_id, happening)

    async def _due(self, held: Held, event: OwnershipEvent, now: datetime) -> Happening:
        outlook = None
        guard = Guard.NOT_OFFERED_YET if event is OwnershipEvent.WAITED_LONG else Guard.ALWAYS
        if event is OwnershipEvent.AGENT_LOST:
            outlook = (await self._lookout.outlook(now=now)).place_for(_in_front(held, now))
        return Happening(event, now, guard, outlook=outlook, epoch=held.epoch)

    async def _lose(self, conversation_id: ConversationId, agent_id: AgentId) -> bool:
        now = self._clock()
        with suppress(ConversationUnknown):
            held = await self._store.read(conversation_id)
            if held.owner is not Owner.AGENT or held.handling.agent != agent_id:
                await self._store.settle(conversation_id, at=now)
                return False
            lost = await self._due(held, OwnershipEvent.AGENT_LOST, now)
            return await self._happens(conversation_id, lost)
        return False

    async def _without_stopped(self, outlook: Outlook) -> Outlook:
        """Take those out of the queue to whom nobody may write; return the others.

        Mostly they have left it when they said STOP. An agent's conversation may come back, though.
        """
        waiting = []
        for held in outlook.waiting:
            if held.stopped:
                stopped = customer_stopped(held, outlook.ticket(), at=outlook.now)
                await self._happens(held.conversation_id, stopped)
            else:
                waiting.append(held)
        return replace(outlook, waiting=waiting)

    async def _nobody_left(self, outlook: Outlook) -> bool:
        """Turn the queue into tickets when nobody has been there for a while."""
        if outlook.online:
            return False
        absent = timedelta(seconds=outlook.now.timestamp() - await self._duty.last_seen())
        if absent < self._store.limits.heartbeat + self._store.limits.nobody:
            return True
        for held in outlook.waiting:
            await self._make_ticket(held, outlook)
        return True

    async def _nobody_came(self, outlook: Outlook) -> None:
        """Turn into tickets what an outside desk left waiting, or closed over."""
        for held in outlook.waiting:
            began = held.handling.queued_at or held.handling.since
            waited = outlook.now - began
            if not outlook.is_open or waited >= self._store.limits.outside_wait:
                await self._make_ticket(held, outlook)

    async def _make_ticket(self, held: Held, outlook: Outlook) -> None:
        happening = Happening(
            OwnershipEvent.NOBODY_LEFT,
            outlook.now,
            Guard.CLOSED_OR_FULL,
            outlook=outlook.ticket(),
            epoch=held.epoch,
        )
        await self._happens(held.conversation_id, happening)

    async def _happens(
        self, conversation_id: ConversationId, happening: Happening, *, seats: int | None = None
    ) -> bool:
        try:
            await self._store.change(conversation_id, happening, seats=seats)
        except _TOO_LATE:
            return False
        return True


def _in_front(held: Held, now: datetime) -> Held:
    handling = held.handling.model_copy(update={"queued_at": now, "front": True})
    return held.model_copy(update={"handling": handling})
