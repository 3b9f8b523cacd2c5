"""Orders with what sellers have sent of them: the retailer's order system, and Mirakl beside it."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import structlog

from support.ids import CustomerId, LineId, OrderNumber
from support.systems.errors import SystemFailure
from support.systems.marketplace.mirakl.api import MiraklApi
from support.systems.marketplace.mirakl.models import MiraklOrder
from support.systems.marketplace.mirakl.parcels import parcels_of
from support.systems.orders.interface import OrderSystem
from support.systems.orders.models import FulfilmentNote, Line, Order, Parcel, ParcelItem

_log = structlog.get_logger(__name__)
_SECONDS: Final = 2.0
"""How long an order waits for what Mirakl knows of it."""


@dataclass(frozen=True, slots=True)
class OrdersWithSellersParcels:
    """An order system that asks Mirakl for the parcels of an order's Marketplace lines.

    Lists of orders come as the order system tells them. Where Mirakl does not answer, so does an
    order: less is known then, and nothing wrong is said.
    """

    orders: OrderSystem
    api: MiraklApi

    async def order(self, number: OrderNumber) -> Order:
        """Return one order."""
        order = await self.orders.order(number)
        if not any(line.seller.marketplace for line in order.lines):
            return order
        try:
            async with asyncio.timeout(_SECONDS):
                sold = await self.api.orders(order.number)
                ids = [one.order_id for one in sold]
                shipments = await self.api.shipments(ids) if ids else ()
        except (SystemFailure, TimeoutError) as failure:
            _log.warning("sellers_parcels_not_known", reason=type(failure).__name__)
            return order
        return _with(order, {one.order_id: (one, parcels_of(one, shipments)) for one in sold})

    async def orders_of(self, customer_id: CustomerId) -> tuple[Order, ...]:
        """Return a customer's orders, newest first."""
        return await self.orders.orders_of(customer_id)

    async def orders_by_email(self, email: str) -> tuple[Order, ...]:
        """Return the orders of a checkout e-mail, newest first."""
        return await self.orders.orders_by_email(email)

    async def note(self, number: OrderNumber, note: FulfilmentNote) -> None:
        """Note a case on an order."""
        await self.orders.note(number, note)


def _with(order: Order, sold: Mapping[str, tuple[MiraklOrder, tuple[Parcel, ...]]]) -> Order:
    """Return the order with sellers' parcels in place of what it said of those lines."""
    parcels: list[Parcel] = []
    told: Counter[LineId] = Counter()
    for mirakls, own in sold.values():
        lines = _lines(order, mirakls)
        for parcel in own:
            items = [
                ParcelItem(line_id=lines[item.line_id], quantity=item.quantity)
                for item in parcel.items
                if item.line_id in lines
            ]
            if items:
                parcels.append(parcel.model_copy(update={"items": tuple(items)}))
                told.update({item.line_id: item.quantity for item in items})
    kept = [less for parcel in order.parcels if (less := _without(parcel, told)) is not None]
    return order.model_copy(update={"parcels": (*kept, *parcels)})


def _lines(order: Order, sold: MiraklOrder) -> dict[LineId, LineId]:
    """Return which line of the order each of Mirakl's is: by seller and SKU, each line once."""
    left = [line for line in order.lines if line.seller.id == str(sold.shop_id)]
    found: dict[LineId, LineId] = {}
    for one in sold.order_lines:
        line = next((line for line in left if _same(line, one.product_sku, one.offer_sku)), None)
        if line is not None:
            left.remove(line)
            found[LineId(one.order_line_id)] = line.id
    return found


def _same(line: Line, *skus: str | None) -> bool:
    return line.sku is not None and line.sku in skus


def _without(parcel: Parcel, told: Counter[LineId]) -> Parcel | None:
    """Return a parcel without the pieces that a seller tells of; None if nothing is left of it."""
    if not parcel.items:
        return parcel
    left: list[ParcelItem] = []
    for item in parcel.items:
        known = min(item.quantity, told[item.line_id])
        told[item.line_id] -= known
        if item.quantity > known:
            left.append(item.model_copy(update={"quantity": item.quantity - known}))
    return parcel.model_copy(update={"items": tuple(left)}) if left else None
