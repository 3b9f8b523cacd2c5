"""Who answers a conversation, and what may change that. Pure: no clock, no Redis.

A conversation has one owner and an epoch, a whole number that rises with every change of owner.
Behind each owner stands a voice: the assistant's, an agent's, or nobody's. What was admitted before
the present voice began to speak is never answered by it; waiting in the queue leaves the voice to
the assistant. docs/handover.md draws the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Owner(StrEnum):
    """Who a conversation belongs to."""

    BOT = "BOT"
    QUEUED = "QUEUED"
    RESERVED = "RESERVED"
    AGENT = "AGENT"
    SNOOZED = "SNOOZED"
    TICKET = "TICKET"
    CLOSED = "CLOSED"


class Voice(StrEnum):
    """Who may speak to the customer."""

    ASSISTANT = "assistant"
    PERSON = "person"
    NOBODY = "nobody"


VOICES: Mapping[Owner, Voice] = MappingProxyType(
    {
        Owner.BOT: Voice.ASSISTANT,
        Owner.QUEUED: Voice.ASSISTANT,
        Owner.RESERVED: Voice.ASSISTANT,
        Owner.TICKET: Voice.ASSISTANT,
        Owner.AGENT: Voice.PERSON,
        Owner.SNOOZED: Voice.PERSON,
        Owner.CLOSED: Voice.NOBODY,
    }
)
"""The Lua scripts hold the same, and a test holds the two together."""


class OwnershipEvent(StrEnum):
    """What can happen to a conversation that changes its owner."""

    PERSON_NEEDED = "person needed"
    AGENT_PICKED = "agent picked"
    RESERVATION_EXPIRED = "reservation expired"
    AGENT_TOOK_OVER = "agent took over"
    BOT_SOLVED_IT = "bot solved it"
    WAITED_LONG = "waited long"
    TICKET_CHOSEN = "ticket chosen"
    NOBODY_LEFT = "nobody left"
    CUSTOMER_LEFT = "customer left"
    CUSTOMER_STOPPED = "customer stopped"
    AGENT_TRANSFERRED = "agent transferred"
    ASSIGNED = "assigned"
    AGENT_LOST = "agent lost"
    AGENT_GAVE_BACK = "agent gave back"
    CUSTOMER_SILENT = "customer silent"
    CUSTOMER_RETURNED = "customer returned"
    AGENT_RESUMED = "agent resumed"
    AGENT_RESOLVED = "agent resolved"


class Guard(StrEnum):
    """What else must be the case for a row of the table to apply."""

    ALWAYS = "always"
    SOMEBODY_CAN_COME = "somebody can come"
    CLOSED_OR_FULL = "closed or full"
    AGENT_PRESENT = "their agent is present"
    AGENT_GONE = "their agent is gone"
    NOT_OFFERED_YET = "no ticket offered yet"
    MUST_BE_REACHED = "somebody must get back to them"


class Effect(StrEnum):
    """What goes with a change of owner, in the same step."""

    JOIN_QUEUE = "takes a place at the end of the queue"
    JOIN_FRONT = "takes a place at the front of the queue"
    LEAVE_QUEUE = "gives up the place in the queue"
    OPEN_TICKET = "a call-back is noted"
    FENCE = "whoever spoke before is silent from here on"
    TELL_PLACE = "position and honest wait are told"
    TELL_TICKET = "the reference and what happens next are told"
    TELL_JOINED = "the agent's first name is told"
    TELL_TRANSFER = "the customer is told to be passed on"
    TELL_APOLOGY = "an apology, and that somebody else comes"
    TELL_LEFT_QUEUE = "the customer is told to be out of the queue"
    TELL_ASSISTANT = "the assistant says that it is the assistant again"
    TELL_ENDED = "the customer is told that the conversation has ended"
    OFFER_TICKET = "a call-back is offered instead of waiting on"
    HAND_BACK = "summary and slots go into the tracker"
    ASK_RATING = "a rating is asked for, once, never after STOP"
    ALERT = "the supervisor is told"


@dataclass(frozen=True, slots=True)
class Change:
    """What an event leads to."""

    after: Owner
    effects: frozenset[Effect]


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owner together with the epoch in which it owns."""

    owner: Owner
    epoch: int


