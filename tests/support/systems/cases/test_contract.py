"""What every case system must do, whichever it is."""

import asyncio

import pytest

from support.ids import CaseReference, LineId, OrderNumber, ParcelId
from support.systems.cases.errors import CaseNotFound
from support.systems.cases.models import CaseKind, CaseRequest, CaseState
from tests.support.systems.cases.conftest import Desk

NUMBER = OrderNumber("410200341")
REQUEST = CaseRequest(
    kind=CaseKind.MISSING_ITEMS,
    order_number=NUMBER,
    parcel_id=ParcelId("P1"),
    line_ids=(LineId("1"), LineId("2")),
    urgent=True,
    details={"checked": "porch, neighbours"},
)
OTHER = REQUEST.model_copy(update={"kind": CaseKind.STUCK_PARCEL, "line_ids": ()})


async def test_a_new_case_is_received_and_tells_what_it_is_about(desk: Desk):
    case = await desk.system.open(REQUEST, idempotency_key="k1")
    assert (case.kind, case.order_number, case.parcel_id) == (REQUEST.kind, NUMBER, "P1")
    assert (case.line_ids, case.state, case.is_open) == (("1", "2"), CaseState.RECEIVED, True)
    assert [step.state for step in case.steps] == [CaseState.RECEIVED]
    assert await desk.system.case(case.reference) == case


@pytest.mark.parametrize("key", ["k1", "k2"])
async def test_one_subject_has_one_open_case_whatever_the_key(desk: Desk, key: str):
    first = await desk.system.open(REQUEST, idempotency_key="k1")
    again = REQUEST.model_copy(update={"details": {"said": "still not here"}})
    assert (await desk.system.open(again, idempotency_key=key)).reference == first.reference
    assert len(await desk.system.cases_of(NUMBER)) == 1


async def test_two_at_the_same_moment_get_the_same_case(desk: Desk):
    requests = [REQUEST.model_copy(update={"details": {"said": str(one)}}) for one in range(5)]
    opened = await asyncio.gather(
        *(desk.system.open(one, idempotency_key=one.details["said"]) for one in requests)
    )
    assert len({case.reference for case in opened}) == 1
    assert len(await desk.system.cases_of(NUMBER)) == 1


async def test_another_subject_is_another_case(desk: Desk):
    first = await desk.system.open(REQUEST, idempotency_key="k1")
    second = await desk.system.open(OTHER, idempotency_key="k2")
    assert first.reference != second.reference
    assert {case.kind for case in await desk.system.cases_of(NUMBER)} == {REQUEST.kind, OTHER.kind}


async def test_after_a_case_was_resolved_the_same_trouble_opens_a_new_one(desk: Desk):
    first = await desk.system.open(REQUEST, idempotency_key="k1")
    await desk.move(first.reference, CaseState.RESOLVED)
    second = await desk.system.open(REQUEST, idempotency_key="k2")
    assert second.reference != first.reference
    cases = await desk.system.cases_of(NUMBER)
    assert [case.reference for case in cases] == [second.reference, first.reference]


async def test_the_same_key_is_the_same_case_also_after_it_was_resolved(desk: Desk):
    first = await desk.system.open(REQUEST, idempotency_key="k1")
    await desk.move(first.reference, CaseState.RESOLVED)
    again = await desk.system.open(REQUEST, idempotency_key="k1")
    assert (again.reference, again.is_open) == (first.reference, False)


@pytest.mark.parametrize("state", [CaseState.WITH_CARRIER, CaseState.WITH_STORE])
async def test_it_is_told_how_far_a_case_is(desk: Desk, state: CaseState):
    opened = await desk.system.open(REQUEST, idempotency_key="k1")
    await desk.move(opened.reference, state)
    case = await desk.system.case(opened.reference)
    assert [step.state for step in case.steps] == [CaseState.RECEIVED, state]
    assert case.changed_at >= case.opened_at


async def test_another_orders_cases_are_not_told(desk: Desk):
    await desk.system.open(REQUEST, idempotency_key="k1")
    assert await desk.system.cases_of(OrderNumber("41020034")) == ()


@pytest.mark.parametrize(
    "reference",
    ["999999", "", "nothing", "../tickets", "1?x=2", "1/2", "\N{ARABIC-INDIC DIGIT ONE}"],
)
async def test_an_unknown_reference_is_no_case(desk: Desk, reference: str):
    await desk.system.open(REQUEST, idempotency_key="k1")
    with pytest.raises(CaseNotFound):
        await desk.system.case(CaseReference(reference))
