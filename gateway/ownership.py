"""Who answers a conversation, and what may change that. Pure: no clock, no Redis.

A conversation has one owner and an epoch, a whole number that rises with every change of owner.
A message admitted in one epoch is never answered in another.
"""

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


class OwnershipEvent(StrEnum):
    """What can happen to a conversation that changes its owner."""

    PERSON_NEEDED = "person needed"
    PERSON_NEEDED_NOBODY_FREE = "person needed, nobody free"
    AGENT_PICKED = "agent picked"
    RESERVATION_EXPIRED = "reservation expired"
    AGENT_TOOK_OVER = "agent took over"
    BOT_SOLVED_IT = "bot solved it"
    CUSTOMER_LEFT = "customer left"
    AGENT_TRANSFERRED = "agent transferred"
    AGENT_LOST = "agent lost"
    AGENT_GAVE_BACK = "agent gave back"
    CUSTOMER_SILENT = "customer silent"
    CUSTOMER_RETURNED = "customer returned"
    CUSTOMER_RETURNED_AGENT_GONE = "customer returned, agent gone"
    AGENT_RESOLVED = "agent resolved"


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


TRANSITIONS = MappingProxyType(
    {
        (Owner.BOT, OwnershipEvent.PERSON_NEEDED): Owner.QUEUED,
        (Owner.BOT, OwnershipEvent.PERSON_NEEDED_NOBODY_FREE): Owner.TICKET,
        (Owner.BOT, OwnershipEvent.AGENT_TOOK_OVER): Owner.AGENT,
        (Owner.BOT, OwnershipEvent.CUSTOMER_LEFT): Owner.CLOSED,
        (Owner.QUEUED, OwnershipEvent.AGENT_PICKED): Owner.RESERVED,
        (Owner.QUEUED, OwnershipEvent.AGENT_TOOK_OVER): Owner.AGENT,
        (Owner.QUEUED, OwnershipEvent.BOT_SOLVED_IT): Owner.BOT,
        (Owner.QUEUED, OwnershipEvent.CUSTOMER_LEFT): Owner.CLOSED,
        (Owner.RESERVED, OwnershipEvent.RESERVATION_EXPIRED): Owner.QUEUED,
        (Owner.RESERVED, OwnershipEvent.AGENT_TOOK_OVER): Owner.AGENT,
        (Owner.AGENT, OwnershipEvent.AGENT_TRANSFERRED): Owner.QUEUED,
        (Owner.AGENT, OwnershipEvent.AGENT_LOST): Owner.QUEUED,
        (Owner.AGENT, OwnershipEvent.AGENT_GAVE_BACK): Owner.BOT,
        (Owner.AGENT, OwnershipEvent.CUSTOMER_SILENT): Owner.SNOOZED,
        (Owner.AGENT, OwnershipEvent.AGENT_RESOLVED): Owner.CLOSED,
        (Owner.SNOOZED, OwnershipEvent.CUSTOMER_RETURNED): Owner.AGENT,
        (Owner.SNOOZED, OwnershipEvent.CUSTOMER_RETURNED_AGENT_GONE): Owner.QUEUED,
    }
)
"""Every change of owner that is allowed; whatever is not here is refused."""


def next_owner(owner: Owner, event: OwnershipEvent) -> Owner:
    """Return who owns the conversation after `event`; raises OwnershipRefused."""
    try:
        return TRANSITIONS[owner, event]
    except KeyError:
        raise OwnershipRefused(owner, event) from None
