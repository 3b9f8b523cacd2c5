"""What the assistant asks of an order system."""

from typing import Protocol

from support.ids import CustomerId, OrderNumber
from support.systems.orders.models import FulfilmentNote, Order


class OrderSystem(Protocol):
    """Reads orders, and notes cases on them.

    Every method may raise a `support.systems.errors.SystemFailure`.
    """

    async def order(self, number: OrderNumber) -> Order:
        """Return the order of this number; raise `OrderNotFound` where there is none."""
        ...

    async def orders_of(self, customer_id: CustomerId) -> tuple[Order, ...]:
        """Return a customer's orders, newest first; empty where there are none."""
        ...

    async def orders_by_email(self, email: str) -> tuple[Order, ...]:
        """Return the orders of a checkout e-mail, upper or lower case, newest first."""
        ...

    async def note(self, number: OrderNumber, note: FulfilmentNote) -> None:
        """Note a case on an order for those who pack it; the same note twice is one note.

        Raises `ParcelHasLeft` once the parcel was handed over, as the order's own parcels say, and
        `OrderNotFound` where there is no such order.
        """
        ...
