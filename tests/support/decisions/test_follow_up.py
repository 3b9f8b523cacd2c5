from datetime import date, timedelta

import pytest

from support.decisions.eta import Eta, EtaBasis
from support.decisions.follow_up import Change, Subject, changes, is_over, merged, snapshot
from support.decisions.order_status import ParcelStanding
from support.decisions.parcel_states import ParcelState
from support.facts import Evidence, Fact
from support.ids import CaseReference, OrderNumber
from support.systems.cases.models import Case, CaseKind, CaseState
from support.systems.orders.models import Parcel
from tests.orders import NOW, line_json, order, parcel_json

SHOP = Evidence("Kmart order system", NOW)


def standing(
    state: ParcelState, *, due: date | None = None, overdue: bool = False
) -> ParcelStanding:
    eta = Fact(Eta(due, EtaBasis.PROMISE, overdue), SHOP) if due else None
    return ParcelStanding(Parcel.model_validate(parcel_json()), Fact(state, SHOP), NOW, eta)


def case(state: CaseState) -> Case:
    return Case(
        reference=CaseReference("C100001"),
        kind=CaseKind.MISSING_PARCEL,
        order_number=OrderNumber("410200341"),
        state=state,
        opened_at=NOW - timedelta(days=1),
    )


SHIPPED = snapshot([standing(ParcelState.SHIPPED, due=date(2026, 11, 25))], [])
WITH_CASE = snapshot([standing(ParcelState.DELIVERED)], [case(CaseState.RECEIVED)])


def test_nothing_has_changed_while_all_stands_as_it_stood() -> None:
    assert changes(SHIPPED, SHIPPED) == ()


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (
            snapshot([standing(ParcelState.OUT_FOR_DELIVERY, due=date(2026, 11, 25))], []),
            (Change(Subject.PARCEL, "P1"),),
        ),
        (
            snapshot([standing(ParcelState.SHIPPED, due=date(2026, 11, 27))], []),
            (Change(Subject.DUE, "P1"),),
        ),
        (
            snapshot([standing(ParcelState.SHIPPED, due=date(2026, 11, 25), overdue=True)], []),
            (Change(Subject.DUE, "P1"),),
        ),
        (snapshot([standing(ParcelState.UNCLEAR, due=date(2026, 11, 25))], []), ()),
        (snapshot([standing(ParcelState.SHIPPED)], []), ()),
    ],
    ids=["state", "date", "overdue", "a note that nobody can read", "a date that is gone"],
)
def test_states_and_dates_are_news_and_silence_is_none(
    now: dict[str, str], changed: tuple[Change, ...]
) -> None:
    assert changes(SHIPPED, now) == changed


def test_a_case_that_moved_is_news() -> None:
    now = snapshot([standing(ParcelState.DELIVERED)], [case(CaseState.PROOF_RECEIVED)])

    assert changes(WITH_CASE, now) == (Change(Subject.CASE, "C100001"),)


def test_a_case_that_the_customer_has_just_opened_is_none() -> None:
    without = snapshot([standing(ParcelState.DELIVERED)], [])

    assert changes(without, WITH_CASE) == ()


def test_a_parcel_that_was_not_there_is_news() -> None:
    assert changes({}, SHIPPED) == (Change(Subject.PARCEL, "P1"),)


def test_a_system_that_did_not_answer_makes_nothing_forgotten() -> None:
    seen = merged(WITH_CASE, snapshot([standing(ParcelState.DELIVERED)], []))

    assert seen == WITH_CASE


@pytest.mark.parametrize(
    ("state", "cases", "over"),
    [
        (ParcelState.DELIVERED, [], True),
        (ParcelState.RETURNED, [], True),
        (ParcelState.DELIVERED, [case(CaseState.RESOLVED)], True),
        (ParcelState.DELIVERED, [case(CaseState.WITH_CARRIER)], False),
        (ParcelState.OUT_FOR_DELIVERY, [], False),
    ],
)
def test_it_is_over_when_nothing_can_change_any_more(
    state: ParcelState,
    cases: list[Case],
    over: bool,  # noqa: FBT001 - a parameter
) -> None:
    assert is_over(order(), [standing(state)], cases) is over


def test_it_is_not_over_while_something_is_not_packed() -> None:
    two = order(lines=[line_json(), line_json(id="2", name="Toaster")])

    assert not is_over(two, [standing(ParcelState.DELIVERED)], [])


def test_an_order_that_was_cancelled_before_it_was_packed_is_over() -> None:
    cancelled = order(parcels=[], cancelled_at="2026-11-24T12:00:00+11:00")

    assert is_over(cancelled, [], [])
