"""What can be asked for instead of waiting: which requests are allowed, and how one is filed."""

from collections.abc import Iterator, Mapping
from typing import Final

from actions.cases import open_case, opened
from actions.formatting import items_of
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.tickets import open_ticket, ticket_says
from actions.turn import Turn
from support.decisions.answers import Answer
from support.decisions.order_status import ParcelStanding
from support.facts import Evidence
from support.knowledge.keys import KnowledgeKey
from support.systems.cases.models import CaseKind, CaseRequest
from support.systems.marketplace.models import TicketReason
from support.systems.orders.models import Seller

_ALLOWED_BY: Final[Mapping[Answer, KnowledgeKey]] = {
    Answer.REFUND: KnowledgeKey.OFFER_REFUND,
    Answer.RETURN: KnowledgeKey.OFFER_RETURN,
    Answer.ALTERNATIVE: KnowledgeKey.OFFER_ALTERNATIVE,
}
KINDS: Final[Mapping[Answer, CaseKind]] = {
    Answer.REFUND: CaseKind.REFUND_REQUEST,
    Answer.RETURN: CaseKind.RETURN_REQUEST,
    Answer.ALTERNATIVE: CaseKind.ALTERNATIVE_REQUEST,
}


def allowed(services: Services) -> Mapping[Answer, Evidence]:
    """Return the remedies that may be asked for, each with the knowledge entry that allows it."""
    rules = {remedy: services.knowledge.holds(key) for remedy, key in _ALLOWED_BY.items()}
    return {remedy: rule.evidence for remedy, rule in rules.items() if rule and rule.value}


async def file_request(
    turn: Turn,
    services: Services,
    view: OrderView,
    standing: ParcelStanding,
    remedy: Answer,
) -> tuple[Say, ...]:
    """File a request for a late parcel and say so: its reference, and that others decide.

    Raises a `SystemFailure`: nothing may be said to have been filed then.
    """
    parcel = standing.parcel
    request = CaseRequest(
        kind=KINDS[remedy],
        order_number=view.order.number,
        parcel_id=parcel.id,
        carrier=parcel.carrier,
        tracking_number=parcel.tracking_number,
        details={
            "items": items_of(parcel, view.order),
            "stands": standing.state.value.value,
            "promised by": _promised(standing),
        },
    )
    case = await open_case(turn, services, request)
    return (*opened(case, services), *_honestly(allowed(services).get(remedy)))


async def ask_seller(
    turn: Turn,
    services: Services,
    view: OrderView,
    standing: ParcelStanding,
    seller: Seller,
    remedy: str | None,
) -> tuple[Say, ...]:
    """Ask the Marketplace seller of a late parcel, with whom all remedies are settled.

    Raises a `SystemFailure`: nothing may be said to have been opened then.
    """
    ticket = await open_ticket(
        turn,
        services,
        view,
        seller,
        reason=TicketReason.LATE,
        message=f"Promised by: {_promised(standing)}. Asked for: {remedy or 'when it will come'}.",
    )
    return tuple(ticket_says(ticket, services, view.spoken))


def _promised(standing: ParcelStanding) -> str:
    """Return the promised day for those who work on the request."""
    day = standing.parcel.promised_by
    return day.isoformat() if day else "not on record"


def _honestly(evidence: Evidence | None) -> Iterator[Say]:
    """Say that it is a request, with the entry that allows to make it."""
    checked = (evidence,) if evidence else ()
    yield Say(ResponseKey.DELAY_REQUESTED, checked=checked, joins=True)
