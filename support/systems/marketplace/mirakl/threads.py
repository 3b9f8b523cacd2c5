"""Between our tickets and Mirakl's threads. README.md beside this file lists every field.

Threads have no state and carry no reference of ours: which ticket one is stands in its first
message, and whose turn it is follows from who wrote last to whom.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from support.ids import OrderNumber, SellerId, TicketReference
from support.systems.marketplace.mirakl.models import Message, MiraklOrder, Thread
from support.systems.marketplace.models import Ticket, TicketReason, TicketRequest, TicketState

_TOPICS: Final[Mapping[TicketReason, str]] = {
    TicketReason.WHERE_IS_IT: "Where is the order",
    TicketReason.LATE: "The order is late",
    TicketReason.NOT_RECEIVED: "The order did not arrive",
    TicketReason.MISSING_OR_DAMAGED: "Something is missing or damaged",
    TicketReason.WRONG_ADDRESS: "The address is wrong",
    TicketReason.OTHER: "A question about the order",
}
_REFERENCE: Final = re.compile(r"^Reference: ([0-9a-f]{16})-([0-9a-f]{16})\s*$", re.MULTILINE)
_ITEMS: Final = re.compile(r"^Items: (.+)$", re.MULTILINE)
_CODE: Final = "REASON_CODE"
_ESCALATION: Final = "The seller has not answered this customer. Please step in."
INCIDENT_OPEN: Final = "INCIDENT_OPEN"
_KNOWN_SENDERS: Final = frozenset({"SHOP_USER", "CUSTOMER_USER", "OPERATOR_USER"})


def thread_input(
    request: TicketRequest, idempotency_key: str, reasons: Mapping[TicketReason, str]
) -> dict[str, Any]:
    """Return what OR43 opens a thread with. `reasons` are the codes that the operator has."""
    code = reasons.get(request.reason)
    topic = {
        "type": _CODE if code else "FREE_TEXT",
        "value": code or _TOPICS[request.reason],
    }
    lines = ", ".join(request.line_ids)
    marks = f"Reference: {_digest(*request.subject)}-{_digest(idempotency_key)}"
    about = [f"Items: {lines}"] if lines else []
    return {"body": "\n".join([request.message, *about, marks]), "to": ["SHOP"], "topic": topic}


def message_to_operator() -> dict[str, Any]:
    """Return what M12 takes a thread to the operator with."""
    return {"body": _ESCALATION, "to": [{"type": "OPERATOR"}]}


def reason_of(thread: Thread, reasons: Mapping[TicketReason, str]) -> TicketReason | None:
    """Return why a ticket was opened, by its topic; None where that is not one of ours."""
    if thread.topic is None:
        return None
    words = reasons if thread.topic.type == _CODE else _TOPICS
    return next((reason for reason, value in words.items() if value == thread.topic.value), None)


def is_about_all_of(thread: Thread, order: MiraklOrder) -> bool:
    """Whether a ticket names as many items as the seller has of the order."""
    items = next((found[1] for body in _own(thread) if (found := _ITEMS.search(body))), "")
    return bool(items) and len(items.split(", ")) == len(order.order_lines)


def of_key(threads: Iterable[Thread], idempotency_key: str) -> Thread | None:
    """Return the thread that was opened with this key."""
    wanted = _digest(idempotency_key)
    return next((one for one in threads if _marks(one)[1:] == (wanted,)), None)


def of_subject(threads: Iterable[Thread], request: TicketRequest) -> list[Thread]:
    """Return the threads about this subject."""
    wanted = _digest(*request.subject)
    return [one for one in threads if _marks(one)[:1] == (wanted,)]


def is_ours(thread: Thread) -> bool:
    """Whether the assistant opened it."""
    return bool(_marks(thread))


def is_with_operator(thread: Thread) -> bool:
    """Whether the operator was written to already."""
    return any(to.type == "OPERATOR" for message in thread.messages for to in message.to)


def may_go_to_operator(thread: Thread) -> bool:
    """Whether the operator may take part in it."""
    return any(one.type == "OPERATOR" for one in thread.authorized_participants)


def ticket_of(thread: Thread, order: MiraklOrder) -> Ticket:
    """Return a thread as a ticket."""
    answers = [one for one in _in_order(thread) if one.sender.type == "SHOP_USER"]
    answer = answers[-1] if answers else None
    return Ticket(
        reference=TicketReference(thread.id),
        order_number=OrderNumber(order.commercial_id),
        seller_id=SellerId(str(order.shop_id)),
        seller_name=order.shop_name,
        state=_state(thread, order),
        opened_at=thread.date_created,
        answered_at=answer.date_created if answer else None,
        answer=answer.body if answer else None,
    )


def _state(thread: Thread, order: MiraklOrder) -> TicketState:
    messages = _in_order(thread)
    if not messages or messages[-1].sender.type not in _KNOWN_SENDERS:
        return TicketState.UNKNOWN
    last = messages[-1]
    if any(one.date >= last.date_created for one in thread.no_store_reply_needed):
        return TicketState.CLOSED
    if last.sender.type == "SHOP_USER":
        return TicketState.SELLER_ANSWERED
    incident = any(line.order_line_state == INCIDENT_OPEN for line in order.order_lines)
    if incident or is_with_operator(thread) or last.sender.type == "OPERATOR_USER":
        return TicketState.ESCALATED
    return TicketState.WAITING_FOR_SELLER


def _in_order(thread: Thread) -> list[Message]:
    return sorted(thread.messages, key=lambda message: message.date_created)


def _marks(thread: Thread) -> tuple[str, ...]:
    """Return the marks of subject and key in a customer's message; none where there are none.

    What a shop writes, a quotation for instance, never counts.
    """
    found = next((found for body in _own(thread) if (found := _REFERENCE.search(body))), None)
    return found.groups() if found else ()


def _own(thread: Thread) -> Iterator[str]:
    """Yield what was written for the customer."""
    return (one.body for one in _in_order(thread) if one.sender.type == "CUSTOMER_USER")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
