from typing import Any

import pytest

from support.decisions.missing_items import (
    NO_LINES,
    Problem,
    Report,
    Whereabouts,
    parcels_with,
    whereabouts,
)
from support.decisions.order_status import CarrierProblem
from support.ids import LineId
from support.systems.carriers.models import CarrierStatus
from support.systems.orders.models import Order
from tests.orders import hours_ago, line_json, order, parcel_json
from tests.support.decisions.standings import scanned, standings_of

KETTLE, MUG, CHAIR = (frozenset({LineId(one)}) for one in "123")


def with_parcels(*parcels: dict[str, Any], quantity: int = 1, **different: Any) -> Order:
    lines = [line_json(quantity=quantity), line_json(id="2", name="Mug")]
    return order(parcels=list(parcels), lines=lines, **different)


def where(whole: Order, problem: Problem | None = Problem.MISSING) -> Whereabouts:
    return whereabouts(whole.lines[0], whole, standings_of(whole), problem)


@pytest.mark.parametrize(
    ("parcel", "place"),
    [
        ({"status": "delivered"}, Whereabouts.ARRIVED),
        ({"status": "collected"}, Whereabouts.ARRIVED),
        ({"status": "beamed_up"}, Whereabouts.ARRIVED),
        ({"status": "shipped"}, Whereabouts.ON_ITS_WAY),
        ({"status": "processing"}, Whereabouts.ON_ITS_WAY),
        ({"status": "ready_to_collect"}, Whereabouts.ON_ITS_WAY),
        ({"status": "cancelled"}, Whereabouts.NOT_COMING),
        ({"status": "delivered", "items": []}, Whereabouts.ARRIVED),
        (
            {"status": "delivered", "items": [{"line_id": "2", "quantity": 1}]},
            Whereabouts.NOT_PACKED,
        ),
    ],
)
def test_where_a_line_is_follows_from_the_parcel_that_holds_it(
    parcel: dict[str, Any], place: Whereabouts
) -> None:
    assert where(with_parcels(parcel_json(**parcel))) is place


@pytest.mark.parametrize(
    ("carrier_problem", "problem", "place"),
    [
        (CarrierProblem.NOT_CONNECTED, Problem.DAMAGED, Whereabouts.ARRIVED),
        (CarrierProblem.NOT_CONNECTED, Problem.MISSING, Whereabouts.ON_ITS_WAY),
        (CarrierProblem.UNREACHABLE, Problem.DAMAGED, Whereabouts.ON_ITS_WAY),
    ],
)
def test_what_came_broken_is_there_where_the_carrier_cannot_be_asked(
    carrier_problem: CarrierProblem, problem: Problem, place: Whereabouts
) -> None:
    whole = with_parcels(parcel_json(status="shipped"))
    standings = standings_of(whole, problem=carrier_problem)

    assert whereabouts(whole.lines[0], whole, standings, problem) is place


@pytest.mark.parametrize(
    ("problem", "place"),
    [
        (Problem.MISSING, Whereabouts.ON_ITS_WAY),
        (None, Whereabouts.ON_ITS_WAY),
        (Problem.DAMAGED, Whereabouts.ARRIVED),
    ],
)
def test_of_a_line_in_two_parcels_the_missing_part_may_still_come(
    problem: Problem | None, place: Whereabouts
) -> None:
    whole = with_parcels(parcel_json(status="delivered"), parcel_json(id="P2"), quantity=2)

    assert where(whole, problem) is place


def test_the_part_of_a_line_that_is_not_packed_is_not_missing() -> None:
    whole = with_parcels(parcel_json(status="delivered"), quantity=2)

    assert where(whole) is Whereabouts.NOT_PACKED
    assert where(whole, Problem.DAMAGED) is Whereabouts.ARRIVED


def test_what_is_not_packed_of_a_cancelled_order_does_not_come() -> None:
    elsewhere = parcel_json(status="delivered", items=[{"line_id": "2", "quantity": 1}])
    whole = with_parcels(elsewhere, cancelled_at="2026-11-20T10:00:00+11:00")

    assert where(whole) is Whereabouts.NOT_COMING


def test_what_one_source_calls_delivered_has_arrived() -> None:
    delivered = parcel_json(status="delivered", delivered_at="2026-11-23T12:00:00+11:00")
    whole = with_parcels(delivered)
    later = scanned(hours_ago(1), status=CarrierStatus.OUT_FOR_DELIVERY)

    place = whereabouts(whole.lines[0], whole, standings_of(whole, report=later), Problem.MISSING)

    assert place is Whereabouts.ARRIVED


def test_the_parcels_of_a_report_are_those_that_came_with_its_items() -> None:
    whole = with_parcels(parcel_json(status="delivered"), parcel_json(id="P2"))

    assert [one.parcel.id for one in parcels_with(KETTLE, standings_of(whole))] == ["P1"]
    assert parcels_with(MUG, standings_of(whole)) == ()


def test_unsorted_lines_take_the_only_problem_that_was_told() -> None:
    assert Report(unsorted=KETTLE, problem=Problem.MISSING).settled().missing == KETTLE
    assert Report(damaged=MUG, unsorted=KETTLE).settled().damaged == MUG | KETTLE
    assert Report(missing=MUG, damaged=CHAIR, unsorted=KETTLE).settled().unsorted == KETTLE


def test_lines_are_added_once() -> None:
    report = Report(missing=KETTLE, problem=Problem.MISSING)

    assert report.about(KETTLE | MUG).missing == KETTLE | MUG


@pytest.mark.parametrize(
    ("correction", "replaces", "missing", "damaged"),
    [
        (Report(unsorted=MUG), False, NO_LINES, KETTLE | MUG),
        (Report(unsorted=MUG), True, NO_LINES, MUG),
        (Report(missing=MUG, problem=Problem.MISSING), False, MUG, KETTLE),
        (Report(missing=KETTLE, problem=Problem.MISSING), False, KETTLE, NO_LINES),
        (Report(problem=Problem.MISSING), False, KETTLE, NO_LINES),
    ],
)
def test_a_correction_adds_to_a_report_or_replaces_it(
    correction: Report, *, replaces: bool, missing: frozenset[LineId], damaged: frozenset[LineId]
) -> None:
    report = Report(damaged=KETTLE, problem=Problem.DAMAGED)

    corrected = report.corrected_by(correction, replaces=replaces)

    assert (corrected.missing, corrected.damaged) == (missing, damaged)
