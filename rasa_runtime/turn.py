"""The shape of a turn: what the worker sends, and what it gets back."""

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

TEXT_LIMIT = 4000
"""Characters of text in one message; the gateway's own limit is lower."""

LEADING_SLASHES = re.compile(r"^[\s/]+")


class TurnMetadata(BaseModel):
    """What the gateway has verified about the sender."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    channel: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    customer_id: str | None = Field(default=None, max_length=128)
    customer_first_name: str | None = Field(default=None, max_length=128)
    sender_key: str = Field(max_length=128)
    sender_phone: str | None = Field(default=None, pattern=r"^\+[0-9]{6,15}$")
    """Where a text message came from, as its provider vouches; None on the web."""


class TurnRequest(BaseModel):
    """One message of a customer, to be answered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    conversation_id: str = Field(pattern=r"^[A-Za-z0-9_.:-]{1,128}$")
    message_id: str = Field(pattern=r"^[A-Za-z0-9_.:-]{1,128}$")
    text: str
    payload: str | None = Field(default=None, pattern=r"^/[A-Za-z_]+\s*(\{.*\})?$", max_length=2000)
    """An intent with its entities, from a quick reply that the gateway itself issued."""
    metadata: TurnMetadata
    may_be_silent: bool = False
    """Nobody said anything: a look whether there is news. Without any it leaves no trace."""

    @property
    def too_long(self) -> bool:
        """Whether the text is over the limit."""
        return len(self.text) > TEXT_LIMIT

    @property
    def words(self) -> str:
        """The text without leading slashes, which Rasa would read as an intent to fire."""
        return LEADING_SLASHES.sub("", self.text).strip()

    @property
    def event_metadata(self) -> dict[str, Any]:
        """What actions find in `tracker.latest_message["metadata"]`."""
        return {
            **self.metadata.model_dump(),
            "message_id": self.message_id,
            "conversation_id": self.conversation_id,
        }


class QuickReply(BaseModel):
    """A button: what it says, and the intent it stands for."""

    title: str
    payload: str


class Reply(BaseModel):
    """One message to the customer."""

    text: str = ""
    quick_replies: list[QuickReply] = []
    evidence: list[dict[str, Any]] = []
    cards: list[dict[str, Any]] = []
    said: list[str] = []
    """The responses that were worded here, for whoever wants to know why this was said."""

    def joined_with(self, other: "Reply") -> "Reply":
        """Return both as one message: texts below each other, evidence without repeats."""
        added = [evidence for evidence in other.evidence if evidence not in self.evidence]
        return Reply(
            text="\n".join(text for text in (self.text, other.text) if text),
            quick_replies=self.quick_replies + other.quick_replies,
            evidence=self.evidence + added,
            cards=self.cards + other.cards,
            said=self.said + other.said,
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.text or self.quick_replies or self.cards)


class Understood(BaseModel):
    """What a message was taken for, and how surely, from 0 to 1."""

    intent: str
    confidence: float


class TurnAnswer(BaseModel):
    """The answer to a turn. `repeated` means the message had been answered before.

    What a message was taken for is told with its first answer only.
    """

    status: Literal["answered", "repeated"]
    turn_id: str
    messages: list[Reply]
    understood: Understood | None = None
    person: dict[str, Any] | None = None
    """Somebody has to take over: what is known so far, as the actions put it together."""
