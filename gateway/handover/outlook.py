"""Whether somebody can come, when, and what a customer may be told about it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gateway.handover.duty import Duty
from gateway.handover.models import AgentOnDuty, Board, Held, Queued, Status, Ticket, Waiting
from gateway.handover.ranking import ranked, wait_minutes
from gateway.handover.store import HandoverStore
from gateway.ownership import Guard, Owner
from support.decisions.opening_hours import OpeningHours
from support.ids import ConversationId

_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for one another when read out."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How things are at the desk at one moment.

    `is_outside`: people answer at the desk of another product, which does not say who is there.
    """

    now: datetime
    waiting: Sequence[Held]
    agents: Sequence[AgentOnDuty]
    handling_seconds: Sequence[float]
    is_open: bool
    opens_at: datetime | None
    queue_length: int
    is_outside: bool = False

    @property
    def online(self) -> int:
        """How many agents take conversations."""
        return sum(one.online and not one.away for one in self.agents)

    @property
    def guard(self) -> Guard:
        """Whether somebody can come in reasonable time."""
        full = len(self.waiting) >= self.queue_length
        can_come = self.is_open and (self.is_outside or self.online > 0) and not full
        return Guard.SOMEBODY_CAN_COME if can_come else Guard.CLOSED_OR_FULL

    def place_of(self, conversation_id: ConversationId) -> Queued | None:
        """Return the place of a conversation that waits."""
        own = next((one for one in self.waiting if one.conversation_id == conversation_id), None)
        return None if own is None else self.place_for(own)

    def place_for(self, held: Held) -> Queued:
        """Return the place a conversation has or would get; nobody waits behind what is offered.

        An outside desk decides for itself who comes next: there the place is not known.
        """
        if self.is_outside:
            return Queued(position=None, wait_minutes=None)
        others = [
            one
            for one in self.waiting
            if one.conversation_id != held.conversation_id and one.owner is not Owner.RESERVED
        ]
        order = ranked([*others, held], self.now)
        return self._at(order.index(held) + 1)

    def ticket(self) -> Ticket:
        """Return a new ticket; what it promises is when the desk opens next, if that is known."""
        letters = "".join(secrets.choice(_LETTERS) for _ in range(6))
        opens = None if self.is_open else self.opens_at
        return Ticket(reference=f"CB-{letters}", opens_at=opens)

    def _at(self, position: int) -> Queued:
        minutes = wait_minutes(position, self.handling_seconds, self.online)
        return Queued(position=position, wait_minutes=minutes)


class Lookout:
    """Looks at the desk. Every method may raise RedisError."""

    def __init__(
        self, store: HandoverStore, duty: Duty, hours: OpeningHours, *, outside: bool = False
    ) -> None:
        self._store = store
        self._duty = duty
        self._hours = hours
        self._outside = outside

    async def outlook(self, *, now: datetime) -> Outlook:
        """Return how things are now."""
        return Outlook(
            now=now,
            waiting=await self._store.waiting(),
            agents=await self._duty.on_duty(now=now),
            handling_seconds=await self._store.handling_seconds(),
            is_open=self._hours.is_open(now),
            opens_at=self._hours.opens_at(now),
            queue_length=self._store.limits.queue_length,
            is_outside=self._outside,
        )

    async def status(self, conversation_id: ConversationId, *, now: datetime) -> Status:
        """Return what a customer's program may show; raises ConversationUnknown."""
        held = await self._store.read(conversation_id)
        if held.owner in {Owner.AGENT, Owner.SNOOZED}:
            return Status(owner=held.owner, agent=held.handling.agent_name)
        if held.owner not in {Owner.QUEUED, Owner.RESERVED}:
            return Status(owner=held.owner)
        outlook = await self.outlook(now=now)
        # The view may be a moment behind the conversation.
        place = outlook.place_of(conversation_id) or outlook.place_for(held)
        return Status(owner=held.owner, position=place.position, wait_minutes=place.wait_minutes)

    async def board(self, *, now: datetime) -> Board:
        """Return the whole desk: who waits and how long, and what each agent has."""
        outlook = await self.outlook(now=now)
        everything = await self._store.all_held()
        return Board(
            at=now,
            waiting=_waiting(outlook),
            reserved=[held for held in everything if held.owner is Owner.RESERVED],
            with_agents={
                one.agent.agent_id: [
                    held
                    for held in everything
                    if held.owner is Owner.AGENT and held.handling.agent == one.agent.agent_id
                ]
                for one in outlook.agents
            },
            snoozed=[held for held in everything if held.owner is Owner.SNOOZED],
            tickets=[held for held in everything if held.owner is Owner.TICKET],
            agents=list(outlook.agents),
            handling_seconds=list(outlook.handling_seconds),
            is_open=outlook.is_open,
            opens_at=outlook.opens_at,
        )


def _waiting(outlook: Outlook) -> list[Waiting]:
    places: list[Waiting] = []
    for position, held in enumerate(ranked(outlook.waiting, outlook.now), start=1):
        began = held.handling.queued_at or held.handling.since
        minutes = wait_minutes(position, outlook.handling_seconds, outlook.online)
        waited = int((outlook.now - began).total_seconds())
        places.append(
            Waiting(held=held, position=position, waited_seconds=waited, wait_minutes=minutes)
        )
    return places
