"""Which response key words each state of a parcel."""

from actions.responses import ResponseKey
from support.decisions.disagreement import Reason
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
    ParcelState.SPLIT: ResponseKey.PARCEL_SPLIT,
    ParcelState.BOOKING_CANCELLED: ResponseKey.PARCEL_BOOKING_CANCELLED,
    ParcelState.UNCLEAR: ResponseKey.PARCEL_UNCLEAR,
    ParcelState.UNKNOWN: ResponseKey.PARCEL_UNKNOWN,
}

OF_STATE_TO_COLLECT = {
    ParcelState.PROCESSING: ResponseKey.PARCEL_PROCESSING_COLLECT,
    ParcelState.PICKING: ResponseKey.PARCEL_PICKING_COLLECT,
    ParcelState.SHIPPED: ResponseKey.PARCEL_ON_ITS_WAY_TO_STORE,
    ParcelState.OUT_FOR_DELIVERY: ResponseKey.PARCEL_ON_ITS_WAY_TO_STORE,
    ParcelState.DELIVERED: ResponseKey.PARCEL_DELIVERED_COLLECT,
}

OF_STATE_FROM_SELLER = {
    ParcelState.PROCESSING: ResponseKey.PARCEL_PROCESSING_SELLER,
    ParcelState.PICKING: ResponseKey.PARCEL_PICKING_SELLER,
    ParcelState.SHIPPED: ResponseKey.PARCEL_SHIPPED_SELLER,
}

OF_REASON = {
    Reason.NEWER: ResponseKey.PARCEL_REASON_NEWER,
    Reason.MORE_EXACT: ResponseKey.PARCEL_REASON_MORE_EXACT,
    Reason.NOT_CERTAIN: ResponseKey.PARCEL_REASON_NOT_CERTAIN,
}
