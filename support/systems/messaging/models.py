"""What is handed to a provider of messages, and what it says about it."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Choice(_Frozen):
    """A button: what it says, and the opaque id that stands for it when it is pressed."""

    id: str
    title: str


class OutgoingMessage(_Frozen):
    """One message to one person. `key` is the same for every try of this message.

    `to` is an address of the channel: an E.164 phone, or the provider's own id of a person.
    `last_heard_at` is when that person last wrote, which some providers want to know.
    """

    key: str
    to: str
    text: str
    choices: tuple[Choice, ...] = ()
    last_heard_at: AwareDatetime | None = None


class Delivery(StrEnum):
    """What became of a message, as its provider says. UNKNOWN is a word that we do not know."""

    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
