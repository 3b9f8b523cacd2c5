"""Orders as commercetools keeps them, and its mock to keep them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from support.systems.orders.commercetools.adapter import CommercetoolsOrderSystem
from support.systems.orders.commercetools.tokens import ClientCredentials
from tests.fakes.node import installed, running

MOCK = Path(__file__).parent / "commercetools_mock"
PROJECT = "kmart"
STATES = (
    "Initial",
    "picking",
    "ready-to-collect",
    "collected",
    "shipped",
    "delivered",
    "teleported",
)
Json = dict[str, Any]


@dataclass(frozen=True)
class Mock:
    """The running mock."""

    address: str

    def clear(self) -> None:
        """Forget all but the states that lines can be in."""
        httpx.delete(f"{self.address}/control/everything").raise_for_status()
        for key in STATES:
            self.add("state", state(key))

    def withdraw_tokens(self) -> None:
        httpx.delete(f"{self.address}/control/tokens").raise_for_status()

    def add(self, kind: str, thing: Json) -> None:
        url = f"{self.address}/control/{PROJECT}/{kind}"
        httpx.post(url, json=thing).raise_for_status()

    def system(self, client: httpx.AsyncClient) -> CommercetoolsOrderSystem:
        auth = ClientCredentials(self.address, client_id="assistant", client_secret="secret")
        return CommercetoolsOrderSystem(client, self.address, PROJECT, auth)


@contextmanager
def commercetools_mock() -> Iterator[Mock]:
    """Run the mock on a free port of the loopback."""
    folder = installed(MOCK)
    with running("server.mjs", folder=folder) as lines:
        yield Mock(lines[-1])


def commercetools_order(number: str = "410200341", **different: Any) -> Json:
    """Return Sam's order of two kettles and a mug, of which nothing has been sent."""
    return {
        "id": f"id-of-{number}",
        "version": 4,
        "orderNumber": number,
        "createdAt": "2026-11-17T22:12:00.000Z",
        "lastModifiedAt": "2026-11-18T01:00:00.000Z",
        "customerId": "c-1001",
        "customerEmail": "sam@example.com",
        "store": {"typeId": "store", "key": "kmart"},
        "orderState": "Open",
        "shipmentState": "Pending",
        "paymentState": "Paid",
        "totalPrice": money(7500),
        "shippingAddress": {
            "firstName": "Sam",
            "lastName": "Lee",
            "streetNumber": "1",
            "streetName": "Example St",
            "city": "Geelong",
            "state": "VIC",
            "postalCode": "3220",
            "country": "AU",
            "phone": "+61400000001",
        },
        "shippingInfo": shipping(),
        "lineItems": [line_item("kettle", 2), line_item("mug", 1)],
        "customLineItems": [],
        "custom": {"type": {"typeId": "type", "id": "order-type"}, "fields": {}},
        "origin": "Customer",
        "shippingMode": "Single",
        "shipping": [],
        "syncInfo": [],
        "refusedGifts": [],
        "inventoryMode": "None",
        "taxMode": "Platform",
    } | different


def shipping(*deliveries: Json, name: str = "Standard Delivery") -> Json:
    return {
        "shippingMethodName": name,
        "price": money(1000),
        "shippingRate": {"price": money(1000), "tiers": []},
        "shippingMethodState": "MatchesCart",
        "deliveries": list(deliveries),
    }


def line_item(name: str, quantity: int, **different: Any) -> Json:
    return {
        "id": name,
        "productId": f"product-{name}",
        "name": {"en-AU": name.title()},
        "quantity": quantity,
        "variant": {"id": 1, "sku": f"sku-{name}", "prices": [], "attributes": []},
        "state": [{"quantity": quantity, "state": {"typeId": "state", "id": "state-Initial"}}],
    } | different


def delivery(*parcels: Json, items: list[Json], **different: Any) -> Json:
    return {
        "id": "D1",
        "createdAt": "2026-11-19T04:00:00.000Z",
        "items": items,
        "parcels": list(parcels),
    } | different


def parcel(
    name: str = "P1", number: str | None = "JDQ019457101000930308", **different: Any
) -> Json:
    tracking = {"trackingId": number, "carrier": "AusPost", "isReturn": False}
    return {
        "id": name,
        "createdAt": "2026-11-19T04:00:00.000Z",
        "trackingData": tracking if number else None,
        "items": [],
    } | different


def of(line: str, quantity: int) -> Json:
    return {"id": line, "quantity": quantity}


def money(cents: int) -> Json:
    return {
        "type": "centPrecision",
        "currencyCode": "AUD",
        "centAmount": cents,
        "fractionDigits": 2,
    }


def state(key: str) -> Json:
    """Return a state of lines, to be added as `state`; its id is `state-<key>`."""
    return {
        "id": f"state-{key}",
        "version": 1,
        "createdAt": "2026-11-01T00:00:00.000Z",
        "lastModifiedAt": "2026-11-01T00:00:00.000Z",
        "key": key,
        "type": "LineItemState",
        "initial": key == "Initial",
        "builtIn": key == "Initial",
        "roles": [],
    }


def in_states(quantities: dict[str, int]) -> list[Json]:
    """Return how many pieces of a line are in which states."""
    return [
        {"quantity": quantity, "state": {"typeId": "state", "id": f"state-{key}"}}
        for key, quantity in quantities.items()
    ]
