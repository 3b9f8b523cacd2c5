from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from support.decisions.collection_time import CollectionTime, collection_time
from support.knowledge.keys import KnowledgeKey
from support.places.states import State
from support.times import zone_of_state
from tests.published import published_times

MELBOURNE = ZoneInfo("Australia/Melbourne")


def told(
    ordered: datetime, now: datetime | None = None, state: State = State.VIC
) -> CollectionTime | None:
    fact = collection_time(
        ordered,
        knowledge=published_times(),
        states=frozenset({state}),
        zone=zone_of_state(state),
        now=now or ordered,
    )
    return fact.value if fact else None


def melbourne(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of November 2026, the 24th of which is a Tuesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=MELBOURNE)


def test_before_the_cut_off_it_is_ready_the_same_day_from_a_certain_time_on():
    assert told(melbourne(24, 11, 59)) == CollectionTime(
        date(2026, 11, 24), time(16), begun=False, overdue=False
    )


def test_from_the_cut_off_on_it_is_ready_the_next_day_at_no_certain_time():
    assert told(melbourne(24, 12)) == CollectionTime(
        date(2026, 11, 25), None, begun=False, overdue=False
    )


def test_the_clock_is_the_stores():
    """Half past one in Melbourne is half past ten in Perth."""
    found = told(melbourne(24, 13, 30), state=State.WA)

    assert found is not None
    assert found.day == date(2026, 11, 24)
    assert found.ready_from == time(16)


@pytest.mark.parametrize(
    ("now", "begun", "overdue"),
    [
        (melbourne(24, 15, 59), False, False),
        (melbourne(24, 16), True, False),
        (melbourne(24, 23, 59), True, False),
        (melbourne(25, 0), True, True),
    ],
)
def test_it_is_overdue_when_the_day_is_over(now: datetime, *, begun: bool, overdue: bool):
    found = told(melbourne(24, 9), now)

    assert found is not None
    assert (found.begun, found.overdue) == (begun, overdue)


@pytest.mark.parametrize(
    ("ordered", "day"),
    [
        pytest.param(
            datetime(2026, 12, 24, 15, tzinfo=MELBOURNE), date(2026, 12, 27),
            id="Christmas and Boxing Day are passed over, a Sunday is not",
        ),
        pytest.param(
            datetime(2026, 12, 25, 9, tzinfo=MELBOURNE), date(2026, 12, 27),
            id="ordered on Christmas morning",
        ),
    ],
)  # fmt: skip
def test_a_public_holiday_is_passed_over(ordered: datetime, day: date):
    found = told(ordered)

    assert found is not None
    assert (found.day, found.ready_from) == (day, None)


def test_the_cut_off_is_noon_also_on_the_day_the_clocks_change():
    before, after = (datetime(2026, 10, 4, hour, 30, tzinfo=MELBOURNE) for hour in (11, 12))
    in_time, late = told(before), told(after)

    assert in_time is not None
    assert late is not None
    assert (in_time.day, late.day) == (date(2026, 10, 4), date(2026, 10, 5))


@pytest.mark.parametrize("key", [KnowledgeKey.COLLECT_CUT_OFF, KnowledgeKey.COLLECT_READY_FROM])
def test_without_published_times_nothing_is_said(key: KnowledgeKey):
    ordered = melbourne(24, 9)

    assert (
        collection_time(
            ordered,
            knowledge=published_times(key),
            states=frozenset({State.VIC}),
            zone=MELBOURNE,
            now=ordered,
        )
        is None
    )


def test_an_order_from_the_future_is_wrong_and_nothing_is_said():
    assert told(melbourne(24, 9), now=melbourne(24, 8)) is None


@settings(deadline=None)  # the tables are read at first use
@given(
    ordered=some.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31)),  # noqa: DTZ001
    state=some.sampled_from(State),
)
def test_it_is_never_ready_before_it_is_ordered(ordered: datetime, state: State):
    at = ordered.replace(tzinfo=zone_of_state(state))
    found = told(at, state=state)

    assert found is not None
    assert found.day >= ordered.date()
    assert not found.begun
    assert not found.overdue
