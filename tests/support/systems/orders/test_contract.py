"""What every order system must do, whichever it is."""

import pytest

from support.ids import CustomerId, OrderNumber
from support.systems.orders.errors import OrderNotFound
from support.systems.orders.interface import OrderSystem
from support.systems.orders.models import ParcelStatus


async def test_an_order_is_found_by_its_number(system: OrderSystem):
    order = await system.order(OrderNumber("410200341"))
    assert (order.number, order.contact.email) == ("410200341", "sam@example.com")
    assert order.parcels[0].status is ParcelStatus.SHIPPED


async def test_upper_and_lower_case_do_not_matter(system: OrderSystem):
    assert (await system.order(OrderNumber("km410200399"))).number == "KM410200399"


async def test_an_unknown_number_is_not_found(system: OrderSystem):
    with pytest.raises(OrderNotFound):
        await system.order(OrderNumber("999999999"))


@pytest.mark.parametrize(
    "number", ["../orders", "..", "", "410200341/../410200342", "a b", "%2e%2e", "é?x=1"]
)
async def test_a_strange_number_is_not_found_and_breaks_nothing(system: OrderSystem, number: str):
    with pytest.raises(OrderNotFound):
        await system.order(OrderNumber(number))


async def test_a_customers_orders_come_newest_first(system: OrderSystem):
    orders = await system.orders_of(CustomerId("c-1001"))
    assert [order.number for order in orders] == ["410200342", "410200341"]


async def test_a_customer_without_orders_has_none(system: OrderSystem):
    assert await system.orders_of(CustomerId("c-9")) == ()
