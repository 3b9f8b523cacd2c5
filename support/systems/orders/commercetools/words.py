"""commercetools' words, and those that retailers give their own states and methods, as ours.

What is in no table is UNKNOWN; nothing is guessed from a part of a word.
"""

import re
from types import MappingProxyType
from typing import Final

from support.systems.orders.models import Brand, DeliveryMethod, ParcelStatus

_SEPARATORS: Final = re.compile(r"[\W_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_STATUSES: Final = MappingProxyType(
    {
        "initial": ParcelStatus.PROCESSING,
        "open": ParcelStatus.PROCESSING,
        "confirmed": ParcelStatus.PROCESSING,
        "processing": ParcelStatus.PROCESSING,
        "backorder": ParcelStatus.PROCESSING,
        "picking": ParcelStatus.PICKING,
        "fulfilment": ParcelStatus.PICKING,
        "picked": ParcelStatus.PICKING,
        "packed": ParcelStatus.PICKING,
        "ready_to_ship": ParcelStatus.PICKING,
        "ready_to_collect": ParcelStatus.READY_TO_COLLECT,
        "ready_for_collection": ParcelStatus.READY_TO_COLLECT,
        "ready_for_pickup": ParcelStatus.READY_TO_COLLECT,
        "collected": ParcelStatus.COLLECTED,
        "picked_up": ParcelStatus.COLLECTED,
        "shipped": ParcelStatus.SHIPPED,
        "dispatched": ParcelStatus.SHIPPED,
        "out_for_delivery": ParcelStatus.OUT_FOR_DELIVERY,
        "delivered": ParcelStatus.DELIVERED,
        "cancelled": ParcelStatus.CANCELLED,
        "canceled": ParcelStatus.CANCELLED,
    }
)
_METHODS: Final = MappingProxyType(
    {
        "standard": DeliveryMethod.STANDARD,
        "standard_delivery": DeliveryMethod.STANDARD,
        "standard_shipping": DeliveryMethod.STANDARD,
        "home_delivery": DeliveryMethod.STANDARD,
        "express": DeliveryMethod.EXPRESS,
        "express_delivery": DeliveryMethod.EXPRESS,
        "express_shipping": DeliveryMethod.EXPRESS,
        "click_and_collect": DeliveryMethod.CLICK_AND_COLLECT,
        "click_collect": DeliveryMethod.CLICK_AND_COLLECT,
        "store_pickup": DeliveryMethod.CLICK_AND_COLLECT,
    }
)
_BRANDS: Final = MappingProxyType(
    {
        "kmart": Brand.KMART,
        "kmart_au": Brand.KMART,
        "kmart_australia": Brand.KMART,
        "target": Brand.TARGET,
        "target_au": Brand.TARGET,
        "target_australia": Brand.TARGET,
    }
)


def status_of(word: str) -> ParcelStatus:
    """Return what a state's key says about a parcel."""
    return _STATUSES.get(_normalised(word), ParcelStatus.UNKNOWN)


def method_of(*words: str | None) -> DeliveryMethod:
    """Return the delivery method that the first word known to us names."""
    known = (_METHODS.get(_normalised(word)) for word in words if word)
    return next((method for method in known if method), DeliveryMethod.UNKNOWN)


def brand_of(*words: str | None) -> Brand:
    """Return the brand that the first word known to us names."""
    known = (_BRANDS.get(_normalised(word)) for word in words if word)
    return next((brand for brand in known if brand), Brand.UNKNOWN)


def _normalised(word: str) -> str:
    spaced = _CAMEL.sub("_", word.strip()).casefold().replace("&", " and ")
    return _SEPARATORS.sub("_", spaced).strip("_")
