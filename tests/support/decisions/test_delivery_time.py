from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from support.decisions.delivery_time import Days, counted_from, delivery_time, region_time
from support.decisions.region import Destination
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Span, Unit
from support.places.localities import Remoteness
from support.places.states import State
from support.systems.orders.models import DeliveryMethod
from tests.knowledge import business_days, library
from tests.published import published_times

NSW = frozenset({State.NSW})
STANDARD, EXPRESS = DeliveryMethod.STANDARD, DeliveryMethod.EXPRESS
METRO, REGIONAL, REMOTE = Remoteness.METRO, Remoteness.REGIONAL, Remoteness.REMOTE


@pytest.mark.parametrize(
    ("region", "least", "most"), [(METRO, 3, 5), (REGIONAL, 7, 10), (REMOTE, 14, 20)]
)
def test_each_region_has_its_published_time(region: Remoteness, least: int, most: int):
    time = delivery_time(published_times(), STANDARD, Destination((region,), NSW))

    assert time is not None
    assert time.value.span == business_days(least, most)
    assert time.evidence.source == "Kmart delivery FAQ"


def test_where_the_region_is_ambiguous_the_longest_time_is_taken():
    time = delivery_time(published_times(), STANDARD, Destination((METRO, REGIONAL), NSW))

    assert time is not None
    assert time.value.span == business_days(7, 10)
    assert time.value.regions == (METRO, REGIONAL)


def test_business_days_are_longer_than_as_many_days():
    knowledge = library(
        {
            KnowledgeKey.STANDARD_METRO: business_days(3, 6),
            KnowledgeKey.STANDARD_REGIONAL: Span(least=4, most=8, unit=Unit.DAYS),
        }
    )
    time = delivery_time(knowledge, STANDARD, Destination((METRO, REGIONAL), NSW))

    assert time is not None
    assert time.value.span == business_days(3, 6)


def test_where_one_of_the_possible_regions_has_no_time_none_is_told():
    knowledge = published_times(KnowledgeKey.STANDARD_REGIONAL)

    assert delivery_time(knowledge, STANDARD, Destination((METRO, REGIONAL), NSW)) is None


@pytest.mark.parametrize("method", [EXPRESS, DeliveryMethod.UNKNOWN])
@pytest.mark.parametrize("region", Remoteness)
def test_ways_without_a_published_time_have_none(method: DeliveryMethod, region: Remoteness):
    assert region_time(published_times(), method, region) is None


def test_an_express_time_is_told_once_it_is_published():
    knowledge = library({KnowledgeKey.EXPRESS_METRO: business_days(1, 2)})

    assert delivery_time(knowledge, EXPRESS, Destination((METRO,), NSW)) is not None
    assert delivery_time(knowledge, EXPRESS, Destination((REGIONAL,), NSW)) is None


def test_a_span_is_counted_in_its_own_unit():
    friday = date(2026, 11, 27)

    assert counted_from(friday, business_days(1, 3), NSW) == Days(
        date(2026, 11, 30), date(2026, 12, 2)
    )
    assert counted_from(friday, Span(least=1, most=3, unit=Unit.DAYS), NSW) == Days(
        date(2026, 11, 28), date(2026, 11, 30)
    )


def test_hours_end_on_no_certain_day_and_business_days_need_a_state():
    hours = Span(least=0, most=48, unit=Unit.HOURS)

    assert counted_from(date(2026, 11, 27), hours, NSW) is None
    assert counted_from(date(2026, 11, 27), business_days(1, 3), frozenset()) is None


@settings(deadline=None)  # the tables are read at first use
@given(
    start=some.dates(date(2025, 1, 1), date(2031, 12, 31)),
    ends=some.tuples(some.integers(0, 25), some.integers(0, 25)).map(sorted),
    unit=some.sampled_from([Unit.DAYS, Unit.BUSINESS_DAYS]),
    states=some.frozensets(some.sampled_from(State), min_size=1),
)
def test_a_range_begins_no_later_than_it_ends_and_never_in_the_past(
    start: date, ends: list[int], unit: Unit, states: frozenset[State]
):
    days = counted_from(start, Span(least=ends[0], most=ends[1], unit=unit), states)

    assert days is not None
    assert start <= days.first <= days.last
    assert days.last >= start + timedelta(ends[1])
