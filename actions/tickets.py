"""Tickets to Marketplace sellers: opening them, and telling how they stand."""

from collections.abc import Iterable
from typing import Final

from actions.allowed import check_allowed
from actions.formatting import Spoken
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.identity import Deed
from support.facts import Evidence, Fact
from support.ids import LineId, SellerId
from support.systems.marketplace.models import Ticket, TicketReason, TicketRequest, TicketState
from support.systems.orders.models import Seller

SOURCE: Final = "Kmart Marketplace"

DEEDS: Final = {TicketReason.WRONG_ADDRESS: Deed.REDIRECT}
"""What a ticket is where it is more than a question: it may make the seller send it elsewhere."""

STATE_KEYS: Final = {
    TicketState.WAITING_FOR_SELLER: ResponseKey.TICKET_WAITING_FOR_SELLER,
    TicketState.SELLER_ANSWERED: ResponseKey.TICKET_SELLER_ANSWERED,
    TicketState.ESCALATED: ResponseKey.TICKET_ESCALATED,
    TicketState.CLOSED: ResponseKey.TICKET_CLOSED,
    TicketState.UNKNOWN: ResponseKey.TICKET_STATE_UNKNOWN,
}


async def open_ticket(  # noqa: PLR0913 - what narrows a ticket down is optional
    turn: Turn,
    services: Services,
    view: OrderView,
    seller: Seller,
    *,
    reason: TicketReason,
    message: str | None = None,
    line_ids: tuple[LineId, ...] = (),
) -> Ticket:
    """Open a ticket to a seller about what they sent; the same one again opens no second.

    It is about all that the seller sold unless `line_ids` names less. `message` is for the seller,
    by default what the customer says in this turn.

    Raises `NotAllowed` where the customer has not shown enough for that, and a `SystemFailure`:
    nothing may be said to have been opened then.
    """
    await check_allowed(turn, services, view.order.number, DEEDS.get(reason, Deed.OPEN_TICKET))
    sold = tuple(line.id for line in view.order.lines if line.seller.id == seller.id)
    request = TicketRequest(
        order_number=view.order.number,
        seller_id=SellerId(seller.id),
        line_ids=line_ids or sold,
        reason=reason,
        message=message or turn.text,
    )
    key = ":".join((turn.conversation_id, turn.message_id, *request.subject))
    return await services.marketplace.open_ticket(request, idempotency_key=key)


def ticket_says(ticket: Ticket, services: Services, spoken: Spoken) -> Iterable[Say]:
    """Say under which reference the seller was asked, and how it stands."""
    told = Evidence(SOURCE, services.now())
    facts = {
        "reference": Fact(str(ticket.reference), told),
        "seller": Fact(ticket.seller_name, told),
        "opened": Fact(spoken.time(ticket.opened_at), told),
    }
    yield Say(ResponseKey.TICKET_OPENED, facts=facts)
    yield Say(STATE_KEYS[ticket.state], checked=(told,), joins=True)
    if ticket.answer:
        answer = {"answer": Fact(ticket.answer, told)}
        yield Say(ResponseKey.TICKET_ANSWER, facts=answer, joins=True)
    if ticket.state is TicketState.WAITING_FOR_SELLER:
        yield _due(ticket, told, spoken)


def _due(ticket: Ticket, told: Evidence, spoken: Spoken) -> Say:
    if ticket.reply_due is None:
        return Say(ResponseKey.TICKET_NO_REPLY_TIME, checked=(told,), joins=True)
    due = {"due": Fact(spoken.time(ticket.reply_due), told)}
    return Say(ResponseKey.TICKET_REPLY_DUE, facts=due, joins=True)
