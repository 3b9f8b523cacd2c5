from datetime import datetime

import pytest

from support.decisions.order_status import ParcelStanding, Place, stand
from support.decisions.tracking import is_too_early_to_track, stands_still
from support.facts import Evidence
from support.ids import CarrierId, TrackingNumber
from support.knowledge.models import Span
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.times import zone_of
from tests.knowledge import business_days, hours
from tests.orders import NOW, hours_ago, order

WAIT = hours(48, least=24)


def scanned(*at: datetime) -> ParcelStanding:
    whole = order()
    report = TrackingReport(
        carrier=CarrierId("australia_post"),
        number=TrackingNumber("X"),
        status=CarrierStatus.IN_TRANSIT,
        looked_up_at=NOW,
        events=tuple(TrackingEvent(at=one, description="A scan") for one in at),
    )
    return stand(
        whole.parcels[0],
        Place(whole, Evidence("Kmart order system", NOW), NOW, zone_of(whole)),
        report=report,
        report_source="Australia Post",
        carrier_problem=None,
    )


@pytest.mark.parametrize(("age", "still"), [(47, False), (49, True)])
def test_tracking_stands_still_after_the_published_wait(age: int, *, still: bool) -> None:
    found = stands_still([scanned(hours_ago(age), hours_ago(200))], wait=WAIT, now=NOW)

    assert (found is not None) is still


def test_the_parcel_that_waits_longest_is_named() -> None:
    found = stands_still([scanned(hours_ago(60)), scanned(hours_ago(90))], wait=WAIT, now=NOW)

    assert found is not None
    assert found.events[0].at == hours_ago(90)


def test_a_parcel_without_scans_does_not_stand_still() -> None:
    assert stands_still([scanned()], wait=WAIT, now=NOW) is None


@pytest.mark.parametrize("wait", [None, business_days(1, 2)], ids=["none", "business days"])
def test_without_a_published_time_nothing_is_too_long(wait: Span | None) -> None:
    assert stands_still([scanned(hours_ago(900))], wait=wait, now=NOW) is None


@pytest.mark.parametrize(("age", "early"), [(47, True), (49, False)])
def test_tracking_need_not_work_right_after_the_parcel_was_sent(age: int, *, early: bool) -> None:
    assert is_too_early_to_track(hours_ago(age), wait=WAIT, now=NOW) is early


def test_what_is_not_known_is_never_called_too_early() -> None:
    assert not is_too_early_to_track(None, wait=WAIT, now=NOW)
    assert not is_too_early_to_track(hours_ago(1), wait=None, now=NOW)
