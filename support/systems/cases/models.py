"""A case as the case system tells it (contract: openapi.yaml beside this file)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from support.ids import CarrierId, CaseReference, LineId, OrderNumber, ParcelId, TrackingNumber


class CaseKind(StrEnum):
    """What a case is about. New words become UNKNOWN."""

    MISSING_PARCEL = "missing_parcel"
    MISSING_ITEMS = "missing_items"
    DAMAGED_ITEMS = "damaged_items"
    STUCK_PARCEL = "stuck_parcel"
    NOT_DISPATCHED = "not_dispatched"
    ADDRESS_BEFORE_DISPATCH = "address_before_dispatch"
    CARRIER_REDIRECT = "carrier_redirect"
    REFUND_REQUEST = "refund_request"
    RETURN_REQUEST = "return_request"
    ALTERNATIVE_REQUEST = "alternative_request"
    STORE_CHECK = "store_check"
    COLLECTION_EXTENSION = "collection_extension"
    READY_MESSAGE = "ready_message"
    UNKNOWN = "unknown"


class CaseState(StrEnum):
    """How far a case is. New words become UNKNOWN."""

    RECEIVED = "received"
    WITH_CARRIER = "with_carrier"
    WITH_STORE = "with_store"
    WITH_FULFILMENT = "with_fulfilment"
    PROOF_RECEIVED = "proof_received"
    WAITING_FOR_CUSTOMER = "waiting_for_customer"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


def _known_or_unknown(kind: type[StrEnum]) -> BeforeValidator:
    def read(word: object) -> object:
        return word if word in set(kind) else "unknown"

    return BeforeValidator(read)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Leaning(StrEnum):
    """What a signal speaks for."""

    CUSTOMER = "customer"
    CAUTION = "caution"
    NEITHER = "neither"


class CaseSignal(_Record):
    """Something known that helps people to judge a claim. Never told to the customer.

    `code` is one word for statistics, `text` a sentence for staff, `source` who said it at `at`.
    """

    code: str
    text: str
    leaning: Leaning
    source: str
    at: AwareDatetime


class CaseRequest(_Record):
    """What is asked for. `details` are plain words for the person who works on it.

    `signals` are for that person only, and what is asked for never depends on them.
    """

    kind: CaseKind
    order_number: OrderNumber
    parcel_id: ParcelId | None = None
    line_ids: tuple[LineId, ...] = ()
    carrier: CarrierId | None = None
    tracking_number: TrackingNumber | None = None
    ask_for_proof_of_delivery: bool = False
    urgent: bool = False
    details: Mapping[str, str] = Field(default_factory=dict)
    signals: tuple[CaseSignal, ...] = ()

    @property
    def subject(self) -> tuple[str, ...]:
        """What makes two requests the same: order, parcel, kind and lines."""
        return (self.order_number, self.parcel_id or "", self.kind, *sorted(self.line_ids))


class CaseStep(_Record):
    """Something that happened to a case."""

    state: Annotated[CaseState, _known_or_unknown(CaseState)]
    at: AwareDatetime


class Case(_Record):
    """One case. `steps` are in the order in which they happened, the first one its opening.

    `next_by` is the day by which the case system says that the next step is taken; None where it
    says nothing. `outcome` is what a resolved case came to, in the words of those who resolved it.
    """

    reference: CaseReference
    kind: Annotated[CaseKind, _known_or_unknown(CaseKind)]
    order_number: OrderNumber
    parcel_id: ParcelId | None = None
    line_ids: tuple[LineId, ...] = ()
    state: Annotated[CaseState, _known_or_unknown(CaseState)]
    opened_at: AwareDatetime
    steps: tuple[CaseStep, ...] = ()
    next_by: date | None = None
    outcome: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        return self.state is not CaseState.RESOLVED

    @property
    def changed_at(self) -> AwareDatetime:
        """When its state changed last."""
        return self.steps[-1].at if self.steps else self.opened_at
