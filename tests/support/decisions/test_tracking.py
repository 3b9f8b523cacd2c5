from dataclasses import replace
from datetime import timedelta

import pytest

from support.decisions.order_status import CarrierProblem
from support.decisions.published import DispatchTime, Published
from support.decisions.tracking import Reason, Waits, Way, finding, is_too_early_to_track
from support.facts import Evidence, Fact
from support.systems.carriers.models import CarrierStatus
from tests.knowledge import business_days, hours
from tests.orders import NOW, hours_ago
from tests.support.decisions.standings import scanned, standing

WAITS = Waits(after_scan=hours(48, least=24), after_shipping=hours(48))
HOME = Way()

WAIT = hours(48, least=24)
TOLD = Evidence("Kmart delivery FAQ", NOW)


@pytest.mark.parametrize(("age", "overdue"), [(47, False), (49, True)])
def test_a_scan_is_too_old_after_the_longer_published_wait(age: int, *, overdue: bool) -> None:
    parcel = standing(report=scanned(hours_ago(age), hours_ago(200)))

    found = finding(parcel, HOME, WAITS, now=NOW)

    assert found is not None
    assert (found.reason, found.overdue) == (Reason.SCANNED, overdue)
    assert found.until == hours_ago(age) + timedelta(hours=48)


@pytest.mark.parametrize(
    "waits", [Waits(), Waits(after_scan=business_days(1, 2))], ids=["none", "business days"]
)
def test_where_no_hours_were_published_nothing_is_too_long(waits: Waits) -> None:
    parcel = standing(report=scanned(hours_ago(500)))

    found = finding(parcel, HOME, waits, now=NOW)

    assert found is not None
    assert (found.until, found.overdue) == (None, False)


def test_a_report_from_before_an_outage_is_not_held_against_today() -> None:
    old = scanned(hours_ago(60), looked_up_at=hours_ago(30), is_stale=True)

    found = finding(standing(report=old), HOME, WAITS, now=NOW)

    assert found is not None
    assert not found.overdue


def test_an_announcement_to_the_carrier_is_no_scan() -> None:
    report = scanned(hours_ago(1), status=CarrierStatus.PRE_TRANSIT)
    parcel = standing(report=report, dispatched_at=hours_ago(3).isoformat())

    found = finding(parcel, HOME, WAITS, now=NOW)

    assert found is not None
    assert (found.reason, found.since) == (Reason.NOT_SCANNED, hours_ago(3))


@pytest.mark.parametrize(("age", "overdue"), [(4, False), (49, True)])
def test_a_number_that_the_carrier_does_not_know_is_measured_from_the_dispatch(
    age: int, *, overdue: bool
) -> None:
    parcel = standing(problem=CarrierProblem.NOT_FOUND, dispatched_at=hours_ago(age).isoformat())

    found = finding(parcel, HOME, WAITS, now=NOW)

    assert found is not None
    assert (found.reason, found.overdue) == (Reason.NOT_RECOGNISED, overdue)


def test_without_the_time_of_dispatch_no_wait_is_measured() -> None:
    parcel = standing(dispatched_at=None, status_at=None)

    found = finding(parcel, HOME, WAITS, now=NOW)

    assert found is not None
    assert (found.reason, found.since, found.overdue) == (Reason.NOT_SCANNED, None, False)


@pytest.mark.parametrize("problem", [CarrierProblem.UNREACHABLE, CarrierProblem.NOT_CONNECTED])
def test_what_cannot_be_seen_is_not_judged(problem: CarrierProblem) -> None:
    found = finding(standing(problem=problem), HOME, WAITS, now=NOW)

    assert found is not None
    assert (found.reason, found.overdue) == (Reason.OUT_OF_SIGHT, False)


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        (HOME, Reason.NOT_SENT),
        (Way(sold_by_marketplace=True), Reason.SELLER_HAS_NOT_SENT),
        (Way(collected_in_store=True), Reason.TO_COLLECT),
    ],
)
def test_before_dispatch_the_reason_is_the_seller_and_the_method(way: Way, reason: Reason) -> None:
    parcel = standing(status="processing", dispatched_at=None)

    found = finding(parcel, way, WAITS, now=NOW)

    assert found is not None
    assert (found.reason, found.overdue) == (reason, False)


@pytest.mark.parametrize("overdue", [True, False])
def test_an_order_is_overdue_for_dispatch_after_the_published_time(*, overdue: bool) -> None:
    published = Published(dispatch=Fact(DispatchTime(business_days(0, 4), overdue), TOLD))
    parcel = replace(standing(status="processing", dispatched_at=None), published=published)

    found = finding(parcel, HOME, WAITS, now=NOW)

    assert found is not None
    assert found.overdue is overdue


def test_kmarts_time_for_dispatch_does_not_bind_a_marketplace_seller() -> None:
    way = Way(sold_by_marketplace=True)
    parcel = standing(status="processing", dispatched_at=None)

    found = finding(parcel, way, WAITS, now=NOW)

    assert found is not None
    assert not found.overdue


@pytest.mark.parametrize("way", [HOME, Way(sold_by_marketplace=True)])
def test_a_promised_day_that_passed_is_overdue_whoever_sends_it(way: Way) -> None:
    parcel = standing(status="picking", dispatched_at=None, promised_by="2026-11-23")

    found = finding(parcel, way, WAITS, now=NOW)

    assert found is not None
    assert found.overdue


@pytest.mark.parametrize("status", ["delivered", "collected", "cancelled", "ready_to_collect"])
def test_what_is_not_on_its_way_has_nothing_to_follow(status: str) -> None:
    assert finding(standing(status=status), HOME, WAITS, now=NOW) is None


@pytest.mark.parametrize(("age", "early"), [(47, True), (49, False)])
def test_tracking_need_not_work_right_after_the_parcel_was_sent(age: int, *, early: bool) -> None:
    assert is_too_early_to_track(hours_ago(age), wait=WAIT, now=NOW) is early


def test_what_is_not_known_is_never_called_too_early() -> None:
    assert not is_too_early_to_track(None, wait=WAIT, now=NOW)
    assert not is_too_early_to_track(hours_ago(1), wait=None, now=NOW)
