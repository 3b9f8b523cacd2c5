"""DoorDash Drive's events, in ours.

Source: developer.doordash.com, Drive, "Webhooks". What is not listed is UNKNOWN. A Dasher comes
straight from the shop, so a parcel that was picked up is out for delivery.
"""

from types import MappingProxyType
from typing import Final

from support.systems.carriers.models import CarrierStatus

STATUS_OF: Final = MappingProxyType(
    {
        "DELIVERY_CREATED": CarrierStatus.PRE_TRANSIT,
        "DASHER_CONFIRMED": CarrierStatus.PRE_TRANSIT,
        "DASHER_CONFIRMED_PICKUP_ARRIVAL": CarrierStatus.PRE_TRANSIT,
        "DASHER_ENROUTE_TO_PICKUP": CarrierStatus.PRE_TRANSIT,
        "DELIVERY_BATCHED": CarrierStatus.PRE_TRANSIT,
        "DASHER_PICKED_UP": CarrierStatus.OUT_FOR_DELIVERY,
        "DASHER_ENROUTE_TO_DROPOFF": CarrierStatus.OUT_FOR_DELIVERY,
        "DASHER_CONFIRMED_DROPOFF_ARRIVAL": CarrierStatus.OUT_FOR_DELIVERY,
        "DASHER_DROPPED_OFF": CarrierStatus.DELIVERED,
        "DELIVERY_CANCELLED": CarrierStatus.CANCELLED,
        "DELIVERY_CANCELED": CarrierStatus.CANCELLED,
        "DELIVERY_RETURN_INITIALIZED": CarrierStatus.RETURNED,
        "DASHER_ENROUTE_TO_RETURN": CarrierStatus.RETURNED,
        "DASHER_CONFIRMED_RETURN_ARRIVAL": CarrierStatus.RETURNED,
        "DELIVERY_RETURNED": CarrierStatus.RETURNED,
    }
)

WORDS: Final = MappingProxyType(
    {
        "DELIVERY_CREATED": "Looking for a driver",
        "DASHER_CONFIRMED": "A driver is on the way to the store",
        "DASHER_CONFIRMED_PICKUP_ARRIVAL": "The driver is at the store",
        "DASHER_ENROUTE_TO_PICKUP": "A driver is on the way to the store",
        "DELIVERY_BATCHED": "Planned together with other deliveries",
        "DASHER_PICKED_UP": "Picked up from the store",
        "DASHER_ENROUTE_TO_DROPOFF": "The driver is on the way to you",
        "DASHER_CONFIRMED_DROPOFF_ARRIVAL": "The driver is at the address",
        "DASHER_DROPPED_OFF": "Delivered",
        "DELIVERY_CANCELLED": "The delivery was cancelled",
        "DELIVERY_CANCELED": "The delivery was cancelled",
        "DELIVERY_RETURN_INITIALIZED": "Could not be delivered, on its way back to the store",
        "DASHER_ENROUTE_TO_RETURN": "Could not be delivered, on its way back to the store",
        "DASHER_CONFIRMED_RETURN_ARRIVAL": "Could not be delivered, on its way back to the store",
        "DELIVERY_RETURNED": "Returned to the store",
    }
)
"""The vendor has codes only; customers read these."""
