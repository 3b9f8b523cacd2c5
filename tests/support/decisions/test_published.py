from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from support.decisions.eta import EtaBasis
from support.decisions.order_status import ParcelStanding, Place, method_of, stand
from support.decisions.published import NOTHING_PUBLISHED, Publications, Published, published_for
from support.facts import Evidence
from support.knowledge.library import Library
from support.places.localities import Remoteness
from support.places.regions import NO_REGIONS, Regions
from support.systems.orders.models import Order
from support.times import zone_of
from tests.orders import NOW, line_json, order, parcel_json
from tests.published import published_times

SYDNEY = ZoneInfo("Australia/Sydney")
STORE = {"id": "s1", "name": "Kmart Geelong", "address": "1 High St, Geelong VIC 3220"}


def to(suburb: str | None, state: str, postcode: str | None, method: str = "standard") -> Any:
    address = {"line1": "1 Test St", "suburb": suburb, "state": state, "postcode": postcode}
    return {"method": method, "address": {key: one for key, one in address.items() if one}}


def sent(at: datetime | None, **different: Any) -> dict[str, Any]:
    dispatched_at = at.isoformat() if at else None
    return parcel_json(promised_by=None, dispatched_at=dispatched_at, status_at=None, **different)


def of(
    whole: Order,
    now: datetime = NOW,
    regions: Regions = NO_REGIONS,
    knowledge: Library | None = None,
) -> Published:
    parcel = whole.parcels[0]
    publications = Publications(knowledge or published_times(), regions)
    return published_for(whole, parcel, method_of(whole, parcel), publications, now)


def standing(whole: Order, now: datetime = NOW) -> ParcelStanding:
    return stand(
        whole.parcels[0],
        Place(whole, Evidence("Kmart order system", now), now, zone_of(whole)),
        report=None,
        report_source="Australia Post",
        carrier_problem=None,
        published=of(whole, now),
    )


def range_of(published: Published) -> tuple[date | None, date]:
    assert published.eta is not None
    return published.eta.value.earliest, published.eta.value.day


def test_the_days_are_counted_from_the_day_it_was_sent():
    friday = datetime(2026, 11, 20, 15, tzinfo=SYDNEY)
    whole = order(sent(friday), delivery=to("Parramatta", "NSW", "2150"))

    assert range_of(of(whole)) == (date(2026, 11, 25), date(2026, 11, 27))


def test_the_day_it_was_sent_is_the_customers():
    """Half past midnight on Tuesday in Sydney is Monday evening in Perth."""
    at = datetime(2026, 12, 1, 0, 30, tzinfo=SYDNEY)
    perth = order(sent(at), delivery=to("Perth", "WA", "6000"))
    sydney = order(sent(at), delivery=to("Parramatta", "NSW", "2150"))

    assert range_of(of(perth, at))[0] == date(2026, 12, 3)
    assert range_of(of(sydney, at))[0] == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        pytest.param(datetime(2026, 11, 30, 23, tzinfo=SYDNEY), False, id="11 pm in Sydney"),
        pytest.param(datetime(2026, 12, 1, 1, tzinfo=SYDNEY), False, id="10 pm in Perth"),
        pytest.param(datetime(2026, 12, 1, 4, tzinfo=SYDNEY), True, id="1 am in Perth"),
    ],
)
def test_the_last_day_is_over_when_it_is_over_for_the_customer(now: datetime, *, overdue: bool):
    """Sent on Monday 23 November, so due by Monday 30 November."""
    at = datetime(2026, 11, 23, 15, tzinfo=SYDNEY)
    published = of(order(sent(at), delivery=to("Perth", "WA", "6000")), now)

    assert range_of(published)[1] == date(2026, 11, 30)
    assert published.eta is not None
    assert published.eta.value.overdue is overdue


def test_a_long_weekend_is_not_counted():
    """Sent on the Friday before Labour Day in New South Wales, when the clocks change too."""
    friday = datetime(2026, 10, 2, 16, tzinfo=SYDNEY)
    sydney = order(sent(friday), delivery=to("Parramatta", "NSW", "2150"))
    melbourne = order(sent(friday), delivery=to("Geelong", "VIC", "3220"))

    assert range_of(of(sydney, friday)) == (date(2026, 10, 8), date(2026, 10, 12))
    assert range_of(of(melbourne, friday)) == (date(2026, 10, 7), date(2026, 10, 9))


def test_christmas_is_not_counted():
    at = datetime(2026, 12, 23, 10, tzinfo=SYDNEY)
    whole = order(sent(at), delivery=to("Parramatta", "NSW", "2150"))

    assert range_of(of(whole, at)) == (date(2026, 12, 30), date(2027, 1, 4))


def test_an_ambiguous_postcode_gets_the_longer_time_and_says_so():
    at = datetime(2026, 11, 20, 15, tzinfo=SYDNEY)
    published = of(order(sent(at), delivery=to(None, "NSW", "2620")))

    assert range_of(published) == (date(2026, 12, 1), date(2026, 12, 4))
    assert published.delivery is not None
    assert published.delivery.value.regions == (Remoteness.METRO, Remoteness.REGIONAL)


