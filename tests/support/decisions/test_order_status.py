from datetime import date, datetime

import pytest

from support.decisions.disagreement import Reason
from support.decisions.eta import EtaBasis
from support.decisions.order_status import (
    CarrierProblem,
    ParcelStanding,
    Place,
    all_finished,
    method_of,
    stand,
    unpacked,
)
from support.decisions.parcel_states import ParcelState
from support.facts import Evidence
from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.orders.models import DeliveryMethod, ParcelStatus
from support.times import zone_of
from tests.orders import NOW, hours_ago, line_json, order, parcel_json

TOLD = Evidence("Kmart order system", NOW)


def standing(
    ours: str,
    theirs: CarrierStatus | None = None,
    *,
    ours_since: datetime | None = None,
    theirs_since: datetime | None = None,
    whole: dict[str, object] | None = None,
    **parcel: object,
) -> ParcelStanding:
    since = ours_since.isoformat() if ours_since else None
    parsed = order(parcel_json(status=ours, status_at=since, **parcel), **(whole or {}))
    return stand(
        parsed.parcels[0],
        Place(parsed, TOLD, NOW, zone_of(parsed)),
        report=report(theirs, theirs_since) if theirs else None,
        report_source="Australia Post",
        carrier_problem=None,
    )


def report(status: CarrierStatus, since: datetime | None) -> TrackingReport:
    event = TrackingEvent(at=since, description="A scan", status=status) if since else None
    return TrackingReport(
        carrier=CarrierId("australia_post"),
        number=TrackingNumber("JDQ019457101000930308"),
        status=status,
        looked_up_at=NOW,
        events=(event,) if event else (),
        deciding_event=event,
        estimated_delivery=date(2026, 11, 26),
    )


@pytest.mark.parametrize("status", ParcelStatus)
def test_without_a_carrier_the_order_system_decides(status: ParcelStatus) -> None:
    alone = standing(status.value, ours_since=hours_ago(2))

    assert alone.state.value.value == status.value
    assert alone.state.evidence == TOLD
    assert alone.since == hours_ago(2)
    assert alone.other is None


@pytest.mark.parametrize(
    ("theirs", "state"),
    [
        (CarrierStatus.IN_TRANSIT, ParcelState.SHIPPED),
        (CarrierStatus.PRE_TRANSIT, ParcelState.NOT_SCANNED_YET),
        (CarrierStatus.OUT_FOR_DELIVERY, ParcelState.OUT_FOR_DELIVERY),
        (CarrierStatus.DELAYED, ParcelState.DELAYED),
        (CarrierStatus.ATTEMPTED, ParcelState.ATTEMPTED),
        (CarrierStatus.READY_FOR_COLLECTION, ParcelState.AWAITING_COLLECTION),
        (CarrierStatus.HELD, ParcelState.HELD),
        (CarrierStatus.FAILED, ParcelState.FAILED),
        (CarrierStatus.PARTLY_DELIVERED, ParcelState.PARTLY_DELIVERED),
    ],
)
def test_the_carrier_refines_shipped_without_disagreeing(
    theirs: CarrierStatus, state: ParcelState
) -> None:
    refined = standing("shipped", theirs, ours_since=hours_ago(20), theirs_since=hours_ago(3))

    assert refined.state.value is state
    assert refined.state.evidence.source == "Australia Post"
    assert refined.other is None


