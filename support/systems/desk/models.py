"""What an outside desk is told, and what it tells, in words of ours."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Standing(StrEnum):
    """How a conversation stands at the desk. OPEN: people are to see to it."""

    OPEN = "open"
    WITH_ASSISTANT = "with_assistant"
    ENDED = "ended"


class Opening(_Frozen):
    """A conversation that people are to see to.

    `key` is our own id of it: one `key` has one conversation at the desk, however often it is
    opened. `person` is the same for all conversations of a customer who is known, and tells nobody
    who that is. `attributes` are shown beside the conversation.
    """

    key: str
    person: str
    name: str
    attributes: dict[str, str] = Field(default_factory=dict)


class Place(_Frozen):
    """Where a conversation is at the desk, by the desk's own ids."""

    contact: str
    conversation: str


class DeskMessage(_Frozen):
    """What is written into a conversation at the desk. `key` is the same for every try of it.

    A `note` is for the desk alone; what is none stands there as the customer's words.
    """

    key: str
    text: str
    note: bool = False


class DeskAgent(_Frozen):
    """Somebody who works at the desk, by the desk's own id. Customers read the first name."""

    id: str
    first_name: str


class AgentSaid(_Frozen):
    """An agent wrote: to the customer, or as a `note` to colleagues."""

    kind: Literal["said"] = "said"
    conversation: str
    agent: DeskAgent
    message_id: str
    text: str
    note: bool = False
    has_attachments: bool = False


class StandingChanged(_Frozen):
    """A conversation stands otherwise now. `agent` is whose it is, where it is anybody's."""

    kind: Literal["standing"] = "standing"
    conversation: str
    standing: Standing
    agent: DeskAgent | None = None


class AgentNamed(_Frozen):
    """A conversation was given to this agent."""

    kind: Literal["named"] = "named"
    conversation: str
    agent: DeskAgent


class AgentTypes(_Frozen):
    """An agent is typing something that the customer will read."""

    kind: Literal["types"] = "types"
    conversation: str
    agent: DeskAgent


Told = AgentSaid | StandingChanged | AgentNamed | AgentTypes
"""What a desk tells us; `conversation` is the `key` that it was opened with."""
