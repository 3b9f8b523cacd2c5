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
    FAILED = "failed"
    RETURNED = "returned"
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
    CarrierStatus.CANCELLED: ParcelState.CANCELLED,
    CarrierStatus.MIXED: ParcelState.UNKNOWN,
    CarrierStatus.UNKNOWN: ParcelState.UNKNOWN,
}

PROGRESS = {
    ParcelState.UNKNOWN: 0,
    ParcelState.PROCESSING: 1,
    ParcelState.PICKING: 2,
    ParcelState.NOT_SCANNED_YET: 3,
    ParcelState.READY_TO_COLLECT: 3,
    ParcelState.SHIPPED: 4,
    ParcelState.SCHEDULED: 4,
    ParcelState.DELAYED: 4,
    ParcelState.HELD: 4,
    ParcelState.OUT_FOR_DELIVERY: 5,
    ParcelState.ATTEMPTED: 6,
    ParcelState.AWAITING_COLLECTION: 6,
    ParcelState.PARTLY_DELIVERED: 6,
    ParcelState.FAILED: 7,
    ParcelState.RETURNED: 7,
    ParcelState.COLLECTED: 8,
    ParcelState.DELIVERED: 8,
    ParcelState.CANCELLED: 8,
}
"""How far along each state is: "more specific" means further along for facts of unclear age."""

REFINES = {
    ParcelState.SHIPPED: {
        ParcelState.SHIPPED,
        ParcelState.NOT_SCANNED_YET,
        ParcelState.SCHEDULED,
        ParcelState.DELAYED,
        ParcelState.HELD,
        ParcelState.ATTEMPTED,
        ParcelState.AWAITING_COLLECTION,
        ParcelState.PARTLY_DELIVERED,
        ParcelState.FAILED,
        ParcelState.OUT_FOR_DELIVERY,
    },
    ParcelState.OUT_FOR_DELIVERY: {
        ParcelState.OUT_FOR_DELIVERY,
        ParcelState.ATTEMPTED,
        ParcelState.AWAITING_COLLECTION,
        ParcelState.PARTLY_DELIVERED,
    },
    ParcelState.PROCESSING: {ParcelState.NOT_SCANNED_YET},
    ParcelState.PICKING: {ParcelState.NOT_SCANNED_YET},
}
"""Carrier states that say the same as the order system's word, only in more detail."""

FINISHED = {ParcelState.DELIVERED, ParcelState.COLLECTED, ParcelState.CANCELLED}
NO_LONGER_COMING = FINISHED | {ParcelState.RETURNED, ParcelState.FAILED}
