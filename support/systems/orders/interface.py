"""What the assistant asks of an order system."""

from typing import Protocol

from support.ids import CustomerId, OrderNumber
from support.systems.orders.models import Order


class OrderSystem(Protocol):
    """Reads orders. Every method may raise a `support.systems.errors.SystemFailure`."""

    async def order(self, number: OrderNumber) -> Order:
        """Return the order of this number; raise `OrderNotFound` where there is none."""
        ...

    async def orders_of(self, customer_id: CustomerId) -> tuple[Order, ...]:
        """Return a customer's orders, newest first; empty where there are none."""
        ...
