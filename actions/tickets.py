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
from support.ids import LineId, SellerId, TicketReference
from support.masking import masked
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


_ASKED: Final = {
    TicketReason.WHERE_IS_IT: "The customer asks where the order is.",
    TicketReason.LATE: "The customer says that the order is late.",
    TicketReason.NOT_RECEIVED: "The customer says that the order did not arrive.",
    TicketReason.MISSING_OR_DAMAGED: "The customer says that something is missing or not right.",
    TicketReason.WRONG_ADDRESS: "The customer says that the order goes to a wrong address.",
    TicketReason.OTHER: "The customer asks about the order.",
}
"""What sellers read. Customers' own words come after it, without what identifies them."""


async def open_ticket(  # noqa: PLR0913 - what narrows a ticket down is optional
    turn: Turn,
    services: Services,
    view: OrderView,
    seller: Seller,
    *,
    reason: TicketReason,
    words: str = "",
    message: str | None = None,
    line_ids: tuple[LineId, ...] = (),
) -> Ticket:
    """Open a ticket to a seller about what they sent; the same one again opens no second.

    It is about all that the seller sold unless `line_ids` names less. `words` are the customer's,
    with which it began; a `message` takes the place of what the seller is told by default.

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
        message=message or " ".join(filter(None, [_ASKED[reason], _quoted(words)])),
    )
    key = ":".join((turn.conversation_id, turn.message_id, *request.subject))
    return await services.marketplace.open_ticket(request, idempotency_key=key)


async def escalate_ticket(turn: Turn, services: Services, reference: str) -> Ticket:
    """Take a ticket to the operator; raises a `SystemFailure`, and nothing was done then."""
    key = f"{turn.conversation_id}:{turn.message_id}:{reference}:escalation"
    return await services.marketplace.escalate(TicketReference(reference), idempotency_key=key)


def _quoted(words: str) -> str:
    return f'In their words: "{masked(words)}"' if words.strip() else ""


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
    elif ticket.state is TicketState.SELLER_ANSWERED and not ticket.answer:
        yield Say(ResponseKey.TICKET_ANSWER_NOT_SHOWN, joins=True)


def _due(ticket: Ticket, told: Evidence, spoken: Spoken) -> Say:
    if ticket.reply_due is None:
        return Say(ResponseKey.TICKET_NO_REPLY_TIME, checked=(told,), joins=True)
    due = {"due": Fact(spoken.time(ticket.reply_due), told)}
    over = ticket.reply_due < spoken.now
    key = ResponseKey.TICKET_REPLY_OVERDUE if over else ResponseKey.TICKET_REPLY_DUE
    return Say(key, facts=due, joins=True)
