"""What the handover service takes and answers."""

from typing import Final, NewType

from pydantic import AwareDatetime, Field, JsonValue

from gateway.conversation_log.models import Frozen
from gateway.ownership import Owner, Ownership, OwnershipEvent
from support.handover import PersonRequest, Priority, Reason, Skill
from support.ids import ConversationId

AgentId = NewType("AgentId", str)

MOST_SEATS = 5
"""Nobody looks after more conversations at the same time."""

OUTSIDE: Final = "outside:"
"""How the ids of agents begin who work at the desk of another product."""


def is_outside(agent_id: AgentId | None) -> bool:
    """Say whether an agent works at the desk of another product: no page of ours, no seats here."""
    return agent_id is not None and agent_id.startswith(OUTSIDE)


class Agent(Frozen):
    """Somebody at the desk. Customers read the first name. `capacity` is their number of seats."""

    agent_id: AgentId
    first_name: str
    skills: frozenset[Skill] = frozenset()
    capacity: int = Field(default=3, ge=1, le=MOST_SEATS)


class AgentOnDuty(Frozen):
    """An agent as the board shows them. `away` takes no new conversations, and keeps the old."""

    agent: Agent
    away: bool
    seen_at: AwareDatetime
    online: bool
    seats_taken: int

    @property
    def free_seats(self) -> int:
        """How many more conversations may come."""
        return 0 if self.away or not self.online else self.agent.capacity - self.seats_taken


class GivenBack(Frozen):
    """What an agent leaves to the assistant: a line of summary, and slots by their Rasa names."""

    summary: str = ""
    slots: dict[str, str] = Field(default_factory=dict)


class Handling(Frozen):
    """How a conversation stands beside owner and epoch; kept with it, written with each change.

    `since` is when the present owner began. `queued_at` is the place in the queue, kept through
    reservations. `wanted` is the agent to whom it was transferred; `passed_by` let a reservation
    expire. `worked_at` is when the agent last typed or did something in it.
    """

    since: AwareDatetime
    agent: AgentId | None = None
    agent_name: str | None = None
    joined_at: AwareDatetime | None = None
    worked_at: AwareDatetime | None = None
    queued_at: AwareDatetime | None = None
    front: bool = False
    reason: Reason | None = None
    summary: str = ""
    skill: Skill = Skill.GENERAL
    priority: Priority = Priority.NORMAL
    wanted: AgentId | None = None
    passed_by: AgentId | None = None
    note: str = ""
    ticket_offered: bool = False
    ticket: str | None = None
    contact: str | None = None
    rating_asked: bool = False
    close_reason: str | None = None


class Held(Frozen):
    """A conversation as the handover sees it.

    `waiting_since` is the oldest customer message that no agent has answered; `spoke_at` is when
    an agent last wrote. `stopped`: the customer wants no more messages. `hand_back` is what an
    agent left to the assistant and the tracker does not know yet. `first_name` is a signed-in
    customer's.
    """

    conversation_id: ConversationId
    owner: Owner
    epoch: int
    channel: str
    handling: Handling
    first_name: str | None = None
    waiting_since: AwareDatetime | None = None
    spoke_at: AwareDatetime | None = None
    stopped: bool = False
    hand_back: GivenBack | None = None

    @property
    def ownership(self) -> Ownership:
        """Owner and epoch, read together."""
        return Ownership(self.owner, self.epoch)


class Queued(Frozen):
    """The conversation waits. What is None is not known: nobody could honestly say."""

    position: int | None
    wait_minutes: int | None


class Ticket(Frozen):
    """Nobody can come now: somebody gets back to the customer. `opens_at` is None where unknown."""

    reference: str
    opens_at: AwareDatetime | None


class WithAgent(Frozen):
    """A person has the conversation already."""

    first_name: str | None


class Status(Frozen):
    """What a customer's program may show: whose turn it is, the place in the queue, who answers."""

    owner: Owner
    position: int | None = None
    wait_minutes: int | None = None
    agent: str | None = None


class Waiting(Frozen):
    """One place in the queue."""

    held: Held
    position: int
    waited_seconds: int
    wait_minutes: int | None


class Board(Frozen):
    """The whole desk at one moment. `handling_seconds` are the latest handling times."""

    at: AwareDatetime
    waiting: list[Waiting]
    reserved: list[Held]
    with_agents: dict[AgentId, list[Held]]
    snoozed: list[Held]
    tickets: list[Held]
    agents: list[AgentOnDuty]
    handling_seconds: list[float]
    is_open: bool
    opens_at: AwareDatetime | None


class HandoverEvent(Frozen):
    """One change of owner, from which clocks and figures are computed.

    The stream `handover:events` of all conversations holds each once, in the order of each
    conversation's epochs; `conv:{id}:handovers` holds one conversation's own.
    """

    conversation_id: ConversationId
    epoch: int
    at: AwareDatetime
    event: OwnershipEvent
    before: Owner
    after: Owner
    channel: str
    agent: AgentId | None = None
    by: AgentId | None = None
    reason: str | None = None
    skill: Skill = Skill.GENERAL
    details: dict[str, JsonValue] = Field(default_factory=dict)


class NotYours(Exception):
    """Another agent, the assistant or nobody has this conversation now."""


class SeatsTaken(Exception):
    """The agent has no free seat."""


class CustomerStopped(Exception):
    """The customer has asked for no more messages."""


class ReplyWindowClosed(Exception):
    """The customer wrote so long ago that their channel takes no free text any more."""


class AgentUnknown(Exception):
    """Nobody of this id was ever at the desk."""


__all__ = [
    "Agent",
    "AgentId",
    "AgentOnDuty",
    "AgentUnknown",
    "Board",
    "CustomerStopped",
    "GivenBack",
    "Handling",
    "HandoverEvent",
    "Held",
    "NotYours",
    "PersonRequest",
    "Queued",
    "ReplyWindowClosed",
    "SeatsTaken",
    "Status",
    "Ticket",
    "Waiting",
    "WithAgent",
]
