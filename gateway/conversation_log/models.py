"""What the conversation log holds and answers."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue

from gateway.ownership import VOICES, Owner, Ownership, Voice
from support.ids import ConversationId, CustomerId, MessageId, SenderKey


class Sender(StrEnum):
    """Who said something."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Frozen(BaseModel):
    """A model that does not change once made."""

    model_config = ConfigDict(frozen=True)


class QuickReply(Frozen):
    """A choice offered to the customer. The payload goes to Rasa and is never shown."""

    title: str
    payload: str


class OfferedQuickReply(Frozen):
    """A choice as the customer sees it: an opaque id stands for the payload."""

    id: str
    title: str


class EvidenceNote(Frozen):
    """Where a statement comes from and when it was looked up."""

    source: str
    at: str


class Understood(Frozen):
    """What a customer's message was taken for, and how surely, from 0 to 1."""

    intent: str
    confidence: float


class EntryBody(Frozen):
    """What an entry holds beside its text. `author` is the first name of the agent who wrote it.

    Not for customers: `payload`, `said` (the responses that a bot's message is worded from) and
    `understood`, with the first message of an answer.
    """

    author: str | None = None
    client_message_id: str | None = None
    payload: str | None = None
    quick_replies: list[OfferedQuickReply] = []
    evidence: list[EvidenceNote] = []
    cards: list[dict[str, JsonValue]] = []
    said: list[str] = []
    understood: Understood | None = None


class Entry(Frozen):
    """One message in the log. Positions count from 1 without gaps."""

    position: int
    message_id: MessageId
    sender: Sender
    text: str
    at: AwareDatetime
    epoch: int
    body: EntryBody


class Reply(Frozen):
    """A message to be appended on behalf of the bot, an agent or the system."""

    sender: Sender
    text: str
    author: str | None = None
    quick_replies: list[QuickReply] = []
    evidence: list[EvidenceNote] = []
    cards: list[dict[str, JsonValue]] = []
    said: list[str] = []
    understood: Understood | None = None


class Customer(Frozen):
    """A signed-in customer, as the web shop's token says."""

    customer_id: CustomerId
    first_name: str | None = None


class Conversation(Frozen):
    """The state of a conversation beside its messages.

    `answered` is the position of the newest customer message whose turn is finished. `fence` is the
    epoch in which the present voice began: it answers nothing that was admitted before.
    `handed_back` is what an agent left to the assistant, as JSON, until it was passed on.
    """

    conversation_id: ConversationId
    owner: Owner
    epoch: int
    fence: int
    answered: int
    channel: str
    sender_key: SenderKey
    customer: Customer | None
    handed_back: str | None = None

    @property
    def ownership(self) -> Ownership:
        """Owner and epoch, read together."""
        return Ownership(self.owner, self.epoch)

    def is_for_the_assistant(self, epoch: int) -> bool:
        """Say whether the assistant answers what was admitted in this epoch."""
        return VOICES[self.owner] is Voice.ASSISTANT and epoch >= self.fence


class RateLimit(Frozen):
    """At most `count` in a burst, then `count` per `seconds`."""

    count: int
    seconds: int


class Admission(Frozen):
    """A customer's message is in the log; `ownership` is who had the conversation at that moment.

    `repeated`: it was there before. `finished`: its turn is already over.
    """

    message_id: MessageId
    position: int
    ownership: Ownership
    repeated: bool
    finished: bool


class ReplyOutcome(StrEnum):
    """What became of a reply."""

    APPENDED = "appended"
    REPEATED = "repeated"
    SUPPRESSED = "suppressed"


class ConversationUnknown(Exception):
    """There is no such conversation, or it is no longer kept."""


class ConversationClosed(Exception):
    """The conversation has ended; it takes no more messages."""


class TooManyMessages(Exception):
    """The limit is used up; the next is admitted after `retry_seconds`."""

    def __init__(self, retry_seconds: float) -> None:
        self.retry_seconds = retry_seconds
        super().__init__(f"Too many; the next is admitted in {retry_seconds:.1f} seconds.")
