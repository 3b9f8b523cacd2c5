"""AfterShip's words, in ours.

Tags: www.aftership.com/docs/tracking/2025-01/enum/delivery-statuses. Subtags: .../2025-04 and
.../2026-07/enum/delivery-sub-statuses. A subtag that is listed decides, else the tag does; what is
not listed is UNKNOWN. Under the tag Exception only listed subtags mean anything: it stands for what
is late as well as for what is lost.

- Exception_001 (an exception without more) and Exception_012 (damaged) say nothing about whether
  the parcel still comes.
- Exception_010 is on its way back, Exception_011 is back: both end the delivery to the customer.
- Expired says that nothing was heard for thirty days.
- Pending has nothing to tell yet: the number is treated as one the carrier does not know.
"""

from types import MappingProxyType
from typing import Final

from support.ids import CarrierId
from support.systems.carriers.models import CarrierStatus

PENDING: Final = "Pending"

TAGS: Final = MappingProxyType(
    {
        "InfoReceived": CarrierStatus.PRE_TRANSIT,
        "InTransit": CarrierStatus.IN_TRANSIT,
        "OutForDelivery": CarrierStatus.OUT_FOR_DELIVERY,
        "AttemptFail": CarrierStatus.ATTEMPTED,
        "Delivered": CarrierStatus.DELIVERED,
        "AvailableForPickup": CarrierStatus.READY_FOR_COLLECTION,
    }
)

_WITHOUT_MEANING: Final = frozenset({PENDING, "Exception", "Expired"})
"""Tags that are known, and say nothing about where a parcel is."""

SUBTAGS: Final = MappingProxyType(
    {
        "InfoReceived_001": CarrierStatus.PRE_TRANSIT,
        "InTransit_001": CarrierStatus.IN_TRANSIT,
        "InTransit_002": CarrierStatus.IN_TRANSIT,
        "InTransit_003": CarrierStatus.IN_TRANSIT,
        "InTransit_004": CarrierStatus.IN_TRANSIT,
        "InTransit_005": CarrierStatus.IN_TRANSIT,
        "InTransit_006": CarrierStatus.IN_TRANSIT,
        "InTransit_007": CarrierStatus.IN_TRANSIT,
        "InTransit_008": CarrierStatus.IN_TRANSIT,
        "InTransit_009": CarrierStatus.IN_TRANSIT,
        "OutForDelivery_001": CarrierStatus.OUT_FOR_DELIVERY,
        "OutForDelivery_003": CarrierStatus.OUT_FOR_DELIVERY,
        "OutForDelivery_004": CarrierStatus.SCHEDULED,
        "AvailableForPickup_001": CarrierStatus.READY_FOR_COLLECTION,
        "AttemptFail_001": CarrierStatus.ATTEMPTED,
        "AttemptFail_002": CarrierStatus.ATTEMPTED,
        "AttemptFail_003": CarrierStatus.ATTEMPTED,
        "Delivered_001": CarrierStatus.DELIVERED,
        "Delivered_002": CarrierStatus.DELIVERED,
        "Delivered_003": CarrierStatus.DELIVERED,
        "Delivered_004": CarrierStatus.DELIVERED,
        "Delivered_005": CarrierStatus.DELIVERED,
        "Exception_001": CarrierStatus.UNKNOWN,
        "Exception_002": CarrierStatus.HELD,
        "Exception_003": CarrierStatus.FAILED,
        "Exception_004": CarrierStatus.DELAYED,
        "Exception_005": CarrierStatus.DELAYED,
        "Exception_006": CarrierStatus.HELD,
        "Exception_007": CarrierStatus.HELD,
        "Exception_008": CarrierStatus.HELD,
        "Exception_009": CarrierStatus.FAILED,
        "Exception_010": CarrierStatus.RETURNED,
        "Exception_011": CarrierStatus.RETURNED,
        "Exception_012": CarrierStatus.UNKNOWN,
        "Exception_013": CarrierStatus.FAILED,
        "Expired_001": CarrierStatus.UNKNOWN,
    }
)

NOTES: Final = MappingProxyType(
    {
        "Delivered_002": "Picked up by the customer",
        "Delivered_003": "Signed for",
        "Delivered_005": "Left with a neighbour",
    }
)
"""How a parcel was left, where a subtag says so. Who signed is not told."""

_SLUGS: Final = MappingProxyType(
    {
        "australia-post": "australia_post",
        "australia-post-api": "australia_post",
        "star-track": "startrack",
        "startrack": "startrack",
        "star-track-express": "startrack",
        "couriers-please": "couriersplease",
        "couriers-please-api": "couriersplease",
        "toll-ipec": "team_global_express",
        "toll-priority": "team_global_express",
        "team-global-express": "team_global_express",
        "tnt": "tnt",
        "tnt-au": "tnt",
        "new-zealand-post": "nz_post",
        "doordash": "doordash",
    }
)


def status_of(tag: str | None, subtag: str | None) -> CarrierStatus:
    """Return what a tag and a subtag mean together."""
    return SUBTAGS.get(subtag or "") or TAGS.get(tag or "", CarrierStatus.UNKNOWN)


def unmapped(tag: str | None, subtag: str | None) -> str | None:
    """Return what no table has of a tag and a subtag that mean nothing together."""
    if subtag in SUBTAGS or tag in TAGS or (tag in _WITHOUT_MEANING and not subtag):
        return None
    return subtag or tag


def carrier_of(slug: str | None) -> CarrierId:
    """Return the carrier AfterShip calls so; "" where it names none."""
    return CarrierId(_SLUGS.get(slug or "", (slug or "").replace("-", "_")))


def slugs_of(carrier: CarrierId) -> frozenset[str]:
    """Return what AfterShip may call a carrier."""
    named = {slug for slug, known in _SLUGS.items() if known == carrier}
    return frozenset({*named, carrier.replace("_", "-")})
