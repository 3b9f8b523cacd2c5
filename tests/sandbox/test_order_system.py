"""The sandbox's order system, asked through the assistant's own adapter."""

import httpx
import pytest

from sandbox.demo import demo_orders
from support.ids import CaseReference, CustomerId, OrderNumber
from support.systems.errors import SystemAnswerMalformed, SystemRateLimited, SystemRefused
from support.systems.orders.errors import OrderNotFound
from support.systems.orders.http import HttpOrderSystem
from support.systems.orders.models import FulfilmentNote
from tests.sandbox.conftest import NOW, ORDER_KEY

URL = "http://127.0.0.1:8800/order-system"


@pytest.fixture
def orders(client: httpx.AsyncClient) -> HttpOrderSystem:
    return HttpOrderSystem(client, URL, ORDER_KEY)


async def test_every_demo_order_is_told_whole(orders: HttpOrderSystem):
    for order in demo_orders(NOW):
        assert await orders.order(order.number) == order


async def test_a_customers_orders_are_told(orders: HttpOrderSystem):
    own = await orders.orders_of(CustomerId("c-1001"))
    assert [order.number for order in own] == ["410200342", "410200341"]


async def test_orders_are_found_by_the_checkouts_email(orders: HttpOrderSystem):
    order = await orders.order(OrderNumber("410200341"))
    found = await orders.orders_by_email((order.contact.email or "").upper())
    assert order in found


async def test_a_case_is_noted_once_on_an_order(client: httpx.AsyncClient, orders: HttpOrderSystem):
    waiting = next(order for order in demo_orders(NOW) if not order.has_left(None))
    note = FulfilmentNote(case=CaseReference("C100001"), text="Another address, please.")
    await orders.note(waiting.number, note)
    await orders.note(waiting.number, note)
    told = (await client.get("/sandbox/notes")).json()
    assert told == {waiting.number: [note.model_dump(mode="json")]}


async def test_an_unknown_number_is_not_found(orders: HttpOrderSystem):
    with pytest.raises(OrderNotFound):
        await orders.order(OrderNumber("999999999"))


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
async def test_the_key_is_needed(client: httpx.AsyncClient, headers: dict[str, str]):
    assert (await client.get(f"{URL}/orders/410200341", headers=headers)).status_code == 401


@pytest.mark.parametrize(
    ("mode", "failure"),
    [
        ("error", SystemRefused),
        ("malformed", SystemAnswerMalformed),
        ("rate_limited", SystemRateLimited),
    ],
)
async def test_it_fails_as_told_until_it_is_ok_again(
    client: httpx.AsyncClient, orders: HttpOrderSystem, mode: str, failure: type[Exception]
):
    await client.put("/sandbox/faults/orders", json={"mode": mode})
    with pytest.raises(failure):
        await orders.order(OrderNumber("410200341"))
    with pytest.raises(failure):
        await orders.orders_of(CustomerId("c-1001"))
    await client.put("/sandbox/faults/orders", json={"mode": "ok"})
    assert (await orders.order(OrderNumber("410200341"))).number == "410200341"


async def test_slow_means_late_but_right(client: httpx.AsyncClient, orders: HttpOrderSystem):
    await client.put("/sandbox/faults/orders", json={"mode": "slow", "delay_ms": 50})
    assert (await orders.order(OrderNumber("410200341"))).number == "410200341"
