"""What every order system must do, whichever it is."""

import pytest

from support.ids import CaseReference, CustomerId, OrderNumber
from support.systems.orders.errors import OrderNotFound, ParcelHasLeft
from support.systems.orders.interface import OrderSystem
from support.systems.orders.models import FulfilmentNote, ParcelStatus


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


@pytest.mark.parametrize("email", ["sam@example.com", "SAM@example.com", " sam@example.com "])
async def test_orders_are_found_by_the_checkouts_email(system: OrderSystem, email: str):
    orders = await system.orders_by_email(email)
    assert "410200341" in {order.number for order in orders}


@pytest.mark.parametrize(
    "email", ["nobody@example.com", "", "' or 1=1", 'a" or orderState = "Open', "sam%", "*"]
)
async def test_another_email_finds_nothing(system: OrderSystem, email: str):
    assert await system.orders_by_email(email) == ()


NOTE = FulfilmentNote(case=CaseReference("C100001"), text="Another address was asked for.")


async def test_a_case_is_noted_while_nothing_has_left(system: OrderSystem):
    await system.note(OrderNumber("410200342"), NOTE)
    await system.note(OrderNumber("410200342"), NOTE)


async def test_no_case_is_noted_once_the_parcels_have_left(system: OrderSystem):
    with pytest.raises(ParcelHasLeft):
        await system.note(OrderNumber("410200341"), NOTE)


async def test_nothing_is_noted_on_an_order_that_is_not_there(system: OrderSystem):
    with pytest.raises(OrderNotFound):
        await system.note(OrderNumber("999999999"), NOTE)
