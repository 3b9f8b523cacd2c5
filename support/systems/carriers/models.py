"""Tracking in one form for every carrier. Vendors' words stop at their adapter."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import quote

from support.ids import CarrierId, TrackingNumber


class CarrierStatus(StrEnum):
    """How far a carrier says a parcel is. What no table maps is UNKNOWN, never guessed."""

    PRE_TRANSIT = "pre_transit"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    READY_FOR_COLLECTION = "ready_for_collection"
    SCHEDULED = "scheduled"
    DELAYED = "delayed"
    ATTEMPTED = "attempted"
    HELD = "held"
    DELIVERED = "delivered"
    PARTLY_DELIVERED = "partly_delivered"
    FAILED = "failed"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TrackingEvent:
    """One scan. `at` is aware, in UTC; `description` is the carrier's wording, one line.

    Only a wording that customers would misread is put in other words, by the adapter.
    """

    at: datetime
    description: str
    location: str | None = None
    status: CarrierStatus = CarrierStatus.UNKNOWN


@dataclass(frozen=True, slots=True)
class TrackingReport:
    """What a carrier says about one tracking number.

    `deciding_event` is the scan that the status rests on, which is not always the newest one; its
    own status is the report's, and where no scan has that it is None.
    `events` are newest first, without repeats. `looked_up_at` is when the carrier told us; older
    than now when the answer came from a cache. `proof_of_delivery` is the carrier's own note of
    how it was left ("Left in a safe place"), where it gives one. `is_stale` says that this is the
    last known report because the carrier could not be asked now. `unmapped` is the carrier's word
    for the status where no table has it.
    """

    carrier: CarrierId
    number: TrackingNumber
    status: CarrierStatus
    looked_up_at: datetime
    events: tuple[TrackingEvent, ...] = ()
    deciding_event: TrackingEvent | None = None
    estimated_delivery: date | None = None
    proof_of_delivery: str | None = None
    is_stale: bool = False
    unmapped: str | None = None


@dataclass(frozen=True, slots=True)
class CarrierProfile:
    """Who a carrier is to customers. `link` has one `{number}` place, None where no page exists."""

    id: CarrierId
    name: str
    link: str | None = None
    phone: str | None = None

    def tracking_link(self, number: TrackingNumber) -> str | None:
        """Return the carrier's public page for this number, where it has one."""
        written = quote("".join(number.split()), safe="")
        return self.link.format(number=written) if self.link else None
