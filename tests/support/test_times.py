from datetime import date, time

import pytest

from support.systems.orders.models import Store
from support.times import spoken_clock, spoken_days, state_of_store

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
