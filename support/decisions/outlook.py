"""What a customer can ask for next, which depends on how the parcels stand."""

from collections.abc import Iterable
from enum import StrEnum

from support.decisions.order_status import ParcelStanding
from support.decisions.parcel_states import ParcelState


class Outlook(StrEnum):
    """What is open to the customer now. An order takes the first that fits one of its parcels."""

    LATE = "late"
    ARRIVED = "arrived"
    TROUBLE_AT_CARRIER = "trouble_at_carrier"
    COMING = "coming"
    NOT_SENT = "not_sent"
    NOTHING_OPEN = "nothing_open"


OUTLOOKS = {
    ParcelState.PROCESSING: Outlook.NOT_SENT,
    ParcelState.PICKING: Outlook.NOT_SENT,
    ParcelState.READY_TO_COLLECT: Outlook.NOTHING_OPEN,
    ParcelState.COLLECTED: Outlook.NOTHING_OPEN,
    ParcelState.NOT_SCANNED_YET: Outlook.COMING,
    ParcelState.SHIPPED: Outlook.COMING,
    ParcelState.SCHEDULED: Outlook.COMING,
    ParcelState.OUT_FOR_DELIVERY: Outlook.COMING,
    ParcelState.DELAYED: Outlook.TROUBLE_AT_CARRIER,
    ParcelState.ATTEMPTED: Outlook.TROUBLE_AT_CARRIER,
    ParcelState.AWAITING_COLLECTION: Outlook.TROUBLE_AT_CARRIER,
    ParcelState.HELD: Outlook.TROUBLE_AT_CARRIER,
    ParcelState.FAILED: Outlook.TROUBLE_AT_CARRIER,
    ParcelState.RETURNED: Outlook.TROUBLE_AT_CARRIER,
    ParcelState.PARTLY_DELIVERED: Outlook.ARRIVED,
    ParcelState.DELIVERED: Outlook.ARRIVED,
    ParcelState.CANCELLED: Outlook.NOTHING_OPEN,
    ParcelState.SPLIT: Outlook.COMING,
    ParcelState.BOOKING_CANCELLED: Outlook.TROUBLE_AT_CARRIER,
    ParcelState.UNCLEAR: Outlook.TROUBLE_AT_CARRIER,
    ParcelState.UNKNOWN: Outlook.NOTHING_OPEN,
}


def outlook_of(standings: Iterable[ParcelStanding]) -> Outlook:
    """Return what is open for an order with these parcels; late comes before all else."""
    found = {_outlook(standing) for standing in standings}
    return next((outlook for outlook in Outlook if outlook in found), Outlook.NOTHING_OPEN)


def _outlook(standing: ParcelStanding) -> Outlook:
    if standing.eta is not None and standing.eta.value.overdue:
        return Outlook.LATE
    return OUTLOOKS[standing.state.value]