@pytest.mark.parametrize(
    ("ours", "ours_age", "theirs", "theirs_age", "state", "other"),
    [
        pytest.param(
            "shipped", 20, CarrierStatus.DELIVERED, 3, "delivered", "shipped", id="newer delivery"
        ),
        pytest.param(
            "shipped", 1, CarrierStatus.DELIVERED, 3, "delivered", "shipped",
            id="a delivery is more exact than a newer 'shipped'",
        ),
        pytest.param(
            "delivered", 1, CarrierStatus.OUT_FOR_DELIVERY, 6, "delivered", "out_for_delivery",
            id="the carrier's older scan does not undo a delivery",
        ),
        pytest.param(
            "delivered", 6, CarrierStatus.OUT_FOR_DELIVERY, 1, "out_for_delivery", "delivered",
            id="the carrier still has what was called delivered",
        ),
        pytest.param(
            "processing", 20, CarrierStatus.IN_TRANSIT, 5, "shipped", "processing",
            id="scans prove dispatch",
        ),
        pytest.param(
            "out_for_delivery", 30, CarrierStatus.IN_TRANSIT, 2, "shipped", "out_for_delivery",
            id="back at the depot",
        ),
        pytest.param(
            "out_for_delivery", 2, CarrierStatus.IN_TRANSIT, 30, "out_for_delivery", "shipped",
            id="the carrier lags",
        ),
        pytest.param(
            "shipped", 20, CarrierStatus.RETURNED, 3, "returned", "shipped", id="going back"
        ),
        pytest.param(
            "cancelled", 2, CarrierStatus.IN_TRANSIT, 30, "cancelled", "shipped",
            id="cancelled after it moved",
        ),
        pytest.param(
            "processing", 12, CarrierStatus.DELIVERED, 30, "processing", "delivered",
            id="an older delivery of the same number does not deliver what is being packed",
        ),
        pytest.param(
            "delivered", 12, CarrierStatus.MIXED, 2, "split", "delivered",
            id="pieces that still move",
        ),
        pytest.param(
            "delivered", 12, CarrierStatus.UNKNOWN, 2, "delivered", "unclear",
            id="a newer note that nobody knows, after a delivery",
        ),
    ],
)  # fmt: skip
def test_where_they_disagree_the_newer_and_more_exact_wins_and_both_are_kept(
    ours: str, ours_age: int, theirs: CarrierStatus, theirs_age: int, state: str, other: str
) -> None:
    decided = standing(
        ours, theirs, ours_since=hours_ago(ours_age), theirs_since=hours_ago(theirs_age)
    )

    assert decided.state.value.value == state
    assert decided.other is not None
    assert decided.other.state.value.value == other
    assert decided.other.state.evidence != decided.state.evidence


def test_a_newer_note_that_nobody_knows_makes_the_standing_unclear() -> None:
    decided = standing(
        "shipped", CarrierStatus.UNKNOWN, ours_since=hours_ago(9), theirs_since=hours_ago(1)
    )

    assert decided.state.value is ParcelState.UNCLEAR
    assert decided.eta is None


def test_an_older_note_that_nobody_knows_decides_nothing() -> None:
    decided = standing(
        "shipped", CarrierStatus.UNKNOWN, ours_since=hours_ago(1), theirs_since=hours_ago(9)
    )

    assert decided.state.value is ParcelState.SHIPPED
    assert decided.other is None


@pytest.mark.parametrize(
    ("theirs", "age", "reason"),
    [(CarrierStatus.DELIVERED, 3, Reason.NEWER), (CarrierStatus.DELIVERED, 30, Reason.MORE_EXACT)],
    ids=["newer", "older but a carrier's last word"],
)
def test_why_one_source_is_believed_is_kept(
    theirs: CarrierStatus, age: int, reason: Reason
) -> None:
    decided = standing("shipped", theirs, ours_since=hours_ago(20), theirs_since=hours_ago(age))

    assert decided.state.value is ParcelState.DELIVERED
    assert decided.reason is reason


@pytest.mark.parametrize(
    "theirs", [CarrierStatus.IN_TRANSIT, CarrierStatus.DELIVERED, CarrierStatus.ATTEMPTED]
)
@pytest.mark.parametrize("ours", ["picking", "shipped", "ready_to_collect", "collected"])
def test_what_is_collected_stands_as_the_store_says(ours: str, theirs: CarrierStatus) -> None:
    delivery = {"method": "click_and_collect", "store": {"name": "Kmart Geelong"}}

    decided = standing(ours, theirs, theirs_since=hours_ago(1), whole={"delivery": delivery})

    assert decided.state.value.value == ours
    assert decided.other is None


def test_an_order_that_was_cancelled_is_not_promised_for_any_day() -> None:
    cancelled = {"cancelled_at": hours_ago(5).isoformat()}

    assert standing("processing", whole=cancelled).state.value is ParcelState.CANCELLED
    assert standing("shipped", whole=cancelled).eta is None


def test_a_time_in_the_future_is_not_told() -> None:
    assert standing("shipped", ours_since=hours_ago(-30)).since is None


@pytest.mark.parametrize(
    ("age", "state"), [(1, ParcelState.OUT_FOR_DELIVERY), (300, ParcelState.DELIVERED)]
)
def test_an_undated_end_yields_to_recent_scans_only(age: int, state: ParcelState) -> None:
    decided = standing("delivered", CarrierStatus.OUT_FOR_DELIVERY, theirs_since=hours_ago(age))

    assert decided.state.value is state


