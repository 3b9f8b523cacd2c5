from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox.demo import catalogue, demo_orders
from sandbox.demo.__main__ import table
from sandbox.demo.times import Clock
from support.identifiers.contact import same_contact
from support.identifiers.extract import identifiers_in
from support.systems.orders.models import Brand, DeliveryMethod, ParcelStatus
from tests.sandbox.conftest import NOW

MOMENTS = [NOW + timedelta(hours=hours) for hours in range(0, 24 * 8, 5)]


def test_all_statuses_brands_and_methods_are_shown():
    orders = demo_orders(NOW)
    statuses = {parcel.status for order in orders for parcel in order.parcels}
    assert statuses == set(ParcelStatus)
    assert {order.brand for order in orders} == {Brand.KMART, Brand.TARGET}
    assert {order.delivery.method for order in orders} == set(DeliveryMethod) - {
        DeliveryMethod.UNKNOWN
    }
    assert any(line.seller.marketplace for order in orders for line in order.lines)
    assert [order.number for order in orders][:2] == ["410200341", "410200342"]


def test_each_number_and_each_customer_is_one():
    orders = demo_orders(NOW)
    numbers = [order.number for order in orders]
    tracking = [
        parcel.tracking_number
        for order in orders
        for parcel in order.parcels
        if parcel.tracking_number
    ]
    assert max(Counter([*numbers, *tracking]).values()) == 1
    assert len({(order.customer_id, order.contact.email) for order in orders}) == len(
        {order.customer_id for order in orders}
    )


def test_what_customers_would_type_is_understood():
    for order in demo_orders(NOW):
        contact = order.contact
        typed = f"{order.number}, {contact.email} or {contact.phone}"
        kinds = [(found.kind, found.check_digit_failed) for found in identifiers_in(typed)]
        assert kinds == [("order_number", False), ("email", False), ("phone", False)]
        assert same_contact(typed, email=contact.email, phone=None)
        assert same_contact(typed, email=None, phone=contact.phone)


def test_every_tracking_number_has_a_right_check_digit():
    numbers = [
        parcel.tracking_number
        for order in demo_orders(NOW)
        for parcel in order.parcels
        if parcel.tracking_number
    ]
    found = [identifiers_in(f"tracking number {number}") for number in numbers]
    assert [one.value for (one,) in found] == numbers
    assert not any(one.check_digit_failed for (one,) in found)


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.isoformat())
def test_at_any_hour_nothing_lies_in_the_future_but_promises(now: datetime):
    for demo in catalogue(now):
        dates = [
            scan["date"]
            for body in demo.tracking.values()
            for result in body["tracking_results"]
            for part in (*result.get("trackable_items", []), result.get("consignment", {}))
            for scan in part.get("events", [])
        ]
        parcels = [parcel["status_at"] for parcel in demo.order["parcels"]]
        times = [datetime.fromisoformat(one) for one in (*dates, *parcels)]
        assert max([*times, datetime.fromisoformat(demo.order["placed_at"])]) < now
        assert not [parcel for parcel in parcels if parcel < demo.order["placed_at"]]


def test_a_business_day_is_counted_without_weekends():
    friday = Clock.of_state(datetime(2026, 11, 20, 1, tzinfo=UTC), "VIC")
    assert [friday.business_day(count) for count in (-1, 0, 1, 2)] == [
        "2026-11-19",
        "2026-11-20",
        "2026-11-23",
        "2026-11-24",
    ]
    saturday = Clock.of_state(datetime(2026, 11, 21, 1, tzinfo=UTC), "VIC")
    assert saturday.business_day(0) == "2026-11-23"


def test_the_documented_table_is_the_data():
    page = Path(__file__).parents[2] / "docs" / "demo-orders.md"
    assert page.read_text(encoding="utf-8") == table()
