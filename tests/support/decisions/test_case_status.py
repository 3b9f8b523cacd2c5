from datetime import timedelta

import pytest

from support.decisions.case_status import all_settled, names_a_case, references_in, told
from support.ids import CaseReference, OrderNumber
from support.systems.cases.models import Case, CaseKind, CaseState
from tests.orders import NOW


def case(number: int, state: CaseState = CaseState.RECEIVED, *, days_old: int = 0) -> Case:
    return Case(
        reference=CaseReference(f"C{100_000 + number}"),
        kind=CaseKind.MISSING_PARCEL,
        order_number=OrderNumber("410200341"),
        state=state,
        opened_at=NOW - timedelta(days=days_old),
    )


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("whats happening with c100001", ("C100001",)),
        ("C100001 and M500001 please", ("C100001", "M500001")),
        ("CASE-000001", ("CASE-000001",)),
        ("my reference is 100001", ("100001",)),
        ("ticket number 500001 still open?", ("500001",)),
        ("any update on my case for order 410200341", ()),
        ("case 410200341", ()),
        ("JDQ019457101000930308", ()),
        ("call me on 0400000001", ()),
    ],
)
def test_references_are_found_in_the_words(text: str, references: tuple[str, ...]) -> None:
    assert references_in(text) == references


def test_open_ones_come_first_and_of_these_the_newest() -> None:
    settled = case(1, CaseState.RESOLVED)
    older, newer = case(2, days_old=5), case(3, days_old=2)

    assert told([settled, older, newer], ()).filed == (newer, older, settled)


def test_no_more_than_three_are_told_at_once() -> None:
    found = told([case(number, days_old=number) for number in range(5)], ())

    assert (len(found.filed), found.more) == (3, 2)


@pytest.mark.parametrize("written", ["C100002", "C-100002", "100002", "CASE 100002"])
def test_a_reference_picks_its_case_however_it_is_written(written: str) -> None:
    found = told([case(1), case(2)], (written,))

    assert found.filed == (case(2),)
    assert found.unknown == ()


@pytest.mark.parametrize("written", ["C999999", "M100001"])
def test_a_reference_of_another_order_is_said_to_be_unknown(written: str) -> None:
    found = told([case(1)], (written,))

    assert found.unknown == (written,)
    assert found.filed == (case(1),)


def test_all_is_settled_when_nobody_works_on_anything() -> None:
    assert all_settled([case(1, CaseState.RESOLVED)])
    assert not all_settled([case(1, CaseState.RESOLVED), case(2)])


@pytest.mark.parametrize("text", ["C100004", "M500001", "MKT-000012", "whats up with case-00001"])
def test_a_whole_reference_names_a_case(text: str) -> None:
    assert names_a_case(text)


@pytest.mark.parametrize("text", ["410200341", "500001", "M5", "CPA0194578"])
def test_other_numbers_name_none(text: str) -> None:
    assert not names_a_case(text)
