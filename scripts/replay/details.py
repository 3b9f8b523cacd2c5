"""Puts a demo order's details where a stored conversation had a customer's own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from actions.formatting import one_line
from scripts.replay.stored import Standing
from support.systems.orders.models import Order

_PLACEHOLDER = re.compile(
    r"\[(order_number|tracking_number|email|phone|postcode|address|name|number)\]"
)
_NEVER_GIVEN = "000000"


@dataclass(frozen=True, slots=True)
class Details:
    """What a customer of one order would write. `code` tells the newest one-time code sent."""

    order: Order
    code: Callable[[], str | None]

    def filled(self, text: str) -> str:
        """Return a masked text with this customer's details."""
        return _PLACEHOLDER.sub(lambda found: self._value(found.group(1)), text)

    def _value(self, kind: str) -> str:
        order = self.order
        address = order.delivery.address
        numbers = [parcel.tracking_number for parcel in order.parcels if parcel.tracking_number]
        values = {
            "order_number": order.number,
            "tracking_number": numbers[0] if numbers else None,
            "email": order.contact.email,
            "phone": order.contact.phone,
            "name": order.contact.first_name,
            "postcode": address.postcode if address else None,
            "address": one_line(address) if address else None,
            "number": self.code(),
        }
        return values[kind] or _NEVER_GIVEN


def order_like(standing: Standing | None, orders: Sequence[Order]) -> Order:
    """Return the order that stands most as the stored one did; the first where nothing is known."""
    if standing is None:
        return orders[0]
    return max(orders, key=lambda order: _likeness(order, standing))


def _likeness(order: Order, standing: Standing) -> tuple[bool, int, bool]:
    states = [parcel.status.value for parcel in order.parcels]
    alike = sum(1 for state in standing.states if state in states)
    return sorted(states) == sorted(standing.states), alike, order.brand.value == standing.brand
