from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from support.systems.orders.http import HttpOrderSystem
from support.systems.orders.interface import OrderSystem
from support.systems.orders.memory import MemoryOrderSystem
from support.systems.orders.models import Order

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
    order_json(number="410200342", placed_at="2026-11-20T09:12:00+11:00"),
    order_json(number="KM410200399", customer_id="c-2002"),
]


def serve(orders: list[Json]) -> Callable[[httpx.Request], httpx.Response]:
    """Return a small order system that follows openapi.yaml."""

    def answer(request: httpx.Request) -> httpx.Response:
        _, collection, key, *_ = request.url.path.split("/")
        if collection == "customers":
            own = [order for order in orders if order["customer_id"] == key]
            return httpx.Response(200, json={"orders": own})
        found = [order for order in orders if order["number"].upper() == key.upper()]
        missing = httpx.Response(404, json={"title": "No such order", "code": "order_not_found"})
        return httpx.Response(200, json=found[0]) if found else missing

    return answer


@pytest.fixture(params=["memory", "http"])
async def system(request: pytest.FixtureRequest) -> AsyncIterator[OrderSystem]:
    """Each version of the order system, knowing the same orders."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(serve(SEEDED))) as client:
        versions: dict[str, OrderSystem] = {
            "memory": MemoryOrderSystem(Order.model_validate(order) for order in SEEDED),
            "http": HttpOrderSystem(client, URL, "key"),
        }
        yield versions[request.param]