class OwnershipRefused(Exception):
    """The event cannot happen while the present owner holds the conversation."""

    def __init__(self, owner: Owner, event: OwnershipEvent) -> None:
        self.owner = owner
        self.event = event
        super().__init__(f"'{event}' cannot happen while {owner} owns the conversation.")


def _to(after: Owner, *effects: Effect) -> Change:
    return Change(after, frozenset(effects))


_ANY, _CAN_COME, _NOBODY = Guard.ALWAYS, Guard.SOMEBODY_CAN_COME, Guard.CLOSED_OR_FULL
_QUEUED = _to(Owner.QUEUED, Effect.JOIN_QUEUE, Effect.TELL_PLACE)
_QUEUED_FIRST = _to(Owner.QUEUED, Effect.JOIN_FRONT, Effect.TELL_PLACE)
_TICKET = _to(Owner.TICKET, Effect.LEAVE_QUEUE, Effect.OPEN_TICKET, Effect.TELL_TICKET)
_TAKEN_OVER = _to(Owner.AGENT, Effect.LEAVE_QUEUE, Effect.FENCE, Effect.TELL_JOINED)
_SOLVED = _to(Owner.BOT, Effect.LEAVE_QUEUE, Effect.TELL_LEFT_QUEUE)
_STOPPED = _to(Owner.BOT, Effect.LEAVE_QUEUE)
_STOPPED_IN_NEED = _to(Owner.TICKET, Effect.LEAVE_QUEUE, Effect.OPEN_TICKET)
_LEFT = _to(Owner.CLOSED, Effect.LEAVE_QUEUE, Effect.FENCE)
_LOST = _to(Owner.QUEUED, Effect.JOIN_FRONT, Effect.FENCE, Effect.TELL_APOLOGY, Effect.ALERT)
_TRANSFERRED = _to(Owner.QUEUED, Effect.JOIN_FRONT, Effect.FENCE, Effect.TELL_TRANSFER)
_GIVEN_BACK = _to(Owner.BOT, Effect.FENCE, Effect.TELL_ASSISTANT, Effect.HAND_BACK)
_RESOLVED = _to(Owner.CLOSED, Effect.FENCE, Effect.TELL_ENDED, Effect.ASK_RATING)
_MISSED = _to(Owner.QUEUED, Effect.JOIN_FRONT, Effect.FENCE, Effect.TELL_PLACE)
_OFFERED = _to(Owner.QUEUED, Effect.OFFER_TICKET)

