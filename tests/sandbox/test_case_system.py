"""The sandbox's case system, asked through the assistant's own adapter."""

import httpx
import pytest

from support.ids import CaseReference, OrderNumber
from support.systems.cases.errors import CaseNotFound
from support.systems.cases.http import HttpCaseSystem
from support.systems.cases.interface import Withdrawing
from support.systems.cases.models import CaseKind, CaseRequest, CaseState
from tests.sandbox.conftest import CASE_KEY

REFUND = CaseRequest(kind=CaseKind.REFUND_REQUEST, order_number=OrderNumber("410200341"))


@pytest.fixture
def cases(client: httpx.AsyncClient) -> HttpCaseSystem:
    return HttpCaseSystem(client, "http://127.0.0.1:8800/case-system", CASE_KEY)


async def test_a_case_is_taken_back_once(cases: HttpCaseSystem):
    assert isinstance(cases, Withdrawing)
    case = await cases.open(REFUND, idempotency_key="1")
    closed = await cases.withdraw(case.reference, idempotency_key="2")
    again = await cases.withdraw(case.reference, idempotency_key="3")
    assert (closed.state, closed.outcome) == (CaseState.RESOLVED, "Taken back by the customer.")
    assert again == closed == await cases.case(case.reference)


async def test_what_does_not_exist_is_not_taken_back(cases: HttpCaseSystem):
    with pytest.raises(CaseNotFound):
        await cases.withdraw(CaseReference("C999999"), idempotency_key="1")
