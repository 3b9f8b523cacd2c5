"""A ticket to a Marketplace seller."""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict

from support.ids import LineId, OrderNumber, SellerId, TicketReference


class TicketReason(StrEnum):
    """Why the seller is asked."""

    WHERE_IS_IT = "where_is_it"
    LATE = "late"
    NOT_RECEIVED = "not_received"
    MISSING_OR_DAMAGED = "missing_or_damaged"
    WRONG_ADDRESS = "wrong_address"
    OTHER = "other"


class TicketState(StrEnum):
    """Whose turn it is. New words become UNKNOWN."""

    WAITING_FOR_SELLER = "waiting_for_seller"
    SELLER_ANSWERED = "seller_answered"
    ESCALATED = "escalated"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def _state(word: object) -> object:
    return word if word in set(TicketState) else TicketState.UNKNOWN


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TicketRequest(_Record):
    """What is asked of which seller, about which lines of an order."""

    order_number: OrderNumber
    seller_id: SellerId
    line_ids: tuple[LineId, ...]
    reason: TicketReason
    message: str

    @property
    def subject(self) -> tuple[str, ...]:
        """What makes two requests the same: order, seller and reason."""
        return (self.order_number, self.seller_id, self.reason)


class Ticket(_Record):
    """One ticket. `answer` is the seller's last word, if any; `reply_due` when it is due."""

    reference: TicketReference
    order_number: OrderNumber
    seller_id: SellerId
    seller_name: str
    state: Annotated[TicketState, BeforeValidator(_state)]
    opened_at: AwareDatetime
    reply_due: AwareDatetime | None = None
    answered_at: AwareDatetime | None = None
    answer: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on."""
        return self.state is not TicketState.CLOSED
