"""Which response key words each state of a parcel."""

from actions.responses import ResponseKey
from support.decisions.parcel_states import ParcelState

OF_STATE = {
    ParcelState.PROCESSING: ResponseKey.PARCEL_PROCESSING,
    ParcelState.PICKING: ResponseKey.PARCEL_PICKING,
    ParcelState.READY_TO_COLLECT: ResponseKey.PARCEL_READY_TO_COLLECT,
    ParcelState.COLLECTED: ResponseKey.PARCEL_COLLECTED,
    ParcelState.SHIPPED: ResponseKey.PARCEL_SHIPPED,
    ParcelState.OUT_FOR_DELIVERY: ResponseKey.PARCEL_OUT_FOR_DELIVERY,
    ParcelState.DELIVERED: ResponseKey.PARCEL_DELIVERED,
    ParcelState.CANCELLED: ResponseKey.PARCEL_CANCELLED,
    ParcelState.NOT_SCANNED_YET: ResponseKey.PARCEL_NOT_SCANNED_YET,
    ParcelState.SCHEDULED: ResponseKey.PARCEL_SCHEDULED,
    ParcelState.DELAYED: ResponseKey.PARCEL_DELAYED,
    ParcelState.ATTEMPTED: ResponseKey.PARCEL_ATTEMPTED,
    ParcelState.AWAITING_COLLECTION: ResponseKey.PARCEL_AWAITING_COLLECTION,
    ParcelState.HELD: ResponseKey.PARCEL_HELD,
    ParcelState.PARTLY_DELIVERED: ResponseKey.PARCEL_PARTLY_DELIVERED,
    ParcelState.FAILED: ResponseKey.PARCEL_FAILED,
    ParcelState.RETURNED: ResponseKey.PARCEL_RETURNED,
    ParcelState.UNKNOWN: ResponseKey.PARCEL_UNKNOWN,
}

OF_STATE_TO_COLLECT = {
    ParcelState.PROCESSING: ResponseKey.PARCEL_PROCESSING_COLLECT,
    ParcelState.PICKING: ResponseKey.PARCEL_PICKING_COLLECT,
}

STILL_COMING = set(ParcelState) - {
    ParcelState.DELIVERED,
    ParcelState.COLLECTED,
    ParcelState.READY_TO_COLLECT,
    ParcelState.CANCELLED,
    ParcelState.RETURNED,
    ParcelState.FAILED,
    ParcelState.UNKNOWN,
}
BEFORE_DISPATCH = {ParcelState.PROCESSING, ParcelState.PICKING}
