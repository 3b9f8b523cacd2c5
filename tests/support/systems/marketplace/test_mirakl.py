"""What is special about a Marketplace on Mirakl: what is published, and what its threads lack."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from support.ids import LineId, OrderNumber, TicketReference
from support.systems.answers import value_as
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemRateLimited,
    SystemRefused,
    SystemUnreachable,
)
from support.systems.marketplace.mirakl.adapter import MiraklMarketplace
from support.systems.marketplace.mirakl.api import MiraklApi
from support.systems.marketplace.mirakl.models import Orders, Posted, Shipments, Thread, Threads
from support.systems.marketplace.mirakl.threads import message_to_operator, thread_input
from support.systems.marketplace.models import TicketReason, TicketRequest, TicketState
from tests.fakes.mirakl import KEY, Json, published
from tests.fakes.prism import prism
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
    reason=TicketReason.LATE,
    message="The customer says that the order is late.",
)


@pytest.fixture(scope="session")
def mock(description: Path) -> Iterator[str]:
    """Mirakl's description as Prism plays it, with the examples that are published in it."""
    with prism(description) as address:
        yield address


@pytest.fixture
async def played(mock: str) -> AsyncIterator[MiraklApi]:
    async with httpx.AsyncClient() as client:
        yield MiraklApi(client, mock, KEY)


@pytest.mark.parametrize("role", ["front", "operator"])
@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("OR11.200", Orders),
        ("ST11.200", Shipments),
        ("M10.200", Thread),
        ("M11.200", Threads),
        ("M12.201", Posted),
        ("OR43.201", Posted),
    ],
)
def test_every_published_body_can_be_read(role: str, operation: str, kind: type):
    assert value_as(kind, published(f"{role}.{operation}"), system="marketplace")


async def test_the_published_orders_are_read_over_http(played: MiraklApi):
    (order,) = await played.orders(OrderNumber("Order_00010"))
    assert (order.order_id, order.shop_id, order.shop_name) == ("Order_00010-A", 2000, "ACME SHOP")
    assert await played.orders(OrderNumber("Order_00011")) == ()


async def test_the_published_shipments_are_read_over_http(played: MiraklApi):
    (shipment,) = await played.shipments(["ORDER_01-A"])
    assert shipment.tracking
    assert shipment.tracking.tracking_number == "1315A26"


async def test_the_published_threads_are_read_over_http(played: MiraklApi):
    thread = await played.thread("702c3e56-dcca-41e2-b6bd-72ba3fa809be")
    assert thread
    assert [one.sender.type for one in thread.messages] == ["CUSTOMER_USER", "SHOP_USER"]


@pytest.mark.parametrize("reasons", [{}, {TicketReason.LATE: "26"}])
async def test_what_opens_a_thread_keeps_to_the_description(
    mock: str, reasons: dict[TicketReason, str]
):
    draft = thread_input(REQUEST, "k1", reasons)
    assert draft["topic"]["value"] == (reasons.get(TicketReason.LATE) or "The order is late")
    assert await _taken(mock, "OR43", draft)


async def test_what_goes_to_the_operator_keeps_to_the_description(mock: str):
    assert await _taken(mock, "M12", message_to_operator())


@pytest.mark.parametrize(
    ("operation", "wrong"),
    [
        ("OR43", {"body": "Hello", "to": ["SHOP"]}),
        ("OR43", {"body": "?", "to": ["SHOP"], "topic": {"type": "FREE_TEXT", "value": "Late"}}),
        ("M12", {"body": "Hello", "to": ["OPERATOR"]}),
    ],
)
async def test_prism_refuses_what_does_not_keep_to_it(mock: str, operation: str, wrong: Json):
    assert not await _taken(mock, operation, wrong)


async def test_prism_finds_what_is_wrong_with_a_request(checked: CheckedMirakl):
    async with httpx.AsyncClient() as client:
        api = MiraklApi(client, checked.address, KEY)
        answer = await client.get(f"{api.url}/api/orders", params={"limit": "many"})
    assert "request" in answer.headers["sl-violations"]


async def test_a_thread_that_was_opened_although_no_answer_came_is_found(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient
):
    checked.mirakl.lose_answers = 1
    marketplace = mirakl_marketplace(checked.address, checking_client)
    ticket = await marketplace.open_ticket(REQUEST, idempotency_key="k1")
    assert [one["id"] for one in checked.mirakl.threads] == [ticket.reference]