TRANSITIONS: Mapping[tuple[Owner, OwnershipEvent, Guard], Change] = MappingProxyType(
    {
        (Owner.BOT, OwnershipEvent.PERSON_NEEDED, _CAN_COME): _QUEUED,
        (Owner.BOT, OwnershipEvent.PERSON_NEEDED, _NOBODY): _TICKET,
        (Owner.BOT, OwnershipEvent.AGENT_TOOK_OVER, _ANY): _TAKEN_OVER,
        (Owner.BOT, OwnershipEvent.CUSTOMER_LEFT, _ANY): _LEFT,
        (Owner.QUEUED, OwnershipEvent.AGENT_PICKED, _ANY): _to(Owner.RESERVED),
        (Owner.QUEUED, OwnershipEvent.AGENT_TOOK_OVER, _ANY): _TAKEN_OVER,
        (Owner.QUEUED, OwnershipEvent.ASSIGNED, _ANY): _to(Owner.QUEUED),
        (Owner.QUEUED, OwnershipEvent.BOT_SOLVED_IT, _ANY): _SOLVED,
        (Owner.QUEUED, OwnershipEvent.WAITED_LONG, Guard.NOT_OFFERED_YET): _OFFERED,
        (Owner.QUEUED, OwnershipEvent.TICKET_CHOSEN, _ANY): _TICKET,
        (Owner.QUEUED, OwnershipEvent.NOBODY_LEFT, _NOBODY): _TICKET,
        (Owner.QUEUED, OwnershipEvent.CUSTOMER_LEFT, _ANY): _LEFT,
        (Owner.QUEUED, OwnershipEvent.CUSTOMER_STOPPED, _ANY): _STOPPED,
        (Owner.QUEUED, OwnershipEvent.CUSTOMER_STOPPED, Guard.MUST_BE_REACHED): _STOPPED_IN_NEED,
        (Owner.RESERVED, OwnershipEvent.RESERVATION_EXPIRED, _ANY): _to(Owner.QUEUED),
        (Owner.RESERVED, OwnershipEvent.AGENT_TOOK_OVER, _ANY): _TAKEN_OVER,
        (Owner.RESERVED, OwnershipEvent.ASSIGNED, _ANY): _to(Owner.QUEUED),
        (Owner.RESERVED, OwnershipEvent.BOT_SOLVED_IT, _ANY): _SOLVED,
        (Owner.RESERVED, OwnershipEvent.TICKET_CHOSEN, _ANY): _TICKET,
        (Owner.RESERVED, OwnershipEvent.CUSTOMER_LEFT, _ANY): _LEFT,
        (Owner.RESERVED, OwnershipEvent.CUSTOMER_STOPPED, _ANY): _STOPPED,
        (Owner.RESERVED, OwnershipEvent.CUSTOMER_STOPPED, Guard.MUST_BE_REACHED): _STOPPED_IN_NEED,
        (Owner.AGENT, OwnershipEvent.AGENT_TOOK_OVER, _ANY): _TAKEN_OVER,
        (Owner.AGENT, OwnershipEvent.AGENT_TRANSFERRED, _ANY): _TRANSFERRED,
        (Owner.AGENT, OwnershipEvent.ASSIGNED, _ANY): _TRANSFERRED,
        (Owner.AGENT, OwnershipEvent.AGENT_LOST, _ANY): _LOST,
        (Owner.AGENT, OwnershipEvent.AGENT_GAVE_BACK, _ANY): _GIVEN_BACK,
        (Owner.AGENT, OwnershipEvent.CUSTOMER_SILENT, _ANY): _to(Owner.SNOOZED),
        (Owner.AGENT, OwnershipEvent.AGENT_RESOLVED, _ANY): _RESOLVED,
        (Owner.AGENT, OwnershipEvent.CUSTOMER_LEFT, _ANY): _LEFT,
        (Owner.SNOOZED, OwnershipEvent.CUSTOMER_RETURNED, Guard.AGENT_PRESENT): _to(Owner.AGENT),
        (Owner.SNOOZED, OwnershipEvent.CUSTOMER_RETURNED, Guard.AGENT_GONE): _MISSED,
        (Owner.SNOOZED, OwnershipEvent.AGENT_RESUMED, _ANY): _to(Owner.AGENT),
        (Owner.SNOOZED, OwnershipEvent.AGENT_TOOK_OVER, _ANY): _TAKEN_OVER,
        (Owner.SNOOZED, OwnershipEvent.AGENT_TRANSFERRED, _ANY): _TRANSFERRED,
        (Owner.SNOOZED, OwnershipEvent.ASSIGNED, _ANY): _TRANSFERRED,
        (Owner.SNOOZED, OwnershipEvent.AGENT_GAVE_BACK, _ANY): _GIVEN_BACK,
        (Owner.SNOOZED, OwnershipEvent.AGENT_RESOLVED, _ANY): _RESOLVED,
        (Owner.SNOOZED, OwnershipEvent.CUSTOMER_LEFT, _ANY): _LEFT,
        (Owner.TICKET, OwnershipEvent.PERSON_NEEDED, _CAN_COME): _QUEUED,
        (Owner.TICKET, OwnershipEvent.AGENT_TOOK_OVER, _ANY): _TAKEN_OVER,
        (Owner.TICKET, OwnershipEvent.ASSIGNED, _ANY): _QUEUED_FIRST,
        (Owner.TICKET, OwnershipEvent.AGENT_RESOLVED, _ANY): _RESOLVED,
        (Owner.TICKET, OwnershipEvent.CUSTOMER_LEFT, _ANY): _LEFT,
    }
)
"""Every change of owner that is allowed; whatever is not here is refused."""


def change(owner: Owner, event: OwnershipEvent, guard: Guard = Guard.ALWAYS) -> Change:
    """Return what `event` leads to where `guard` holds; raises OwnershipRefused."""
    for holds in (guard, Guard.ALWAYS):
        if found := TRANSITIONS.get((owner, event, holds)):
            return found
    raise OwnershipRefused(owner, event)
