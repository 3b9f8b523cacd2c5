"""What becomes of a ticket that goes to the operator where the operator works with incidents."""

import asyncio

import httpx
import pytest

from support.ids import LineId
from support.systems.errors import SystemAnswerMalformed
from support.systems.marketplace.mirakl.adapter import MiraklMarketplace
from support.systems.marketplace.mirakl.api import MiraklApi
from support.systems.marketplace.models import Ticket, TicketReason, TicketRequest, TicketState
from tests.fakes.mirakl import KEY
from tests.support.systems.marketplace.conftest import (
    NUMBER,
    SELLER,
    CheckedMirakl,
    mirakl_marketplace,
)

REQUEST = TicketRequest(
    order_number=NUMBER,
    seller_id=SELLER,
    line_ids=(LineId("1"),),
    reason=TicketReason.NOT_RECEIVED,
    message="The customer says that the order did not arrive.",
)
CODES = {TicketReason.NOT_RECEIVED: "1"}
OPENED = [(f"{NUMBER}-A", "Order_00010-A-1", "1")]


@pytest.fixture
def marketplace(checked: CheckedMirakl, checking_client: httpx.AsyncClient) -> MiraklMarketplace:
    return mirakl_marketplace(checked.address, checking_client, incidents=CODES)


async def escalated(
    marketplace: MiraklMarketplace, request: TicketRequest = REQUEST, *, times: int = 1
) -> Ticket:
    ticket = await marketplace.open_ticket(request, idempotency_key="k1")
    for time in range(times):
        ticket = await marketplace.escalate(ticket.reference, idempotency_key=f"e{time}")
    return ticket


def written_to_operator(checked: CheckedMirakl) -> int:
    messages = checked.mirakl.threads[0]["messages"]
    return sum(to["type"] == "OPERATOR" for message in messages for to in message["to"])


async def test_a_ticket_that_goes_to_the_operator_opens_an_incident(
    checked: CheckedMirakl, marketplace: MiraklMarketplace
) -> None:
    ticket = await escalated(marketplace)

    assert checked.mirakl.incidents == OPENED
    assert written_to_operator(checked) == 1
    assert ticket.state is TicketState.ESCALATED


async def test_escalating_twice_opens_one_incident(
    checked: CheckedMirakl, marketplace: MiraklMarketplace
) -> None:
    await escalated(marketplace, times=2)

    assert checked.mirakl.incidents == OPENED
    assert written_to_operator(checked) == 1


async def test_escalating_twice_at_the_same_time_opens_one_incident(
    checked: CheckedMirakl, marketplace: MiraklMarketplace
) -> None:
    ticket = await marketplace.open_ticket(REQUEST, idempotency_key="k1")

    await asyncio.gather(
        *(marketplace.escalate(ticket.reference, idempotency_key=str(one)) for one in range(3))
    )

    assert checked.mirakl.incidents == OPENED
    assert written_to_operator(checked) == 1


async def test_without_a_code_for_the_reason_only_the_operator_is_written_to(
    checked: CheckedMirakl, marketplace: MiraklMarketplace
) -> None:
    await escalated(marketplace, REQUEST.model_copy(update={"reason": TicketReason.LATE}))

    assert checked.mirakl.incidents == []
    assert written_to_operator(checked) == 1


async def test_the_reason_of_a_thread_with_a_code_is_known(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient
) -> None:
    codes = {TicketReason.NOT_RECEIVED: "26"}
    await escalated(
        mirakl_marketplace(checked.address, checking_client, reasons=codes, incidents=CODES)
    )

    assert checked.mirakl.incidents == OPENED


async def test_a_line_on_which_none_may_be_opened_is_left_alone(
    checked: CheckedMirakl, marketplace: MiraklMarketplace
) -> None:
    checked.mirakl.orders[0]["order_lines"][0]["can_open_incident"] = False

    await escalated(marketplace)

    assert checked.mirakl.incidents == []
    assert written_to_operator(checked) == 1


async def test_a_ticket_about_other_items_than_the_seller_has_opens_none(
    checked: CheckedMirakl, marketplace: MiraklMarketplace
) -> None:
    await escalated(
        marketplace, REQUEST.model_copy(update={"line_ids": (LineId("1"), LineId("2"))})
    )

    assert checked.mirakl.incidents == []
    assert written_to_operator(checked) == 1


@pytest.mark.parametrize("status", [403, 503])
async def test_an_incident_that_fails_does_not_keep_the_operator_from_being_written_to(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient, status: int
) -> None:
    del checking_client
    checked.mirakl.incident_status = status
    async with httpx.AsyncClient() as client:
        ticket = await escalated(
            MiraklMarketplace(MiraklApi(client, checked.address, KEY), incidents=CODES)
        )

    assert ticket.state is TicketState.ESCALATED
    assert written_to_operator(checked) == 1


async def test_an_incident_that_was_opened_although_no_answer_came_is_not_opened_again(
    checked: CheckedMirakl, marketplace: MiraklMarketplace
) -> None:
    checked.mirakl.incident_status = 500
    checked.mirakl.operator_may_join = False

    ticket = await escalated(marketplace, times=2)

    assert ticket.state is TicketState.ESCALATED
    assert checked.mirakl.incidents == OPENED


async def test_an_incident_is_enough_where_the_operator_may_not_join_the_thread(
    checked: CheckedMirakl, marketplace: MiraklMarketplace
) -> None:
    checked.mirakl.operator_may_join = False

    ticket = await escalated(marketplace)

    assert ticket.state is TicketState.ESCALATED
    assert checked.mirakl.incidents == OPENED


async def test_the_body_is_held_against_what_is_published(
    checked: CheckedMirakl,
) -> None:
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {KEY}"}) as client:
        path = f"{checked.address}/api/orders/{NUMBER}-A/lines/1/open_incident"
        answer = await client.put(path, json={"reason": "1"})

    assert "reason_code" in answer.headers["sl-violations"]


async def test_no_incident_is_opened_with_strange_ids() -> None:
    async with httpx.AsyncClient() as client:
        api = MiraklApi(client, "http://127.0.0.1:1", KEY)
        with pytest.raises(SystemAnswerMalformed):
            await api.open_incident("../x", "1", "1")