async def test_what_the_seller_reads_is_the_message_its_items_and_a_reference(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient
):
    marketplace = mirakl_marketplace(checked.address, checking_client)
    await marketplace.open_ticket(REQUEST, idempotency_key="k1")
    (message,) = checked.mirakl.threads[0]["messages"]
    told, items, reference = message["body"].splitlines()
    assert (told, items) == (REQUEST.message, "Items: 1")
    assert reference.startswith("Reference: ")


async def test_other_peoples_threads_are_no_tickets_even_if_a_shop_quotes_ours(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient
):
    marketplace = mirakl_marketplace(checked.address, checking_client)
    await marketplace.open_ticket(REQUEST, idempotency_key="k1")
    thread = checked.mirakl.threads[0]
    thread["messages"][0]["from"]["type"] = "SHOP_USER"
    assert await marketplace.tickets_of(NUMBER) == ()
    with pytest.raises(SystemRefused):
        await marketplace.escalate(TicketReference(thread["id"]), idempotency_key="e")


async def test_a_thread_that_the_operator_may_not_join_is_not_escalated(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient
):
    checked.mirakl.operator_may_join = False
    marketplace = mirakl_marketplace(checked.address, checking_client)
    ticket = await marketplace.open_ticket(REQUEST, idempotency_key="k1")
    with pytest.raises(SystemRefused):
        await marketplace.escalate(ticket.reference, idempotency_key="e")


@pytest.mark.parametrize(
    ("sender", "state"),
    [
        ("CUSTOMER_USER", TicketState.WAITING_FOR_SELLER),
        ("SHOP_USER", TicketState.SELLER_ANSWERED),
        ("OPERATOR_USER", TicketState.ESCALATED),
        ("ROBOT_USER", TicketState.UNKNOWN),
    ],
)
async def test_whose_turn_it_is_follows_from_who_wrote_last(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient, sender: str, state: TicketState
):
    marketplace = mirakl_marketplace(checked.address, checking_client)
    ticket = await marketplace.open_ticket(REQUEST, idempotency_key="k1")
    checked.mirakl.write(ticket.reference, sender, "Hello.")
    (told,) = await marketplace.tickets_of(NUMBER)
    assert told.state is state


async def test_an_incident_on_the_order_is_with_the_operator(
    checked: CheckedMirakl, checking_client: httpx.AsyncClient
):
    marketplace = mirakl_marketplace(checked.address, checking_client)
    await marketplace.open_ticket(REQUEST, idempotency_key="k1")
    checked.mirakl.orders[0]["order_lines"][0]["order_line_state"] = "INCIDENT_OPEN"
    (told,) = await marketplace.tickets_of(NUMBER)
    assert told.state is TicketState.ESCALATED


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (httpx.Response(401, json={"status": 401}), SystemRefused),
        (httpx.Response(404), SystemRefused),
        (httpx.Response(500), SystemRefused),
        (httpx.Response(429, headers={"retry-after": "7"}), SystemRateLimited),
        (httpx.Response(200, text="<html>"), SystemAnswerMalformed),
        (httpx.Response(200, json={"orders": {}}), SystemAnswerMalformed),
        (httpx.Response(200, json={"orders": [{"shop_id": "x"}]}), SystemAnswerMalformed),
        (httpx.ConnectError("refused"), SystemUnreachable),
    ],
)
async def test_every_failure_is_one_of_ours(
    answer: httpx.Response | Exception, failure: type[SystemFailure]
):
    def give(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    async with httpx.AsyncClient(transport=httpx.MockTransport(give)) as client:
        marketplace = MiraklMarketplace(MiraklApi(client, "https://mirakl.test", KEY))
        with pytest.raises(failure) as caught:
            await marketplace.open_ticket(REQUEST, idempotency_key="k1")
    assert caught.value.system == "marketplace"
    assert KEY not in repr(marketplace)


async def _taken(mock: str, operation: str, body: Json) -> bool:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{mock}/parts/{operation}", json=body)
    assert answer.status_code in (204, 422)
    return answer.status_code == 204
