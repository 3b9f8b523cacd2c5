"""An order system in memory, for tests and for trying things out."""

from collections.abc import Iterable

from support.ids import CustomerId, OrderNumber
from support.systems.errors import SystemFailure
from support.systems.orders.errors import OrderNotFound, ParcelHasLeft
from support.systems.orders.models import FulfilmentNote, Order


class MemoryOrderSystem:
    """Knows the orders it is given. While `failure` is set, every question raises it."""

    def __init__(self, orders: Iterable[Order] = ()) -> None:
        self.failure: SystemFailure | None = None
        self.notes: dict[OrderNumber, list[FulfilmentNote]] = {}
        self._orders: dict[str, Order] = {}
        for order in orders:
            self.add(order)

    def add(self, order: Order) -> None:
        """Add an order, in place of one of the same number."""
        self._orders[order.number.upper()] = order

    async def order(self, number: OrderNumber) -> Order:
        """Return one order."""
        self._check()
        try:
            return self._orders[number.upper()]
        except KeyError:
            raise OrderNotFound(number) from None

    async def orders_of(self, customer_id: CustomerId) -> tuple[Order, ...]:
        """Return a customer's orders, newest first."""
        self._check()
        own = (order for order in self._orders.values() if order.customer_id == customer_id)
        return tuple(sorted(own, key=lambda order: order.placed_at, reverse=True))

    async def orders_by_email(self, email: str) -> tuple[Order, ...]:
        """Return the orders of a checkout e-mail, newest first."""
        self._check()
        own = (order for order in self._orders.values() if order.contact.has_email(email))
        return tuple(sorted(own, key=lambda order: order.placed_at, reverse=True))

    async def note(self, number: OrderNumber, note: FulfilmentNote) -> None:
        """Note a case on an order."""
        order = await self.order(number)
        if order.has_left(note.parcel_id):
            raise ParcelHasLeft(number, note.parcel_id)
        notes = self.notes.setdefault(order.number, [])
        if note not in notes:
            notes.append(note)

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure
