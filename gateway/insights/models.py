"""What is kept of a conversation once it is quiet: counts and times, no texts, nobody's data."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from gateway.conversation_log.models import Frozen
from gateway.desk.clocks import Clock


class WaitEnd(StrEnum):
    """How waiting for a person ended."""

    AGENT = "agent"
    TICKET = "ticket"
    LEFT = "left"
    ASSISTANT = "assistant"


class Wait(Frozen):
    """One stay in the queue."""

    seconds: float
    ended: WaitEnd


class ConversationSummary(Frozen):
    """One conversation, from its first message until it was quiet; what comes later is another.

    `key` and `order` are keyed hashes: they tell that two are the same, and not which. `problems`
    are topics in the order in which they came up. `answered`: the last thing that the customer
    asked was understood and answered. `answer_seconds` are the assistant's, per message;
    `agent_seconds` the agents'. `clocks` are seconds.
    """

    key: str
    began: AwareDatetime
    ended: AwareDatetime
    channel: str
    problems: tuple[str, ...] = ()
    messages: int = 0
    understood: int = 0
    not_understood: int = 0
    answer_seconds: tuple[float, ...] = ()
    agent_seconds: tuple[float, ...] = ()
    answered: bool = False
    had_agent: bool = False
    handover_reasons: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    clocks: dict[Clock, float] = Field(default_factory=dict)
    rating: int | None = None
    order: str | None = None
