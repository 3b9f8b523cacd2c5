"""Australia Post's and StarTrack's words, in ours.

Article statuses: developers.auspost.com.au, Shipping and Tracking, "Statuses". StarTrack's list:
its first two are on the same page, the rest are known from public code. Event texts are those seen
in example bodies. What is not listed is UNKNOWN.

- "Ready for Pickup" (StarTrack) waits for the *carrier* to fetch it, not for the customer.
- "Article damaged" has no counterpart: it says nothing about whether the parcel still comes.
- "Final Shortage" and "Re-Consigned" are read by their words; no definition was found.
"""

import re
from types import MappingProxyType
from typing import Final

from support.systems.carriers.models import CarrierStatus

_WORDS: Final = {
    CarrierStatus.PRE_TRANSIT: (
        "created",
        "sealed",
        "initiated",
        "confirmed",
        "ready for pickup",
        "unsuccessful pickup",
        "shipment information received",
        "shipping information received by australia post",
        "shipping information approved by australia post",
    ),
    CarrierStatus.IN_TRANSIT: (
        "in transit",
        "picked up",
        "at delivery depot",
        "re-consigned",
        "freight handling",
        "arrived at facility",
        "arrived at facility in destination country",
        "departed facility",
        "item processed at facility",
        "in transit to next facility",
        "processed through australia post facility",
        "received by australia post",
        "received by australia post for transportation to processing facility",
    ),
    CarrierStatus.OUT_FOR_DELIVERY: (
        "onboard for delivery",
        "on board for delivery",
        "out for delivery",
        "with australia post for delivery today",
    ),
    CarrierStatus.READY_FOR_COLLECTION: (
        "awaiting collection",
        "awaiting collection at post office",
        "ready for collection",
    ),
    CarrierStatus.SCHEDULED: ("booked in",),
    CarrierStatus.DELAYED: ("possible delay", "delayed"),
    CarrierStatus.ATTEMPTED: (
        "attempted delivery",
        "delivery attempted",
        "to be re-delivered",
        "unsuccessful delivery",
    ),
    CarrierStatus.HELD: ("held by courier",),
    CarrierStatus.DELIVERED: ("delivered", "delivered in full", "item delivered"),
    CarrierStatus.PARTLY_DELIVERED: ("partial delivery", "final shortage"),
    CarrierStatus.FAILED: ("cannot be delivered",),
    CarrierStatus.RETURNED: ("returned to sender", "return to sender"),
    CarrierStatus.CANCELLED: ("cancelled",),
    CarrierStatus.MIXED: ("track items for detailed delivery information",),
}
STATUS_OF: Final = MappingProxyType(
    {words: status for status, several in _WORDS.items() for words in several}
)

_DETAIL: Final = re.compile(r"^(?P<main>.+?)(?P<joint> - |: | at )(?P<detail>.+)$")
# "Delivered - Left in a safe place" is a delivery, "Delivered - Parcel locker" is not yet.
_NOT_IN_HANDS: Final = re.compile(
    r"\b(?:not|collect\w*|pick ?up|locker|post office|attempt\w*|card\w*|partial\w*|part|return\w*"
    r"|agent|depot|facility|sender|unable|fail\w*)\b",
    re.IGNORECASE,
)


def status_of(text: str | None) -> CarrierStatus:
    """Return what a status or an event's text means; UNKNOWN where no entry says so."""
    words = (text or "").casefold().strip(" .")
    known = STATUS_OF.get(words)
    if known is not None:
        return known
    detailed = _DETAIL.match(words)
    if not detailed:
        return CarrierStatus.UNKNOWN
    status = STATUS_OF.get(detailed["main"], CarrierStatus.UNKNOWN)
    in_hands = detailed["joint"] != " at " and not _NOT_IN_HANDS.search(detailed["detail"])
    return status if in_hands or status is not CarrierStatus.DELIVERED else CarrierStatus.UNKNOWN


def delivery_note(text: str) -> str | None:
    """Return how a parcel was left, from a delivery's text: `Left in a safe place`."""
    detailed = _DETAIL.match(text)
    if detailed and status_of(text) is CarrierStatus.DELIVERED:
        return detailed["detail"]
    return None
