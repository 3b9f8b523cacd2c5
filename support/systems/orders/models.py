"""One order as the order system tells it (contract: openapi.yaml beside this file)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from support.ids import (
    CarrierId,
    CaseReference,
    CustomerId,
    LineId,
    OrderNumber,
    ParcelId,
    TrackingNumber,
)


class Brand(StrEnum):
    """Whose shop the order was placed in."""

    KMART = "kmart"
    TARGET = "target"
    UNKNOWN = "unknown"


class DeliveryMethod(StrEnum):
    """How the customer chose to get the order."""

    STANDARD = "standard"
    EXPRESS = "express"
    CLICK_AND_COLLECT = "click_and_collect"
    UNKNOWN = "unknown"


class ParcelStatus(StrEnum):
    """How far a parcel is, in the order system's words. New words become UNKNOWN."""

    PROCESSING = "processing"
    PICKING = "picking"
    READY_TO_COLLECT = "ready_to_collect"
    COLLECTED = "collected"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


_NOT_LEFT: Final = frozenset(
    {ParcelStatus.PROCESSING, ParcelStatus.PICKING, ParcelStatus.READY_TO_COLLECT}
)


def _known_or_unknown(kind: type[StrEnum]) -> BeforeValidator:
    def read(value: object) -> object:
        word = str(value).strip().lower().replace("-", "_").replace(" ", "_")
        return word if word in set(kind) else "unknown"

    return BeforeValidator(read)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_absent(cls, data: Any) -> Any:  # noqa: ANN401 - any JSON
        if not isinstance(data, dict):
            return data
        blank = [
            name for name, value in data.items() if isinstance(value, str) and not value.strip()
        ]
        return {name: value for name, value in data.items() if name not in blank}


class Contact(_Record):
    """Who placed the order, as typed at the checkout."""

    first_name: str | None = None
    email: str | None = None
    phone: str | None = None

    def has_email(self, email: str) -> bool:
        """Whether this is the e-mail; upper and lower case do not matter, a blank is nobody's."""
        wanted = email.strip().casefold()
        return bool(wanted) and (self.email or "").strip().casefold() == wanted


class Address(_Record):
    """Where the order is delivered to."""

    line1: str | None = None
    line2: str | None = None
    suburb: str | None = None
    state: str | None = None
    postcode: str | None = None


class Store(_Record):
    """Where a Click & Collect order waits. `hours` is the store's own wording."""

    id: str | None = None
    name: str
    address: str | None = None
    phone: str | None = None
    hours: str | None = None


class Delivery(_Record):
    """How and where the order goes."""

    method: Annotated[DeliveryMethod, _known_or_unknown(DeliveryMethod)]
    address: Address | None = None
    store: Store | None = None


class Seller(_Record):
    """Who sells a line. Marketplace sellers send it themselves."""

    id: str
    name: str
    marketplace: bool = False


class Line(_Record):
    """One product of the order."""

    id: LineId
    name: str
    sku: str | None = None
    quantity: int = Field(default=1, ge=0)
    seller: Seller


class ParcelItem(_Record):
    """How many of one line are in a parcel."""

    line_id: LineId
    quantity: int = Field(default=1, ge=0)


class Parcel(_Record):
    """One thing that is sent or collected. `method` and `store` override the order's own.

    An order may mix delivery and Click & Collect; a parcel that says nothing follows the order.
    """

    id: ParcelId
    items: tuple[ParcelItem, ...] = ()
    status: Annotated[ParcelStatus, _known_or_unknown(ParcelStatus)]
    status_at: AwareDatetime | None = None
    carrier: CarrierId | None = None
    tracking_number: TrackingNumber | None = None
    promised_by: date | None = None
    dispatched_at: AwareDatetime | None = None
    delivered_at: AwareDatetime | None = None
    method: Annotated[DeliveryMethod, _known_or_unknown(DeliveryMethod)] | None = None
    store: Store | None = None

    @property
    def has_left(self) -> bool:
        """Whether it was handed over: as its status says, or, where that is unknown, its record."""
        if self.status is ParcelStatus.UNKNOWN:
            return bool(self.dispatched_at or self.tracking_number)
        return self.status not in _NOT_LEFT


class Refund(_Record):
    """Money given back. All parts are optional: systems differ in what they record."""

    amount: float | None = None
    at: AwareDatetime | None = None
    line_ids: tuple[LineId, ...] = ()
    reason: str | None = None


class Order(_Record):
    """One order, whole."""

    number: OrderNumber
    brand: Annotated[Brand, _known_or_unknown(Brand)]
    placed_at: AwareDatetime
    customer_id: CustomerId | None = None
    contact: Contact
    delivery: Delivery
    lines: tuple[Line, ...]
    parcels: tuple[Parcel, ...] = ()
    cancelled_at: AwareDatetime | None = None
    refunds: tuple[Refund, ...] = ()

    def has_left(self, parcel_id: ParcelId | None) -> bool:
        """Whether a parcel of it was handed over; for None, whether nothing is left to send.

        Decided from the parcels alone: systems take changes also when they come too late.
        """
        parcels = [one for one in self.parcels if parcel_id in (None, one.id)]
        return self.cancelled_at is not None or (
            bool(parcels) and all(parcel.has_left for parcel in parcels)
        )


class FulfilmentNote(_Record):
    """A case that whoever packs an order should know of. `parcel_id` None: the whole order."""

    case: CaseReference
    text: str
    parcel_id: ParcelId | None = None
