"""What demo orders are put together from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from support.identifiers.check_digits import eparcel_digit
from support.ids import CarrierId, TrackingNumber

Json = dict[str, Any]

KMART: Final = {"id": "kmart", "name": "Kmart", "marketplace": False}
TARGET: Final = {"id": "target", "name": "Target", "marketplace": False}
LAMPS: Final = {"id": "mp-118", "name": "Brightside Lighting", "marketplace": True}
PETS: Final = {"id": "mp-204", "name": "Happy Tails Pet Supplies", "marketplace": True}

# Telephone numbers of this page are from the ranges kept free for fiction.
GEELONG_STORE: Final = {
    "id": "1045",
    "name": "Kmart Geelong",
    "address": "1 Example Mall, Geelong VIC 3220",
    "phone": "+61355500145",
    "hours": "Monday to Sunday 8 am to 10 pm",
}
CHERMSIDE_STORE: Final = {
    "id": "1172",
    "name": "Kmart Chermside",
    "address": "2 Example Centre, Chermside QLD 4032",
    "phone": "+61755500172",
    "hours": "Monday to Saturday 8 am to 9 pm, Sunday 9 am to 6 pm",
}
TARGET_STORE: Final = {
    "id": "5031",
    "name": "Target Burwood",
    "address": "3 Example Plaza, Burwood NSW 2134",
    "phone": "+61255500131",
    "hours": "Monday to Sunday 9 am to 6 pm, Thursday to 9 pm",
}


@dataclass(frozen=True, slots=True)
class Customer:
    """Who placed an order. Phones of all but the first are numbers kept free for fiction."""

    id: str
    first_name: str
    phone: str

    @property
    def contact(self) -> Json:
        """The contact as typed at the checkout."""
        email = f"{self.first_name.lower()}@example.com"
        return {"first_name": self.first_name, "email": email, "phone": self.phone}


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """An order, what the carriers say about it and what it is there to show."""

    order: Json
    shows: str
    tracking: dict[tuple[CarrierId, TrackingNumber], Json] = field(default_factory=dict)


def eparcel(consignment: int) -> TrackingNumber:
    """Return an Australia Post article id with the right check digit."""
    body = f"JDQ{consignment:07d}01000930" + "30"
    return TrackingNumber(body + eparcel_digit(body))


def line(id_: str, name: str, sku: str, *, quantity: int = 1, seller: Json = KMART) -> Json:
    """Return one product of an order."""
    return {"id": id_, "name": name, "sku": sku, "quantity": quantity, "seller": seller}


def parcel(id_: str, lines: Sequence[str], status: str, at: datetime, **details: object) -> Json:
    """Return a parcel with one of each of these lines."""
    return {
        "id": id_,
        "items": [{"line_id": one, "quantity": 1} for one in lines],
        "status": status,
        "status_at": at.isoformat(timespec="seconds"),
        "carrier": None,
        "tracking_number": None,
        "promised_by": None,
        "dispatched_at": None,
        "delivered_at": None,
    } | _written(details)


def order(
    number: str, customer: Customer, placed_at: datetime, delivery: Json, **parts: object
) -> Json:
    """Return an order of Kmart's; `parts` add its lines and parcels, and change the rest."""
    return {
        "number": number,
        "brand": "kmart",
        "placed_at": placed_at.isoformat(timespec="seconds"),
        "customer_id": customer.id,
        "contact": customer.contact,
        "delivery": {"address": None, "store": None} | delivery,
        "parcels": [],
        "cancelled_at": None,
        "refunds": [],
    } | _written(parts)


def to_home(line1: str, suburb: str, state: str, postcode: str, method: str = "standard") -> Json:
    """Return a delivery to an address."""
    address = {"line1": line1, "suburb": suburb, "state": state, "postcode": postcode}
    return {"method": method, "address": address}


def to_store(store: Json) -> Json:
    """Return a Click & Collect delivery."""
    return {"method": "click_and_collect", "store": store}


def _written(values: Json) -> Json:
    return {
        key: value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
        for key, value in values.items()
    }
