"""How a parcel can stand, and how the systems' words compare with each other."""

from enum import StrEnum

from support.systems.carriers.models import CarrierStatus
from support.systems.orders.models import ParcelStatus


class ParcelState(StrEnum):
    """How a parcel stands, in the words that customers are told."""

    PROCESSING = "processing"
    PICKING = "picking"
    READY_TO_COLLECT = "ready_to_collect"
    COLLECTED = "collected"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    NOT_SCANNED_YET = "not_scanned_yet"
    SCHEDULED = "scheduled"
    DELAYED = "delayed"
    ATTEMPTED = "attempted"
    AWAITING_COLLECTION = "awaiting_collection"
    HELD = "held"
    PARTLY_DELIVERED = "partly_delivered"
    SPLIT = "split"
    FAILED = "failed"
    RETURNED = "returned"
    BOOKING_CANCELLED = "booking_cancelled"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


FROM_ORDER_SYSTEM = {
    ParcelStatus.PROCESSING: ParcelState.PROCESSING,
    ParcelStatus.PICKING: ParcelState.PICKING,
    ParcelStatus.READY_TO_COLLECT: ParcelState.READY_TO_COLLECT,
    ParcelStatus.COLLECTED: ParcelState.COLLECTED,
    ParcelStatus.SHIPPED: ParcelState.SHIPPED,
    ParcelStatus.OUT_FOR_DELIVERY: ParcelState.OUT_FOR_DELIVERY,
    ParcelStatus.DELIVERED: ParcelState.DELIVERED,
    ParcelStatus.CANCELLED: ParcelState.CANCELLED,
    ParcelStatus.UNKNOWN: ParcelState.UNKNOWN,
}

FROM_CARRIER = {
    CarrierStatus.PRE_TRANSIT: ParcelState.NOT_SCANNED_YET,
    CarrierStatus.IN_TRANSIT: ParcelState.SHIPPED,
    CarrierStatus.OUT_FOR_DELIVERY: ParcelState.OUT_FOR_DELIVERY,
    CarrierStatus.READY_FOR_COLLECTION: ParcelState.AWAITING_COLLECTION,
    CarrierStatus.SCHEDULED: ParcelState.SCHEDULED,
    CarrierStatus.DELAYED: ParcelState.DELAYED,
    CarrierStatus.ATTEMPTED: ParcelState.ATTEMPTED,
    CarrierStatus.HELD: ParcelState.HELD,
    CarrierStatus.DELIVERED: ParcelState.DELIVERED,
    CarrierStatus.PARTLY_DELIVERED: ParcelState.PARTLY_DELIVERED,
    CarrierStatus.FAILED: ParcelState.FAILED,
    CarrierStatus.RETURNED: ParcelState.RETURNED,
    CarrierStatus.CANCELLED: ParcelState.BOOKING_CANCELLED,
    CarrierStatus.MIXED: ParcelState.SPLIT,
    CarrierStatus.UNKNOWN: ParcelState.UNCLEAR,
}

BEFORE_DISPATCH = frozenset({ParcelState.PROCESSING, ParcelState.PICKING})
FINISHED = frozenset({ParcelState.DELIVERED, ParcelState.COLLECTED, ParcelState.CANCELLED})
CARRIERS_LAST_WORD = frozenset({ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.FAILED})
"""What a carrier says last: for a parcel on its way more exact than any later "shipped"."""

STILL_COMING = frozenset(
    {
        ParcelState.PROCESSING,
        ParcelState.PICKING,
        ParcelState.NOT_SCANNED_YET,
        ParcelState.SHIPPED,
        ParcelState.SCHEDULED,
        ParcelState.DELAYED,
        ParcelState.SPLIT,
        ParcelState.OUT_FOR_DELIVERY,
        ParcelState.ATTEMPTED,
    }
)
"""States in which a date to arrive means something."""

UNDER_WAY = frozenset(
    {
        ParcelState.NOT_SCANNED_YET,
        ParcelState.SHIPPED,
        ParcelState.DELAYED,
        ParcelState.SPLIT,
    }
)
"""States in which the day of delivery is open: nobody has come by or said when they will."""

_IN_DETAIL = frozenset(
    {
        ParcelState.SHIPPED,
        ParcelState.NOT_SCANNED_YET,
        ParcelState.SCHEDULED,
        ParcelState.DELAYED,
        ParcelState.HELD,
        ParcelState.ATTEMPTED,
        ParcelState.AWAITING_COLLECTION,
        ParcelState.PARTLY_DELIVERED,
        ParcelState.SPLIT,
        ParcelState.FAILED,
        ParcelState.OUT_FOR_DELIVERY,
    }
)
REFINES = {
    ParcelState.SHIPPED: _IN_DETAIL,
    ParcelState.OUT_FOR_DELIVERY: frozenset(
        {
            ParcelState.OUT_FOR_DELIVERY,
            ParcelState.ATTEMPTED,
            ParcelState.AWAITING_COLLECTION,
            ParcelState.PARTLY_DELIVERED,
        }
    ),
}
"""Carrier states that say the same as the order system's word, only in more detail."""