@pytest.mark.parametrize("theirs", [CarrierStatus.READY_FOR_COLLECTION, CarrierStatus.HELD])
def test_what_waits_has_no_day_to_arrive(theirs: CarrierStatus) -> None:
    decided = standing("shipped", theirs, ours_since=hours_ago(20), theirs_since=hours_ago(2))

    assert decided.eta is None


def test_an_unknown_word_of_the_order_system_yields_to_the_carrier() -> None:
    decided = standing("teleported", CarrierStatus.IN_TRANSIT, theirs_since=hours_ago(1))

    assert decided.state.value is ParcelState.SHIPPED


def test_the_promise_comes_before_the_carriers_estimate() -> None:
    eta = standing("shipped", CarrierStatus.IN_TRANSIT, theirs_since=hours_ago(1)).eta

    assert eta is not None
    assert (eta.value.day, eta.value.basis) == (date(2026, 11, 25), EtaBasis.PROMISE)
    assert eta.evidence == TOLD


def test_without_a_promise_the_carriers_estimate_is_told_as_the_carriers() -> None:
    eta = standing(
        "shipped", CarrierStatus.IN_TRANSIT, theirs_since=hours_ago(1), promised_by=None
    ).eta

    assert eta is not None
    assert (eta.value.day, eta.value.basis) == (date(2026, 11, 26), EtaBasis.CARRIER)
    assert eta.evidence.source == "Australia Post"


@pytest.mark.parametrize(("promised_by", "overdue"), [("2026-11-23", True), ("2026-11-24", False)])
def test_a_promise_is_overdue_when_its_day_is_over(promised_by: str, *, overdue: bool) -> None:
    eta = standing("shipped", promised_by=promised_by).eta

    assert eta is not None
    assert eta.value.overdue is overdue


@pytest.mark.parametrize("ours", ["delivered", "collected", "cancelled", "ready_to_collect"])
def test_what_is_there_has_no_date_to_come(ours: str) -> None:
    assert standing(ours).eta is None


def test_why_the_carrier_says_nothing_is_kept() -> None:
    parsed = order()
    silent = stand(
        parsed.parcels[0],
        Place(parsed, TOLD, NOW, zone_of(parsed)),
        report=None,
        report_source="Australia Post",
        carrier_problem=CarrierProblem.UNREACHABLE,
    )

    assert silent.carrier_problem is CarrierProblem.UNREACHABLE
    assert silent.state.value is ParcelState.SHIPPED


def test_everything_is_finished_only_when_no_parcel_is_still_out() -> None:
    delivered, shipped = standing("delivered"), standing("shipped")

    assert all_finished([delivered, standing("collected")])
    assert not all_finished([delivered, shipped])


def test_what_is_in_no_parcel_is_counted_by_line() -> None:
    lines = [line_json(quantity=3), line_json(id="2", name="Toaster")]

    left = unpacked(order(parcel_json(), lines=lines))

    assert [(one.line_id, one.quantity) for one in left] == [("1", 2), ("2", 1)]


def test_what_was_refunded_is_not_waited_for() -> None:
    lines = [line_json(), line_json(id="2", name="Toaster"), line_json(id="3", name="Lamp")]
    refunds = [{"amount": 20, "line_ids": ["2"]}]

    left = unpacked(order(parcel_json(), lines=lines, refunds=refunds))

    assert [one.line_id for one in left] == ["3"]


def test_parcels_that_do_not_say_what_they_hold_may_hold_everything() -> None:
    assert unpacked(order(parcel_json(items=[]))) == ()


@pytest.mark.parametrize(
    ("parcel", "method"),
    [
        pytest.param({"status": "ready_to_collect"}, DeliveryMethod.CLICK_AND_COLLECT, id="status"),
        pytest.param({"status": "shipped"}, DeliveryMethod.STANDARD, id="the order's"),
        pytest.param({"method": "express"}, DeliveryMethod.EXPRESS, id="its own"),
    ],
)
def test_a_parcel_may_travel_another_way_than_the_order(
    parcel: dict[str, str], method: DeliveryMethod
) -> None:
    mixed = order(parcel_json(**parcel))

    assert method_of(mixed, mixed.parcels[0]) is method


def test_a_parcel_with_a_carrier_in_a_click_and_collect_order_is_delivered() -> None:
    delivery = {
        "method": "click_and_collect",
        "address": {"suburb": "Geelong", "state": "VIC"},
        "store": {"name": "Kmart Geelong"},
    }
    mixed = order(parcel_json(), delivery=delivery)

    assert method_of(mixed, mixed.parcels[0]) is DeliveryMethod.STANDARD
