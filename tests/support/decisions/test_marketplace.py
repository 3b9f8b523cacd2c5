from datetime import timedelta

import pytest

from support.decisions.marketplace import (
    NextStep,
    asks_about_returns,
    next_step,
    reason_of,
    ticket_to,
)
from support.ids import OrderNumber, SellerId, TicketReference
from support.systems.marketplace.models import Ticket, TicketReason, TicketState
from tests.orders import NOW


def ticket(state: TicketState = TicketState.WAITING_FOR_SELLER, **different: object) -> Ticket:
    return Ticket(
        reference=TicketReference("M500001"),
        order_number=OrderNumber("410200341"),
        seller_id=SellerId("toy-haven"),
        seller_name="Toy Haven",
        state=state,
        opened_at=NOW - timedelta(days=3),
    ).model_copy(update=different)


@pytest.mark.parametrize(
    ("known", "step"),
    [
        (None, NextStep.OPEN_TICKET),
        (ticket(), NextStep.WAIT_FOR_SELLER),
        (ticket(reply_due=NOW + timedelta(minutes=1)), NextStep.WAIT_FOR_SELLER),
        (ticket(reply_due=NOW), NextStep.WAIT_FOR_SELLER),
        (ticket(reply_due=NOW - timedelta(minutes=1)), NextStep.ESCALATE),
        (ticket(TicketState.SELLER_ANSWERED, reply_due=NOW - timedelta(1)), NextStep.READ_ANSWER),
        (ticket(TicketState.ESCALATED), NextStep.WAIT_FOR_OPERATOR),
        (ticket(TicketState.CLOSED), NextStep.OPEN_TICKET),
        (ticket(TicketState.UNKNOWN), NextStep.NOT_KNOWN),
    ],
)
def test_the_sellers_clock_decides_what_comes_next(known: Ticket | None, step: NextStep) -> None:
    assert next_step(known, NOW) is step


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("where is my order from the third party seller", TicketReason.WHERE_IS_IT),
        ("any update from the seller", TicketReason.WHERE_IS_IT),
        ("seller hasnt sent it, its late", TicketReason.LATE),
        ("Vendor has not dispatched yet", TicketReason.LATE),
        ("seller says delivered. nobody came", TicketReason.NOT_RECEIVED),
        ("my marketplace item never arrived", TicketReason.NOT_RECEIVED),
        ("broken on arrival from marketplace seller", TicketReason.MISSING_OR_DAMAGED),
        ("Seller sent a completely different product", TicketReason.MISSING_OR_DAMAGED),
        ("The seller put the wrong address on my parcel", TicketReason.WRONG_ADDRESS),
        ("seller wont answer my msgs", TicketReason.OTHER),
    ],
)
def test_the_reason_for_a_ticket_is_read_from_the_words(text: str, reason: TicketReason) -> None:
    assert reason_of(text) is reason


@pytest.mark.parametrize(
    ("text", "returns"),
    [
        ("how do returns work for marketplace sellers", True),
        ("can i return a marketplace item to a kmart store", True),
        ("the seller wont give me a return label", False),
        ("Sent it back to the seller a fortnight ago", False),
        ("where is it", False),
    ],
)
def test_how_returns_work_is_told_from_a_return_that_went_wrong(text: str, returns: bool) -> None:  # noqa: FBT001 - a parameter
    assert asks_about_returns(text) is returns


def test_the_newest_open_ticket_to_the_seller_is_the_one_that_matters() -> None:
    closed = ticket(TicketState.CLOSED, opened_at=NOW)
    elsewhere = ticket(seller_id=SellerId("lamp-land"), opened_at=NOW)
    older, newer = ticket(), ticket(opened_at=NOW - timedelta(days=1))

    assert ticket_to(SellerId("toy-haven"), [closed, elsewhere, older, newer]) == newer
    assert ticket_to(SellerId("toy-haven"), [elsewhere]) is None