def test_the_retailers_regions_come_first():
    at = datetime(2026, 11, 20, 15, tzinfo=SYDNEY)
    whole = order(sent(at), delivery=to("Dubbo", "NSW", "2830"))

    assert range_of(of(whole, regions={"2830": Remoteness.METRO}))[1] == date(2026, 11, 27)
    assert range_of(of(whole))[1] == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("delivery", "different"),
    [
        pytest.param(to("Neverwhere", "NSW", None), {}, id="unknown suburb"),
        pytest.param({"method": "standard"}, {}, id="no address"),
        pytest.param(to("Geelong", "VIC", "3220"), {"brand": "target"}, id="Target"),
        pytest.param(to("Geelong", "VIC", "3220"), {"brand": "other"}, id="unknown brand"),
        pytest.param(
            to("Geelong", "VIC", "3220"),
            {"lines": [line_json(seller={"id": "s", "name": "Lamps", "marketplace": True})]},
            id="Marketplace",
        ),
        pytest.param(
            {"method": "click_and_collect", "store": {"name": "Kmart"}}, {}, id="unknown store"
        ),
    ],
)
def test_nothing_is_published_for_others_or_for_unknown_places(
    delivery: Any, different: dict[str, Any]
):
    whole = order(sent(NOW), delivery=delivery, **different)

    assert of(whole) == NOTHING_PUBLISHED


def test_a_parcel_with_anything_of_a_seller_has_the_sellers_times():
    lines = [
        line_json(),
        line_json(id="2", seller={"id": "s", "name": "Lamps", "marketplace": True}),
    ]
    inside = [{"line_id": "1", "quantity": 1}, {"line_id": "2", "quantity": 1}]

    assert of(order(sent(NOW, items=inside), lines=lines)) == NOTHING_PUBLISHED
    assert of(order(sent(NOW), lines=lines)) != NOTHING_PUBLISHED


def test_express_has_no_published_time_and_so_no_date():
    published = of(order(sent(NOW), delivery=to("Geelong", "VIC", "3220", "express")))

    assert published.delivery is None
    assert published.eta is None


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(None, id="not on record"),
        pytest.param(datetime(2026, 12, 24, tzinfo=SYDNEY), id="in the future"),
    ],
)
def test_without_the_day_it_was_sent_there_is_a_time_but_no_date(at: datetime | None):
    published = of(order(sent(at)))

    assert published.delivery is not None
    assert published.eta is None


def test_the_day_it_became_shipped_stands_for_the_day_it_was_sent():
    since = "2026-11-20T15:00:00+11:00"
    whole = order(parcel_json(promised_by=None, dispatched_at=None, status_at=since))

    assert range_of(of(whole))[1] == date(2026, 11, 27)


@pytest.mark.parametrize(("placed", "overdue"), [("2026-11-18", False), ("2026-11-17", True)])
def test_sending_is_overdue_when_its_last_business_day_is_over(placed: str, *, overdue: bool):
    whole = order(sent(None, status="processing"), placed_at=f"{placed}T09:00:00+11:00")
    dispatch = of(whole).dispatch

    assert dispatch is not None
    assert dispatch.value.overdue is overdue


def test_before_it_is_sent_there_is_no_date():
    assert standing(order(sent(None, status="picking"))).eta is None


def test_a_parcel_on_its_way_gets_the_published_date():
    eta = standing(order(sent(NOW))).eta

    assert eta is not None
    assert eta.value.basis is EtaBasis.PUBLISHED
    assert eta.evidence.source == "Kmart delivery FAQ"


@pytest.mark.parametrize("status", ["out_for_delivery", "delivered", "processing", "cancelled"])
def test_published_times_say_nothing_where_the_day_is_not_open(status: str):
    assert standing(order(sent(NOW, status=status))).eta is None


def test_a_promise_comes_before_published_times():
    eta = standing(order(parcel_json())).eta

    assert eta is not None
    assert eta.value.basis is EtaBasis.PROMISE


def test_a_parcel_to_collect_is_ready_by_the_cut_off_until_it_is_packed():
    delivery = {"method": "click_and_collect", "store": STORE}
    placed = "2026-11-24T10:00:00+11:00"

    def eta_of(status: str) -> Any:
        parcel = sent(None, status=status, carrier=None, tracking_number=None)
        return standing(order(parcel, delivery=delivery, placed_at=placed)).eta

    picking = eta_of("picking")
    assert picking.value.day == date(2026, 11, 24)
    assert picking.value.basis is EtaBasis.PUBLISHED
    assert eta_of("shipped") is None
    assert eta_of("ready_to_collect") is None


@settings(deadline=None)  # the tables are read at first use
@given(
    at=some.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    place=some.sampled_from(
        [("Perth", "WA", "6000"), ("Dubbo", "NSW", "2830"), ("Broome", "WA", "6725")]
    ),
)
def test_a_range_begins_after_the_day_it_was_sent_and_ends_no_earlier(
    at: datetime, place: tuple[str, str, str]
):
    sent_at = at.replace(tzinfo=SYDNEY)
    whole = order(sent(sent_at), delivery=to(*place))
    first, last = range_of(of(whole, sent_at))

    assert first is not None
    assert sent_at.astimezone(zone_of(whole)).date() < first < last
