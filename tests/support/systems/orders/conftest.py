import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from support.systems.orders.http import HttpOrderSystem
from support.systems.orders.interface import OrderSystem
from support.systems.orders.memory import MemoryOrderSystem
from support.systems.orders.models import Order
from tests.support.systems.orders import commercetools as ct

URL = "http://orders.test"
Json = dict[str, Any]


def order_json(**changes: object) -> Json:
    order: Json = {
        "number": "410200341",
        "brand": "kmart",
        "placed_at": "2026-11-18T09:12:00+11:00",
        "customer_id": "c-1001",
        "contact": {"first_name": "Sam", "email": "sam@example.com", "phone": "+61400000001"},
        "delivery": {"method": "standard"},
        "lines": [{"id": "1", "name": "Kettle", "seller": {"id": "kmart", "name": "Kmart"}}],
        "parcels": [{"id": "P1", "status": "shipped"}],
    }
    return order | changes


SEEDED = [
    order_json(),
    order_json(
        number="410200342",
        placed_at="2026-11-20T09:12:00+11:00",
        contact={"email": "Sam@Example.com"},
        parcels=[{"id": "P1", "status": "processing"}],
    ),
    order_json(number="KM410200399", customer_id="c-2002", contact={"email": "kim@example.com"}),
]
SENT = ct.shipping(ct.delivery(ct.parcel(), items=[ct.of("kettle", 2), ct.of("mug", 1)]))
SEEDED_IN_COMMERCETOOLS = [
    ct.commercetools_order(shippingInfo=SENT),
    ct.commercetools_order(
        "410200342", createdAt="2026-11-19T22:12:00.000Z", customerEmail="Sam@Example.com"
    ),
    ct.commercetools_order(
        "KM410200399", customerId="c-2002", customerEmail="kim@example.com", shippingInfo=SENT
    ),
]


def serve(orders: list[Json]) -> Callable[[httpx.Request], httpx.Response]:
    """Return a small order system that follows openapi.yaml."""

    def answer(request: httpx.Request) -> httpx.Response:
        _, collection, *rest = request.url.path.split("/")
        if collection == "customers":
            own = [order for order in orders if order["customer_id"] == rest[0]]
            return httpx.Response(200, json={"orders": own})
        if not rest:
            email = request.url.params["email"].lower()
            own = [order for order in orders if order["contact"]["email"].lower() == email]
            return httpx.Response(200, json={"orders": own})
        found = [order for order in orders if order["number"].upper() == rest[0].upper()]
        if not found:
            return httpx.Response(404, json={"title": "No such order", "code": "order_not_found"})
        if request.method == "POST":
            assert set(json.loads(request.content)) <= {"case", "text", "parcel_id"}
            assert request.headers["idempotency-key"]
            return httpx.Response(204)
        return httpx.Response(200, json=found[0])

    return answer


@pytest.fixture(scope="session")
def running_commercetools() -> Iterator[ct.Mock]:
    with ct.commercetools_mock() as mock:
        yield mock


@pytest.fixture
def commercetools(running_commercetools: ct.Mock) -> ct.Mock:
    """The mock of commercetools, empty."""
    running_commercetools.clear()
    return running_commercetools


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as client:
        yield client


@pytest.fixture(params=["memory", "http", "commercetools"])
async def system(
    request: pytest.FixtureRequest, client: httpx.AsyncClient
) -> AsyncIterator[OrderSystem]:
    """Each version of the order system, knowing the same orders."""
    if request.param == "memory":
        yield MemoryOrderSystem(Order.model_validate(order) for order in SEEDED)
    elif request.param == "commercetools":
        mock: ct.Mock = request.getfixturevalue("commercetools")
        for order in SEEDED_IN_COMMERCETOOLS:
            mock.add("order", order)
        yield mock.system(client)
    else:
        transport = httpx.MockTransport(serve(SEEDED))
        async with httpx.AsyncClient(transport=transport) as mocked:
            yield HttpOrderSystem(mocked, URL, "key")
