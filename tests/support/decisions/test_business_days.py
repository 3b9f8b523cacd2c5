from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from support.decisions.business_days import BusinessDays
from support.places.states import State

DAYS = some.dates(date(2025, 1, 1), date(2031, 12, 31))
STATES = some.frozensets(some.sampled_from(State), min_size=1, max_size=3)
COUNTS = some.integers(0, 30)


def days_of(*states: State) -> BusinessDays:
    return BusinessDays(frozenset(states))


@settings(deadline=None)  # the tables are read at first use
@given(states=STATES, start=DAYS, count=COUNTS)
def test_a_count_never_ends_on_a_weekend_or_a_holiday(
    states: frozenset[State], start: date, count: int
):
    end = BusinessDays(states).after(start, count)

    assert end.weekday() < 5
    assert not BusinessDays(states).is_holiday(end)


@settings(deadline=None)  # the tables are read at first use
@given(states=STATES, start=DAYS, count=COUNTS)
def test_a_count_passes_just_as_many_business_days(
    states: frozenset[State], start: date, count: int
):
    days = BusinessDays(states)
    first, end = days.first_from(start), days.after(start, count)
    passed = (first + timedelta(one) for one in range(1, (end - first).days + 1))

    assert sum(days.is_one(day) for day in passed) == count


@settings(deadline=None)  # the tables are read at first use
@given(states=STATES, start=DAYS, later=some.integers(0, 20), count=COUNTS, more=COUNTS)
def test_what_starts_later_or_takes_longer_never_ends_earlier(
    states: frozenset[State], start: date, later: int, count: int, more: int
):
    days = BusinessDays(states)
    end = days.after(start, count)

    assert days.after(start + timedelta(later), count) >= end
    assert days.after(start, count + more) >= end


@settings(deadline=None)  # the tables are read at first use
@given(state=some.sampled_from(State), other=some.sampled_from(State), start=DAYS, count=COUNTS)
def test_of_two_possible_states_none_ends_later_than_both_together(
    state: State, other: State, start: date, count: int
):
    together = days_of(state, other).after(start, count)

    assert together >= max(days_of(one).after(start, count) for one in (state, other))


@pytest.mark.parametrize(
    ("state", "day"),
    [
        pytest.param(State.VIC, date(2026, 11, 3), id="Melbourne Cup"),
        pytest.param(State.VIC, date(2026, 3, 9), id="Labour Day in Victoria"),
        pytest.param(State.WA, date(2026, 6, 1), id="Western Australia Day"),
        pytest.param(State.WA, date(2026, 9, 28), id="King's Birthday in Western Australia"),
        pytest.param(State.QLD, date(2026, 8, 12), id="Brisbane's show"),
        pytest.param(State.SA, date(2026, 3, 9), id="Adelaide Cup"),
        pytest.param(State.ACT, date(2026, 6, 1), id="Reconciliation Day"),
        pytest.param(State.NT, date(2026, 8, 3), id="Picnic Day"),
        pytest.param(State.NT, date(2025, 7, 4), id="Alice Springs' show"),
        pytest.param(State.NT, date(2025, 7, 25), id="Darwin's show"),
        pytest.param(State.TAS, date(2025, 2, 10), id="Royal Hobart Regatta"),
        pytest.param(State.TAS, date(2025, 2, 26), id="Launceston Cup"),
        pytest.param(State.TAS, date(2025, 10, 3), id="Burnie's show"),
        pytest.param(State.TAS, date(2025, 10, 9), id="Launceston's show"),
        pytest.param(State.TAS, date(2025, 10, 23), id="Hobart's show"),
        pytest.param(State.TAS, date(2025, 11, 3), id="Recreation Day"),
        pytest.param(State.TAS, date(2025, 11, 28), id="Devonport's show"),
        pytest.param(State.NSW, date(2026, 10, 5), id="Labour Day in New South Wales"),
        pytest.param(State.NSW, date(2027, 4, 26), id="Anzac Day on a Sunday"),
        pytest.param(State.ACT, date(2026, 4, 27), id="Anzac Day on a Saturday"),
        pytest.param(State.NSW, date(2026, 4, 3), id="Good Friday"),
        pytest.param(State.NSW, date(2026, 12, 28), id="Boxing Day on a Saturday"),
        pytest.param(State.NSW, date(2027, 12, 27), id="Christmas Day on a Saturday"),
        pytest.param(State.NSW, date(2027, 12, 28), id="Boxing Day on a Sunday"),
        pytest.param(State.QLD, date(2028, 1, 3), id="New Year's Day on a Saturday"),
    ],
)
def test_a_public_holiday_is_no_business_day(state: State, day: date):
    assert day.weekday() < 5
    assert not days_of(state).is_one(day)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        pytest.param(State.NSW, date(2026, 11, 3), id="Melbourne Cup elsewhere"),
        pytest.param(State.NSW, date(2026, 8, 3), id="the banks' holiday"),
        pytest.param(State.VIC, date(2026, 10, 5), id="another state's Labour Day"),
        pytest.param(State.SA, date(2026, 12, 24), id="an evening's holiday"),
    ],
)
def test_a_holiday_of_others_is_a_business_day(state: State, day: date):
    assert days_of(state).is_one(day)


def test_days_are_counted_over_a_long_weekend():
    """Sent on the Friday before Labour Day, 9 March 2026."""
    assert days_of(State.VIC).after(date(2026, 3, 6), 3) == date(2026, 3, 12)
    assert days_of(State.NSW).after(date(2026, 3, 6), 3) == date(2026, 3, 11)


def test_days_are_counted_over_christmas():
    """Christmas Day is a Friday, and Boxing Day's Monday is free."""
    assert days_of(State.NSW).after(date(2026, 12, 23), 3) == date(2026, 12, 30)


def test_what_happens_on_a_free_day_counts_as_happening_on_the_next_business_day():
    saturday, monday = date(2026, 11, 28), date(2026, 11, 30)

    assert days_of(State.NSW).after(saturday, 3) == days_of(State.NSW).after(monday, 3)


def test_without_a_state_no_business_day_is_known():
    with pytest.raises(ValueError, match="need a state"):
        BusinessDays(frozenset())
