"""What to do about something that a Marketplace seller sells and sends.

Source: Kmart's agent procedure, the warning ("advise the customer and open a Marketplace support
ticket to liaise with the seller").
"""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from support.ids import SellerId
from support.systems.marketplace.models import Ticket, TicketReason, TicketState


class NextStep(StrEnum):
    """What comes next with a seller."""

    OPEN_TICKET = "open_ticket"
    WAIT_FOR_SELLER = "wait_for_seller"
    ESCALATE = "escalate"
    READ_ANSWER = "read_answer"
    WAIT_FOR_OPERATOR = "wait_for_operator"
    NOT_KNOWN = "not_known"


_OF_STATE: Final = {
    TicketState.SELLER_ANSWERED: NextStep.READ_ANSWER,
    TicketState.ESCALATED: NextStep.WAIT_FOR_OPERATOR,
    TicketState.CLOSED: NextStep.OPEN_TICKET,
}
_REASONS: Final = {
    TicketReason.WRONG_ADDRESS: r"\b(?:wrong|old|incorrect)\s+(?:address|place|house|suburb)\b",
    TicketReason.MISSING_OR_DAMAGED: (
        r"\b(?:broken|smashed|damaged|cracked|faulty|defective|fake|counterfeit|knock\s?-?off|used"
        r"|second\s?-?hand|refurbished|not\s+as\s+described|missing|empty|doesn'?t\s+work|does\s+not\s+work"
        r"|wrong\s+(?:item|product|thing|one|colou?r|size|parts?|model)|different\s+(?:product|item|one)"
        r"|duplicate|incomplete)\b"
    ),
    TicketReason.NOT_RECEIVED: (
        r"\b(?:says?|said|marked|shows?|shown)\b.{0,20}\bdelivered\b|\bnever\s+(?:came|arrived|got|received|turned)"
        r"|\b(?:not|haven'?t|hasn'?t|didn'?t|never)\s+(?:been\s+)?(?:received|got|get|receive)\b"
    ),
    TicketReason.LATE: (
        r"\b(?:late|overdue|delay\w*|taking\s+(?:too|so|for)|too\s+long|(?:still|been)\s+waiting"
        r"|(?:hasn'?t|has\s+not|not|haven'?t)\s+(?:been\s+)?(?:sent|posted|shipped|dispatched|arrived|come)"
        r"|still\s+(?:not|hasn'?t|nothing))\b"
    ),
    TicketReason.WHERE_IS_IT: (
        r"\bwhere(?:'?s)?\b|\btrack\w*|\b(?:whats|what'?s)\s+happening\b|\b(?:any\s+)?(?:news|update|sign)\b"
        r"|\bwhen\b"
    ),
}
_PATTERNS: Final = {
    reason: re.compile(words, re.IGNORECASE | re.DOTALL) for reason, words in _REASONS.items()
}
_RETURNS: Final = re.compile(
    r"\breturns?\b|\breturning\b|\bsend(?:ing)?\s+(?:it|them|this)?\s*back\b|\btake\s+(?:it|them)\s+back\b"
    r"|\bchange\s+of\s+mind\b|\bchanged\s+my\s+mind\b",
    re.IGNORECASE,
)
_OF_ONE_ORDER: Final = re.compile(
    r"\b(?:refus\w*|ignor\w*|won'?t|wont|denie[sd]|hasn'?t|haven'?t|sent|paid|label)\b",
    re.IGNORECASE,
)


def next_step(ticket: Ticket | None, now: datetime) -> NextStep:
    """Return what comes next. A seller whose time to answer is over has left it to the operator.

    Where no time is noted nothing is over: then the seller is waited for.
    """
    if ticket is None:
        return NextStep.OPEN_TICKET
    if ticket.state is TicketState.WAITING_FOR_SELLER:
        over = ticket.reply_due is not None and ticket.reply_due < now
        return NextStep.ESCALATE if over else NextStep.WAIT_FOR_SELLER
    return _OF_STATE.get(ticket.state, NextStep.NOT_KNOWN)


def reason_of(text: str) -> TicketReason:
    """Return why a seller is asked, from the customer's words."""
    found = (reason for reason, words in _PATTERNS.items() if words.search(text))
    return next(found, TicketReason.OTHER)


def asks_about_returns(text: str) -> bool:
    """Say whether a text asks how Marketplace items are returned, as such."""
    return _RETURNS.search(text) is not None and not _OF_ONE_ORDER.search(text)


def ticket_to(seller: SellerId, tickets: Iterable[Ticket]) -> Ticket | None:
    """Return the ticket to a seller that matters: the newest open one, else the newest of all."""
    own = [ticket for ticket in tickets if ticket.seller_id == seller]
    own.sort(key=lambda ticket: (ticket.is_open, ticket.opened_at), reverse=True)
    return own[0] if own else None
