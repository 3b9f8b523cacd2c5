"""Orders out of commercetools' HTTP API."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import httpx
import structlog
from pydantic import BaseModel, ValidationError

from support.ids import CustomerId, OrderNumber
from support.systems.answers import answer_as, value_as
from support.systems.errors import SystemAnswerMalformed, SystemConflict, SystemRefused
from support.systems.operations import Operation
from support.systems.orders import models as ours
from support.systems.orders.commercetools.mapping import order_of
from support.systems.orders.commercetools.models import CommercetoolsOrder, Page
from support.systems.orders.commercetools.notes import NOTES_FIELD, notes_with
from support.systems.orders.commercetools.own_fields import SYSTEM
from support.systems.orders.errors import OrderNotFound, ParcelHasLeft
from support.systems.requests import DEFAULT_LIMITS, ReadLimits, SystemClient

_EXPANSIONS: Final = tuple(
    ("expand", path)
    for path in (
        "lineItems[*].state[*].state",
        "shippingInfo.shippingMethod",
        "shipping[*].shippingInfo.shippingMethod",
        "paymentInfo.payments[*]",
    )
)
_NUMBER: Final = re.compile(r"[A-Za-z0-9_-]+")
_MOST: Final = 100
_TRIES: Final = 3
_log = structlog.get_logger(__name__)


class _Error(BaseModel):
    code: str | None = None


class _Problem(BaseModel):
    errors: tuple[_Error, ...] = ()


@dataclass(frozen=True, slots=True)
class CommercetoolsOrderSystem:
    """Asks one commercetools project. `url` is the API's, without the project's key.

    The client is the caller's, who closes it; `auth` puts the access token on each request.
    """

    client: httpx.AsyncClient
    url: str
    project: str
    auth: httpx.Auth = field(repr=False)
    limits: ReadLimits = DEFAULT_LIMITS

    async def order(self, number: OrderNumber) -> ours.Order:
        """Return one order. commercetools' numbers heed upper and lower case; ours do not."""
        return self._ours(await self._found(number))

    async def orders_of(self, customer_id: CustomerId) -> tuple[ours.Order, ...]:
        """Return a customer's orders, newest first; malformed ones are left out and logged."""
        orders = await self._orders("customerId = :wanted", {"wanted": customer_id})
        return tuple(order for order in orders if order.customer_id == customer_id)

    async def orders_by_email(self, email: str) -> tuple[ours.Order, ...]:
        """Return the orders of a checkout e-mail, newest first.

        commercetools compares letter by letter: it is asked for the e-mail as given and in lower
        case, which is how its own customer accounts keep it.
        """
        wanted = {"given": email.strip(), "lower": email.strip().lower()}
        orders = await self._orders("customerEmail = :given or customerEmail = :lower", wanted)
        return tuple(order for order in orders if order.contact.has_email(email))

    async def note(self, number: OrderNumber, note: ours.FulfilmentNote) -> None:
        """Write the note into the order's own field, from the newest version of the order.

        Where somebody changes the order in between, it is read and judged again.
        """
        for _ in range(_TRIES):
            order = await self._found(number)
            if self._ours(order).has_left(note.parcel_id):
                raise ParcelHasLeft(number, note.parcel_id)
            written = notes_with(order, note)
            if written is None:
                return
            try:
                await self._write(order, written)
            except SystemConflict:
                _log.info("order_changed_meanwhile", version=order.version)
            else:
                return
        raise SystemConflict(SYSTEM, "the order kept changing")

    async def _write(self, order: CommercetoolsOrder, notes: str) -> None:
        action = {"action": "setCustomField", "name": NOTES_FIELD, "value": notes}
        response = await self._client.write(
            self._url(f"orders/{order.id}"),
            body={"version": order.version, "actions": [action]},
            idempotency_key=f"{order.id}-{order.version}",
            auth=self.auth,
            operation=Operation.NOTE_ORDER,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404 for an order to change")

    async def _found(self, number: OrderNumber) -> CommercetoolsOrder:
        if not _NUMBER.fullmatch(number):
            raise OrderNotFound(number)
        for written in dict.fromkeys((number, number.upper())):
            response = await self._read(
                f"orders/order-number={written}", _EXPANSIONS, Operation.READ_ORDER
            )
            if response.status_code != HTTPStatus.NOT_FOUND:
                return self._asked_for(response, number)
            _refuse_strange_404(response)
        raise OrderNotFound(number)

    @staticmethod
    def _asked_for(response: httpx.Response, number: OrderNumber) -> CommercetoolsOrder:
        order = answer_as(CommercetoolsOrder, response, system=SYSTEM)
        if (order.order_number or "").upper() != number.upper():
            raise SystemAnswerMalformed(SYSTEM, "an order that was not asked for")
        return order

    async def _orders(self, where: str, variables: Mapping[str, str]) -> list[ours.Order]:
        params = [("where", where), ("sort", "createdAt desc"), ("limit", str(_MOST))]
        params += [(f"var.{name}", value) for name, value in variables.items()]
        response = await self._read("orders", [*params, *_EXPANSIONS], Operation.LIST_ORDERS)
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404 for a list of orders")
        entries = answer_as(Page, response, system=SYSTEM).results
        orders = [order for entry in entries if (order := self._ours_or_none(entry))]
        if entries and not orders:
            raise SystemAnswerMalformed(SYSTEM, "no readable order in the list")
        return sorted(orders, key=lambda order: order.placed_at, reverse=True)

    def _ours_or_none(self, entry: object) -> ours.Order | None:
        try:
            return self._ours(value_as(CommercetoolsOrder, entry, system=SYSTEM))
        except SystemAnswerMalformed as error:
            _log.warning("order_left_out_of_list", places=error.detail)
            return None

    @staticmethod
    def _ours(order: CommercetoolsOrder) -> ours.Order:
        try:
            return order_of(order)
        except ValidationError as error:
            places = {".".join(map(str, problem["loc"])) for problem in error.errors()}
            # The cause is left out on purpose: it repeats the order's personal data.
            raise SystemAnswerMalformed(SYSTEM, ", ".join(sorted(places))) from None

    async def _read(
        self, path: str, params: Sequence[tuple[str, str]], operation: Operation
    ) -> httpx.Response:
        url = f"{self._url(path)}?{httpx.QueryParams(list(params))}"
        return await self._client.read(url, auth=self.auth, operation=operation)

    @property
    def _client(self) -> SystemClient:
        return SystemClient(SYSTEM, self.client, self.limits)

    def _url(self, path: str) -> str:
        return f"{self.url.rstrip('/')}/{self.project}/{path}"


def _refuse_strange_404(response: httpx.Response) -> None:
    """Tell "no such order" from a 404 of anything else on the way (a wrong URL, a proxy)."""
    try:
        problem = answer_as(_Problem, response, system=SYSTEM)
    except SystemAnswerMalformed as error:
        raise SystemRefused(SYSTEM, "404 of something on the way") from error
    if all(error.code != "ResourceNotFound" for error in problem.errors):
        raise SystemRefused(SYSTEM, "404 that does not speak of an order")
