"""Australia Post's and StarTrack's words, in ours.

Article statuses: developers.auspost.com.au, Shipping and Tracking, "Statuses". StarTrack's list:
its first two are on the same page, the rest are known from public code. Event texts are those seen
in example bodies. What is not listed is UNKNOWN.

- "Ready for Pickup" (StarTrack) waits for the *carrier* to fetch it, not for the customer.
- "Article damaged" has no counterpart: it says nothing about whether the parcel still comes.
- "Final Shortage" and "Re-Consigned" are read by their words; no definition was found.
- A lost parcel counts as failed, as one that cannot be delivered.
"""

import re
from types import MappingProxyType
from typing import Final

from support.systems.carriers.models import CarrierStatus

FINAL_SHORTAGE: Final = "final shortage"
"""Something is missing; only where something was delivered is that a part delivery."""

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
        "redirected",
        "freight handling",
        "arrived at facility",
        "arrived at facility in destination country",
        "departed facility",
        "item processed at facility",
        "in transit to next facility",
        "scanned in transit",
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
        "unable to complete delivery",
        "unable to be left in a safe place",
    ),
    CarrierStatus.HELD: ("held by courier",),
    CarrierStatus.DELIVERED: (
        "delivered",
        "delivered in full",
        "item delivered",
        "left with neighbour",
        "left with a neighbour",
        "left with neighbor",
    ),
    CarrierStatus.PARTLY_DELIVERED: ("partial delivery", FINAL_SHORTAGE),
    CarrierStatus.FAILED: ("cannot be delivered", "undeliverable"),
    CarrierStatus.CANCELLED: ("cancelled",),
    CarrierStatus.MIXED: ("track items for detailed delivery information",),
}
STATUS_OF: Final = MappingProxyType(
    {words: status for status, several in _WORDS.items() for words in several}
)

_WITHOUT_MEANING: Final = frozenset({"", "unknown", "article damaged"})
"""Words that are known, and say nothing about where a parcel is."""

_PARCEL: Final = (
    r"(?:(?:your |the )?(?:article|item|items|parcel|delivery|consignment) )?(?:is |was )?"
)
# Not the collection from the shop, which the carrier makes.
_COLLECTION: Final = r"collection\b(?! by\b| from (?:the )?sender\b)"
_DRIVER: Final = r"(?:the |our |a )?(?:delivery )?driver\b"
_BEGINNINGS: Final = tuple(
    (re.compile(_PARCEL + pattern), status)
    for pattern, status in (
        (
            r"(?:now )?(?:being )?(?:returned|returning|return) to (?:the )?sender\b",
            CarrierStatus.RETURNED,
        ),
        (r"lost(?: in .+)?$", CarrierStatus.FAILED),
        (r"(?:undeliverable|cannot be delivered|can not be delivered)\b", CarrierStatus.FAILED),
        (
            r"(?:delivered to .+ for|(?:being )?held .*for|(?:available|ready) for|awaiting) "
            + _COLLECTION,
            CarrierStatus.READY_FOR_COLLECTION,
        ),
        (r"(?:being )?held\b", CarrierStatus.HELD),
        (r"(?:we )?attempted (?:a )?delivery\b", CarrierStatus.ATTEMPTED),
        (r"delivery (?:was )?attempted\b", CarrierStatus.ATTEMPTED),
        (r"carded\b", CarrierStatus.ATTEMPTED),
        (
            r"(?:now )?(?:on ?board|out|with)(?: for delivery)?(?: with)? " + _DRIVER,
            CarrierStatus.OUT_FOR_DELIVERY,
        ),
        (r"(?:on ?board|out) for delivery\b", CarrierStatus.OUT_FOR_DELIVERY),
        (r"redirected\b(?!.*\bsender\b)", CarrierStatus.IN_TRANSIT),
        (r"in transit\b(?!.*\bsender\b)", CarrierStatus.IN_TRANSIT),
    )
)
# A sentence that takes back, or goes on with something else, is not read by its beginning.
_TAKEN_BACK: Final = re.compile(r"\b(?:not|no longer|cancel\w*|unable|delivered to sender)\b")

# Notes that are written after a delivery without the parcel having moved.
_AFTER_DELIVERIES: Final = re.compile(
    r"(?:proof of delivery|pod|(?:delivery )?(?:image|photo|picture|signature|confirmation))"
    r"(?: (?:is |was )?(?:now )?(?:available|captured|received|recorded|uploaded|taken|sent))?"
    r"|(?:shipping|shipment) information .+"
    r"|(?:delivery )?(?:notification|e-?mail|sms) (?:was )?sent(?: to (?:the )?\w+)?",
    re.IGNORECASE,
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
    words = normalised(text)
    known = STATUS_OF.get(words) or _by_beginning(words)
    if known is not None:
        return known
    detailed = _DETAIL.match(words)
    if not detailed:
        return CarrierStatus.UNKNOWN
    status = STATUS_OF.get(detailed["main"], CarrierStatus.UNKNOWN)
    in_hands = detailed["joint"] != " at " and not _NOT_IN_HANDS.search(detailed["detail"])
    return status if in_hands or status is not CarrierStatus.DELIVERED else CarrierStatus.UNKNOWN


def is_unmapped(word: str) -> bool:
    """Whether a word for a status is one that nobody has looked at yet."""
    return status_of(word) is CarrierStatus.UNKNOWN and normalised(word) not in _WITHOUT_MEANING


def normalised(text: str | None) -> str:
    """Return a status or an event's text as it is compared."""
    return " ".join((text or "").casefold().replace("\u2013", "-").split()).strip(" .!")


def comes_after_deliveries(text: str) -> bool:
    """Whether a scan's text is a note that follows a delivery and does not undo it."""
    return _AFTER_DELIVERIES.fullmatch(normalised(text)) is not None


def _by_beginning(words: str) -> CarrierStatus | None:
    if _TAKEN_BACK.search(words):
        return None
    return next((status for pattern, status in _BEGINNINGS if pattern.match(words)), None)


def delivery_note(text: str) -> str | None:
    """Return how a parcel was left, from a delivery's text: `Left in a safe place`."""
    detailed = _DETAIL.match(text)
    if detailed and status_of(text) is CarrierStatus.DELIVERED:
        return detailed["detail"]
    return None
