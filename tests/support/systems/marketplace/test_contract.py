"""What every Marketplace must do, whichever it is."""

import asyncio

import pytest

from support.ids import LineId, OrderNumber, TicketReference
from support.systems.errors import SystemRefused
from support.systems.marketplace.models import TicketReason, TicketRequest, TicketState
from tests.support.systems.marketplace.conftest import NUMBER, OTHER_SELLER, SELLER, Place

REQUEST = TicketRequest(
    order_number=NUMBER,
    seller_id=SELLER,
    line_ids=(LineId("1"),),
    reason=TicketReason.LATE,
    message="The customer says that the order is late.",
)


async def test_a_new_ticket_waits_for_the_seller(place: Place):
    ticket = await place.marketplace.open_ticket(REQUEST, idempotency_key="k1")
    assert (ticket.order_number, ticket.seller_id, ticket.seller_name) == (
        NUMBER,
        SELLER,
        "Toy Haven",
    )
    assert (ticket.state, ticket.is_open) == (TicketState.WAITING_FOR_SELLER, True)
    (told,) = await place.marketplace.tickets_of(NUMBER)
    assert (told.reference, told.state) == (ticket.reference, ticket.state)


@pytest.mark.parametrize("key", ["k1", "k2"])
async def test_one_subject_has_one_open_ticket_whatever_the_key(place: Place, key: str):
    first = await place.marketplace.open_ticket(REQUEST, idempotency_key="k1")
    again = REQUEST.model_copy(update={"message": "Still not here."})
    second = await place.marketplace.open_ticket(again, idempotency_key=key)
    assert second.reference == first.reference
    assert len(await place.marketplace.tickets_of(NUMBER)) == 1


async def test_two_at_the_same_moment_get_the_same_ticket(place: Place):
    opened = await asyncio.gather(
        *(place.marketplace.open_ticket(REQUEST, idempotency_key=str(one)) for one in range(4))
    )
    assert len({ticket.reference for ticket in opened}) == 1


async def test_another_reason_or_seller_is_another_ticket(place: Place):
    for change in ({}, {"reason": TicketReason.WRONG_ADDRESS}, {"seller_id": OTHER_SELLER}):
        request = REQUEST.model_copy(update=change)
        await place.marketplace.open_ticket(request, idempotency_key=str(change))
    tickets = await place.marketplace.tickets_of(NUMBER)
    assert sorted(ticket.seller_name for ticket in tickets) == [
        "Bright Lights",
        "Toy Haven",
        "Toy Haven",
    ]


async def test_the_sellers_answer_is_told(place: Place):
    ticket = await place.marketplace.open_ticket(REQUEST, idempotency_key="k1")
    await place.answer(ticket.reference)
    (told,) = await place.marketplace.tickets_of(NUMBER)
    assert (told.state, told.answer) == (TicketState.SELLER_ANSWERED, "It left today.")


async def test_a_ticket_is_taken_to_the_operator_once(place: Place):
    ticket = await place.marketplace.open_ticket(REQUEST, idempotency_key="k1")
    for key in ("e1", "e2"):
        escalated = await place.marketplace.escalate(ticket.reference, idempotency_key=key)
        assert escalated.state is TicketState.ESCALATED
    (told,) = await place.marketplace.tickets_of(NUMBER)
    assert told.state is TicketState.ESCALATED


async def test_after_a_ticket_was_closed_the_same_trouble_opens_a_new_one(place: Place):
    first = await place.marketplace.open_ticket(REQUEST, idempotency_key="k1")
    await place.close(first.reference)
    same = await place.marketplace.open_ticket(REQUEST, idempotency_key="k1")
    second = await place.marketplace.open_ticket(REQUEST, idempotency_key="k2")
    assert (same.reference, same.is_open) == (first.reference, False)
    assert second.reference != first.reference


async def test_an_order_without_tickets_has_none(place: Place):
    assert await place.marketplace.tickets_of(OrderNumber("410200399")) == ()


@pytest.mark.parametrize("reference", ["unknown", "00000000-0000-0000-0000-000000000000"])
async def test_an_unknown_ticket_cannot_be_escalated(place: Place, reference: str):
    with pytest.raises(SystemRefused):
        await place.marketplace.escalate(TicketReference(reference), idempotency_key="e")
