"""The customer's side: asking for a person, waiting, changing one's mind, coming back."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from gateway.conversation_log.keys import key
from gateway.handover.dressing import Happening
from gateway.handover.duty import Duty
from gateway.handover.models import (
    Handling,
    Held,
    NotYours,
    Queued,
    SeatsTaken,
    Ticket,
    WithAgent,
    is_outside,
)
from gateway.handover.outlook import Lookout, Outlook
from gateway.handover.stopping import customer_stopped
from gateway.handover.store import HandoverStore
from gateway.ownership import Guard, Owner, OwnershipEvent, OwnershipRefused
from support.handover import PersonRequest
from support.ids import ConversationId

Clock = Callable[[], datetime]

_WAITS: Final = frozenset({Owner.QUEUED, Owner.RESERVED})


class CustomerSide:
    """What customers, and the assistant on their behalf, can do. May raise RedisError.

    Every method that takes a conversation raises ConversationUnknown where it is no longer kept.
    """

    def __init__(self, store: HandoverStore, duty: Duty, lookout: Lookout, clock: Clock) -> None:
        self._store = store
        self._duty = duty
        self._lookout = lookout
        self._clock = clock

    async def request_person(
        self, conversation_id: ConversationId, request: PersonRequest
    ) -> Queued | Ticket | WithAgent:
        """Get a person: a place in the queue, or a ticket where nobody can come.

        Asking again changes nothing and tells how it stands. Raises OwnershipRefused once the
        conversation is closed.
        """
        while True:
            held = await self._store.read(conversation_id)
            if (known := await self._known(held)) is not None:
                return known
            try:
                return await self._ask(held, request)
            except OwnershipRefused:
                if (await self._store.read(conversation_id)).owner is Owner.CLOSED:
                    raise

    async def leave_queue(self, conversation_id: ConversationId) -> bool:
        """Wait no longer; the assistant goes on. False where there is nothing to leave any more."""
        solved = Happening(OwnershipEvent.BOT_SOLVED_IT, self._clock())
        return await self._happens(conversation_id, solved)

    async def choose_ticket(self, conversation_id: ConversationId) -> Ticket | None:
        """Be called back instead of waiting on; None where nobody waits any more."""
        now = self._clock()
        ticket = (await self._lookout.outlook(now=now)).ticket()
        chosen = Happening(OwnershipEvent.TICKET_CHOSEN, now, outlook=ticket)
        return ticket if await self._happens(conversation_id, chosen) else None

    async def end(self, conversation_id: ConversationId) -> None:
        """End the conversation at the customer's wish; raises OwnershipRefused."""
        left = Happening(OwnershipEvent.CUSTOMER_LEFT, self._clock())
        await self._store.change(conversation_id, left)

    async def wrote(self, conversation_id: ConversationId) -> Held:
        """Take note that the customer wrote while a person has the conversation.

        Wakes a conversation that slept: to the same agent if they are there and have a seat, else
        to the front of the queue. From now on the agent's silence is timed.
        """
        held = await self._store.read(conversation_id)
        if held.owner is Owner.SNOOZED and await self._wake(held):
            return await self._store.read(conversation_id)
        return await self._store.settle(conversation_id, at=self._clock())

    async def note_contact(self, conversation_id: ConversationId, contact: str) -> None:
        """Note where the customer wants to be reached about their ticket."""
        await self._store.note(conversation_id, {"contact": contact})

    async def stop(self, conversation_id: ConversationId, *, stopped: bool = True) -> None:
        """Note that the customer wants no more messages, or wants them again.

        Who wants none waits for nobody any more.
        """
        now = self._clock()
        noted: dict[Any, Any] = {"stopped": "1" if stopped else "0"}
        if not stopped and (await self._store.read(conversation_id)).waiting_since is not None:
            # The agent could not write: their time begins anew.
            noted["waiting_since"] = now.isoformat()
        await self._store.redis.hset(key(conversation_id, "meta"), mapping=noted)
        held = await self._store.settle(conversation_id, at=now)
        if stopped and held.owner in _WAITS:
            ticket = (await self._lookout.outlook(now=now)).ticket()
            await self._happens(conversation_id, customer_stopped(held, ticket, at=now))

    async def _known(self, held: Held) -> Queued | Ticket | WithAgent | None:
        """Return how it stands where a person was asked for already."""
        if held.owner in {Owner.AGENT, Owner.SNOOZED}:
            return WithAgent(first_name=held.handling.agent_name)
        outlook = await self._lookout.outlook(now=self._clock())
        if held.owner in _WAITS:
            return outlook.place_of(held.conversation_id) or outlook.place_for(held)
        if held.owner is Owner.TICKET and _guard(held, outlook) is Guard.CLOSED_OR_FULL:
            return Ticket(reference=held.handling.ticket or "", opens_at=outlook.opens_at)
        return None

    async def _ask(self, held: Held, request: PersonRequest) -> Queued | Ticket:
        now = self._clock()
        outlook = await self._lookout.outlook(now=now)
        guard = _guard(held, outlook)
        told: Queued | Ticket
        if guard is Guard.SOMEBODY_CAN_COME:
            told = outlook.place_for(_as_asked(held, request, now))
        else:
            told = outlook.ticket()
        await self._store.change(
            held.conversation_id,
            Happening(OwnershipEvent.PERSON_NEEDED, now, guard, request=request, outlook=told),
        )
        return told

    async def _wake(self, held: Held) -> bool:
        now = self._clock()
        agent_id = held.handling.agent
        returned = OwnershipEvent.CUSTOMER_RETURNED
        if is_outside(agent_id):
            back = Happening(returned, now, Guard.AGENT_PRESENT, only_from=agent_id)
            return await self._happens(held.conversation_id, back)
        if agent_id is not None and await self._duty.is_online(agent_id, now=now):
            agent = await self._duty.agent(agent_id)
            back = Happening(returned, now, Guard.AGENT_PRESENT, agent=agent, only_from=agent_id)
            with suppress(SeatsTaken):
                return await self._happens(held.conversation_id, back, seats=agent.capacity)
        outlook = await self._lookout.outlook(now=now)
        place = outlook.place_for(held.model_copy(update={"handling": _front(held, now)}))
        missed = Happening(returned, now, Guard.AGENT_GONE, outlook=place)
        return await self._happens(held.conversation_id, missed)

    async def _happens(
        self, conversation_id: ConversationId, happening: Happening, *, seats: int | None = None
    ) -> bool:
        try:
            await self._store.change(conversation_id, happening, seats=seats)
        except (OwnershipRefused, NotYours):
            return False
        return True


def _guard(held: Held, outlook: Outlook) -> Guard:
    """Return whether somebody can come; to whom nobody may write, nobody can."""
    return Guard.CLOSED_OR_FULL if held.stopped else outlook.guard


def _as_asked(held: Held, request: PersonRequest, now: datetime) -> Held:
    handling = held.handling.model_copy(
        update={"queued_at": now, "front": False, "priority": request.priority}
    )
    return held.model_copy(update={"handling": handling})


def _front(held: Held, now: datetime) -> Handling:
    return held.handling.model_copy(update={"queued_at": now, "front": True})
