"""Messages as the customer API takes and shows them."""

from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue, StringConstraints
from pydantic import model_validator as validator

from gateway import texts
from gateway.conversation_log import Entry, EvidenceNote, OfferedQuickReply, Sender
from support.ids import ConversationId, MessageId

ShortId = Annotated[str, StringConstraints(min_length=1, max_length=128)]

LAST_POSITION = 2**53 - 1
"""The highest position that a reader may name: every JSON reader can count so far."""


class NewConversation(BaseModel):
    """The optional body of `POST /v1/conversations`."""

    model_config = ConfigDict(extra="forbid")

    customer_token: Annotated[str, StringConstraints(max_length=4096)] | None = None


class StartedConversation(BaseModel):
    """A conversation and the token that opens it."""

    conversation_id: ConversationId
    token: str


class NewMessage(BaseModel):
    """What a customer sends: words, or a choice that was offered."""

    model_config = ConfigDict(extra="forbid")

    client_message_id: ShortId
    text: str | None = None
    quick_reply: ShortId | None = None

    @validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (self.quick_reply is None):
            raise ValueError(texts.TEXT_OR_QUICK_REPLY)
        return self


class AcceptedMessage(BaseModel):
    """The message is in the log and will be answered."""

    message_id: MessageId


class Message(BaseModel):
    """One message of a conversation, as customers' programs see it."""

    position: int
    message_id: MessageId
    sender: Sender
    text: str
    quick_replies: list[OfferedQuickReply]
    evidence: list[EvidenceNote]
    at: AwareDatetime
    author: str | None = None
    cards: list[dict[str, JsonValue]] | None = None
    client_message_id: str | None = None


class Messages(BaseModel):
    """A page of a conversation; ask again after the last position until none is left."""

    messages: list[Message]


def shown(entry: Entry) -> Message:
    """Return what customers may see of a log entry: not payloads, nor why something was said."""
    return Message(
        position=entry.position,
        message_id=entry.message_id,
        sender=entry.sender,
        text=entry.text,
        quick_replies=entry.body.quick_replies,
        evidence=entry.body.evidence,
        at=entry.at,
        author=entry.body.author,
        cards=entry.body.cards or None,
        client_message_id=entry.body.client_message_id,
    )
