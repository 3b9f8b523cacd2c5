"""Uber Direct's words, in ours.

Source: developer.uber.com/docs/deliveries, "Delivery Status Webhook". What is not listed is
UNKNOWN. A courier comes straight from the shop, so a parcel that was picked up is out for delivery.
"""

from types import MappingProxyType
from typing import Final

from support.systems.carriers.models import CarrierStatus

STATUS_OF: Final = MappingProxyType(
    {
        "pending": CarrierStatus.PRE_TRANSIT,
        "pickup": CarrierStatus.PRE_TRANSIT,
        "pickup_complete": CarrierStatus.OUT_FOR_DELIVERY,
        "dropoff": CarrierStatus.OUT_FOR_DELIVERY,
        "delivered": CarrierStatus.DELIVERED,
        "canceled": CarrierStatus.CANCELLED,
        "cancelled": CarrierStatus.CANCELLED,
        "returned": CarrierStatus.RETURNED,
    }
)

WORDS: Final = MappingProxyType(
    {
        "pending": "Looking for a courier",
        "pickup": "A courier is on the way to the store",
        "pickup_complete": "Picked up from the store",
        "dropoff": "The courier is on the way to you",
        "delivered": "Delivered",
        "canceled": "The delivery was cancelled",
        "cancelled": "The delivery was cancelled",
        "returned": "Returned to the store",
    }
)
"""The vendor has codes only; customers read these."""

GOING_BACK: Final = "On its way back to the store"
SENT_BACK: Final = "Could not be delivered, on its way back to the store"
NOT_MADE: Final = "Could not be delivered"
"""What is said of a delivery whose code alone does not tell how it ended."""
