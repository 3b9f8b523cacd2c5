"""The order system over HTTP, as described in openapi.yaml beside this file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import httpx
import structlog
from pydantic import ValidationError

from support.ids import CustomerId, OrderNumber
from support.systems.errors import SystemAnswerMalformed, SystemRefused
from support.systems.operations import Operation
from support.systems.orders.errors import OrderNotFound, ParcelHasLeft
from support.systems.orders.models import FulfilmentNote, Order
from support.systems.orders.payload import order_from_json
from support.systems.requests import DEFAULT_LIMITS, ReadLimits, SystemClient

SYSTEM: Final = "orders"
_NOT_FOUND: Final = "order_not_found"
# What cannot be part of a path without being read as something else is nobody's order number.
_NUMBER: Final = re.compile(r"[A-Za-z0-9_-]+")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class HttpOrderSystem:
    """Asks the order system. The client is the caller's, who closes it."""

    client: httpx.AsyncClient
    url: str
    key: str = field(repr=False)
    limits: ReadLimits = DEFAULT_LIMITS

    async def order(self, number: OrderNumber) -> Order:
        """Return one order; an answer about another order counts as malformed."""
        if not _NUMBER.fullmatch(number):
            raise OrderNotFound(number)
        response = await self._read(f"/orders/{number}", Operation.READ_ORDER)
        payload = _json(response)
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise _not_found(payload, number)
        order = _order(payload)
        if order.number.upper() != number.upper():
            raise SystemAnswerMalformed(SYSTEM, "an order that was not asked for")
        return order

    async def orders_of(self, customer_id: CustomerId) -> tuple[Order, ...]:
        """Return a customer's orders, newest first; malformed ones are left out and logged."""
        path = f"/customers/{quote(customer_id, safe='')}/orders"
        response = await self._read(path, Operation.LIST_ORDERS)
        orders = _orders(response)
        own = [order for order in orders if order.customer_id in (None, customer_id)]
        return tuple(sorted(own, key=lambda order: order.placed_at, reverse=True))

    async def orders_by_email(self, email: str) -> tuple[Order, ...]:
        """Return the orders of a checkout e-mail, newest first."""
        orders = _orders(
            await self._read("/orders", Operation.LIST_ORDERS, {"email": email.strip()})
        )
        own = (order for order in orders if order.contact.has_email(email))
        return tuple(sorted(own, key=lambda order: order.placed_at, reverse=True))

    async def note(self, number: OrderNumber, note: FulfilmentNote) -> None:
        """Note a case on an order; the case and the parcel make the idempotency key."""
        order = await self.order(number)
        if order.has_left(note.parcel_id):
            raise ParcelHasLeft(number, note.parcel_id)
        response = await SystemClient(SYSTEM, self.client, self.limits).write(
            self.url.rstrip("/") + f"/orders/{order.number}/notes",
            body=note.model_dump(mode="json", exclude_none=True),
            idempotency_key=f"{note.case}-{note.parcel_id or 'order'}",
            headers=self._headers,
            operation=Operation.NOTE_ORDER,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise _not_found(_json(response), number)

    async def _read(
        self, path: str, operation: Operation, params: Mapping[str, str] | None = None
    ) -> httpx.Response:
        reader = SystemClient(SYSTEM, self.client, self.limits)
        return await reader.read(
            self.url.rstrip("/") + path, params=params, headers=self._headers, operation=operation
        )

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def _not_found(payload: object, number: OrderNumber) -> Exception:
    """Tell "no such order" from a 404 of anything else on the way (a wrong URL, a proxy)."""
    if isinstance(payload, dict) and payload.get("code") == _NOT_FOUND:
        return OrderNotFound(number)
    return SystemRefused(SYSTEM, "404 that does not speak of an order")


def _orders(response: httpx.Response) -> list[Order]:
    entries = _entries(_json(response), response)
    orders = [order for entry in entries if (order := _order_or_none(entry))]
    if entries and not orders:
        raise SystemAnswerMalformed(SYSTEM, "no readable order in the list")
    return orders


def _entries(payload: object, response: httpx.Response) -> list[object]:
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise SystemRefused(SYSTEM, "404 for a list of orders")
    if not isinstance(payload, dict) or not isinstance(payload.get("orders"), list):
        raise SystemAnswerMalformed(SYSTEM, "no list of orders")
    return list(payload["orders"])


def _json(response: httpx.Response) -> object:
    try:
        return response.json()
    except (ValueError, RecursionError) as error:
        if response.status_code == HTTPStatus.NOT_FOUND:
            return None
        raise SystemAnswerMalformed(SYSTEM, "no JSON") from error


def _order(payload: object) -> Order:
    try:
        return order_from_json(payload)
    except ValidationError as error:
        # The cause is left out on purpose: it repeats the order's personal data.
        raise SystemAnswerMalformed(SYSTEM, _places(error)) from None


def _order_or_none(payload: object) -> Order | None:
    try:
        return _order(payload)
    except SystemAnswerMalformed as error:
        _log.warning("order_left_out_of_list", places=error.detail)
        return None


def _places(error: ValidationError) -> str:
    return ", ".join(
        ".".join(map(str, problem["loc"])) or "order"
        for problem in error.errors(include_input=False, include_context=False, include_url=False)
    )
