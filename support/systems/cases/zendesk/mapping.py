"""Between cases and Zendesk's tickets. README.md beside this file lists every field."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from support.ids import CaseReference, LineId, OrderNumber, ParcelId
from support.systems.cases.models import (
    Case,
    CaseKind,
    CaseRequest,
    CaseSignal,
    CaseState,
    CaseStep,
)
from support.systems.cases.zendesk.fields import ZendeskFields
from support.systems.cases.zendesk.models import MetricSet, Ticket
from support.systems.errors import SystemAnswerMalformed

SYSTEM: Final = "cases"
OURS: Final = "order_assistant"
"""The tag of every ticket that the assistant opened."""
_ORDER: Final = "order:"
_STATES: Final = {
    "new": CaseState.RECEIVED,
    "open": CaseState.RECEIVED,
    "pending": CaseState.WAITING_FOR_CUSTOMER,
    "solved": CaseState.RESOLVED,
    "closed": CaseState.RESOLVED,
}
_SAID_BY_FIELD: Final = frozenset({"new", "open", "hold"})
"""Where people who work on a case say in a field what it waits for."""


def external_id(number: OrderNumber) -> str:
    """Return what all tickets of an order have in common; Zendesk finds them by it at once."""
    return f"{_ORDER}{number}"


def subject_tag(subject: Iterable[str]) -> str:
    """Return the tag that tickets of one subject share."""
    return f"subject_{_digest(*subject)}"


def key_tag(idempotency_key: str) -> str:
    """Return the tag of the ticket that was opened with this key."""
    return f"key_{_digest(idempotency_key)}"


def draft(request: CaseRequest, idempotency_key: str, fields: ZendeskFields) -> dict[str, Any]:
    """Return the body that opens a ticket."""
    own = {
        fields.kind: str(request.kind),
        fields.parcel_id: request.parcel_id,
        fields.line_ids: ",".join(request.line_ids) or None,
    }
    return {
        "ticket": {
            "subject": f"{_in_words(request.kind)}: order {request.order_number}",
            "comment": {"body": _comment(request), "public": False},
            "external_id": external_id(request.order_number),
            "priority": "urgent" if request.urgent else "normal",
            "tags": [OURS, subject_tag(request.subject), key_tag(idempotency_key)],
            "custom_fields": [
                {"id": field, "value": value} for field, value in own.items() if value is not None
            ],
        }
    }


def is_ours(ticket: Ticket) -> bool:
    """Whether the assistant opened it: nobody may read another ticket by guessing its number."""
    return (
        OURS in ticket.tags
        and ticket.status != "deleted"
        and (ticket.external_id or "").startswith(_ORDER)
    )


def case_of(ticket: Ticket, fields: ZendeskFields, metrics: Iterable[MetricSet] = ()) -> Case:
    """Return one of our tickets as a case."""
    state = _state(ticket, fields)
    steps = [CaseStep(state=CaseState.RECEIVED, at=ticket.created_at)]
    if state is not CaseState.RECEIVED:
        steps.append(CaseStep(state=state, at=_changed_at(ticket, metrics)))
    return Case(
        reference=CaseReference(str(ticket.id)),
        kind=ticket.own(fields.kind) or CaseKind.UNKNOWN,
        order_number=OrderNumber((ticket.external_id or "").removeprefix(_ORDER)),
        parcel_id=ParcelId(ticket.own(fields.parcel_id)) or None,
        line_ids=tuple(LineId(one) for one in ticket.own(fields.line_ids).split(",") if one),
        state=state,
        opened_at=ticket.created_at,
        steps=tuple(steps),
        next_by=_day(ticket.own(fields.next_by)),
        outcome=(ticket.own(fields.outcome) or None) if state is CaseState.RESOLVED else None,
    )


def _state(ticket: Ticket, fields: ZendeskFields) -> CaseState:
    said = ticket.own(fields.state)
    if said and ticket.status in _SAID_BY_FIELD:
        known = said in set(CaseState) and said != CaseState.RESOLVED
        return CaseState(said) if known else CaseState.UNKNOWN
    return _STATES.get(ticket.status, CaseState.UNKNOWN)


def _changed_at(ticket: Ticket, metrics: Iterable[MetricSet]) -> datetime:
    """Return when its status changed; without metrics, when anything changed last."""
    own = ticket.metric_set or next((one for one in metrics if one.ticket_id == ticket.id), None)
    told = (own.status_updated_at or own.solved_at) if own else None
    return told or ticket.updated_at


def _day(word: str) -> date | None:
    if not word:
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise SystemAnswerMalformed(SYSTEM, "a day that is none") from None


def _comment(request: CaseRequest) -> str:
    told = {
        "Order": request.order_number,
        "Parcel": request.parcel_id,
        "Items": ", ".join(request.line_ids),
        "Carrier": request.carrier,
        "Tracking number": request.tracking_number,
        "Ask the carrier for proof of delivery": "yes" if request.ask_for_proof_of_delivery else "",
    } | {_in_words(name): value for name, value in request.details.items()}
    lines = [f"{name}: {value}" for name, value in told.items() if value]
    if request.signals:
        lines += ["", "For staff only, to judge the claim:", *map(_signal, request.signals)]
    return "\n".join(lines)


def _signal(signal: CaseSignal) -> str:
    return f"- {signal.text} ({signal.source}, {signal.at:%d/%m/%Y %H:%M %Z})"


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
