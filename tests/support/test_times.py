from datetime import UTC, date, datetime, time

import pytest

from support.systems.orders.models import Store
from support.times import (
    spoken_clock,
    spoken_days,
    spoken_time,
    state_of_store,
    zone_of,
    zone_of_place,
)
from tests.orders import order

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("first", "last", "spoken"),
    [
        (date(2026, 12, 1), date(2026, 12, 3), "Tuesday 1 and Thursday 3 December"),
        (date(2026, 11, 30), date(2026, 12, 3), "Monday 30 November and Thursday 3 December"),
        (date(2027, 12, 1), date(2027, 12, 3), "Wednesday 1 and Friday 3 December 2027"),
    ],
)
def test_two_days_are_said_with_their_month_once_where_it_is_the_same(
    first: date, last: date, spoken: str
):
    assert spoken_days(first, last, today=TODAY) == spoken


@pytest.mark.parametrize(
    ("clock", "spoken"),
    [(time(0, 5), "12:05 am"), (time(12), "12:00 pm"), (time(16), "4:00 pm")],
)
def test_a_time_of_day_is_said_with_am_or_pm(clock: time, spoken: str):
    assert spoken_clock(clock) == spoken


@pytest.mark.parametrize(
    ("address", "state"),
    [("1 High St, Geelong VIC 3220", "VIC"), ("1 High St", None), (None, None)],
)
def test_a_stores_state_is_read_from_its_address(address: str | None, state: str | None):
    assert state_of_store(Store(name="Kmart", address=address)) == state


SCANNED = datetime.fromisoformat("2026-11-24T11:26:00+11:00")
"""As a carrier writes it: with the east coast's offset, wherever the scan was."""


@pytest.mark.parametrize(
    ("state", "postcode", "spoken"),
    [
        ("VIC", "3220", "11:26 am"),
        ("WA", "6000", "8:26 am"),
        ("SA", "5000", "10:56 am"),
        ("QLD", "4000", "10:26 am"),
        ("NT", "0800", "9:56 am"),
        ("TAS", "7000", "11:26 am"),
        ("NSW", "2880", "10:56 am"),
        ("NSW", "2899", "12:26 pm"),
        (None, "6000", "8:26 am"),
        (None, "0200", "11:26 am"),
        ("", "0870", "9:56 am"),
        ("Western Australia", None, "8:26 am"),
        ("Unheard Of", "5000", "10:56 am"),
        ("Unheard Of", "x", "11:26 am"),
        (None, None, "11:26 am"),
    ],
)
def test_a_scans_time_is_told_on_the_customers_clock(
    state: str | None, postcode: str | None, spoken: str
):
    zone = zone_of_place(state, postcode)
    assert spoken_time(SCANNED, zone, now=SCANNED) == f"{spoken} on Tuesday 24 November"


@pytest.mark.parametrize(
    ("state", "before", "after"),
    [
        # Daylight saving begins on 4 October 2026 at 2:00 am, 3:00 am then.
        ("NSW", "1:30 am", "3:30 am"),
        ("SA", "1:00 am", "3:00 am"),
        ("QLD", "1:30 am", "2:30 am"),
        ("WA", "11:30 pm", "12:30 am"),
        ("NT", "1:00 am", "2:00 am"),
    ],
)
def test_daylight_saving_is_that_of_the_customers_state(state: str, before: str, after: str):
    zone = zone_of_place(state, None)
    hours = [
        spoken_time(datetime(2026, 10, 3, hour, 30, tzinfo=UTC), zone, now=SCANNED).partition(
            " on "
        )
        for hour in (15, 16)
    ]
    assert [clock for clock, _, _ in hours] == [before, after]


def test_a_day_can_be_another_one_for_the_customer():
    late = datetime.fromisoformat("2026-11-24T01:30:00+11:00")
    assert (
        spoken_time(late, zone_of_place("WA", None), now=late) == "10:30 pm on Monday 23 November"
    )


def test_an_order_without_a_state_is_told_by_its_postcode():
    address = {"line1": "1 St Georges Tce", "suburb": "Perth", "state": None, "postcode": "6000"}
    delivery = {"method": "standard", "address": address, "store": None}
    assert zone_of(order(delivery=delivery)).key == "Australia/Perth"
