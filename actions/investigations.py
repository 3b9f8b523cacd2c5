"""Who looks into a parcel that is not found, what is asked of them, and how that is told."""

from collections.abc import Iterator
from typing import Final

from actions.cases import open_case, opened
from actions.claims import with_signals
from actions.formatting import items_of
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.tickets import open_ticket, ticket_says
from actions.turn import Turn
from support.decisions.missing_parcel import Handling, handling
from support.decisions.order_status import ParcelStanding, method_of
from support.decisions.parcel_states import ParcelState
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.systems.cases.models import Case, CaseKind, CaseRequest
from support.systems.marketplace.models import TicketReason
from support.systems.orders.models import DeliveryMethod

_SAID_TO_BE_THERE: Final = {
    ParcelState.DELIVERED,
    ParcelState.PARTLY_DELIVERED,
    ParcelState.COLLECTED,
    ParcelState.READY_TO_COLLECT,
}


def is_said_to_be_there(standing: ParcelStanding) -> bool:
    """Say whether one of the sources takes a parcel for delivered, collected or ready."""
    other = standing.other.state.value if standing.other else None
    return bool({standing.state.value, other} & _SAID_TO_BE_THERE)


def handling_of(view: OrderView, standing: ParcelStanding) -> Handling:
    """Return who looks into a missing parcel of this order."""
    method = method_of(view.order, standing.parcel)
    return handling(
        collected_in_store=method is DeliveryMethod.CLICK_AND_COLLECT,
        sold_by_marketplace=view.marketplace_seller(standing) is not None,
    )


def who_is_asked(view: OrderView, standing: ParcelStanding, services: Services) -> str:
    """Return who is asked: the seller, the store or the carrier, by name if it is known."""
    match handling_of(view, standing):
        case Handling.SELLER:
            seller = view.marketplace_seller(standing)
            return seller.name if seller else "the seller"
        case Handling.STORE:
            store = standing.parcel.store or view.order.delivery.store
            return store.name if store else "the store"
        case Handling.CARRIER:
            return _carrier(standing, services)


async def investigate(
    turn: Turn, services: Services, view: OrderView, standing: ParcelStanding
) -> tuple[Say, ...]:
    """Have a missing parcel looked into by whoever does that, and say so.

    Raises a `SystemFailure`: nothing may be said to have been opened then.
    """
    seller = view.marketplace_seller(standing)
    if seller is not None:
        reason = TicketReason.NOT_RECEIVED
        ticket = await open_ticket(turn, services, view, seller, reason=reason)
        return tuple(ticket_says(ticket, services, view.spoken))
    by = handling_of(view, standing)
    request = investigation(view, standing, by)
    request = await with_signals(request, view, standing, services)
    case = await open_case(turn, services, request)
    return tuple(_opened(case, standing, by, services))


def investigation(
    view: OrderView,
    standing: ParcelStanding,
    by: Handling,
    *,
    checked: str = "by the customer, in the chat",
) -> CaseRequest:
    """Return what is asked of the carrier or the store about a missing parcel."""
    parcel = standing.parcel
    with_carrier = by is Handling.CARRIER
    return CaseRequest(
        kind=CaseKind.MISSING_PARCEL if with_carrier else CaseKind.STORE_CHECK,
        order_number=view.order.number,
        parcel_id=parcel.id,
        carrier=parcel.carrier,
        tracking_number=parcel.tracking_number,
        ask_for_proof_of_delivery=with_carrier,
        details={"items": items_of(parcel, view.order), "checked": checked},
    )


def _opened(
    case: Case, standing: ParcelStanding, by: Handling, services: Services
) -> Iterator[Say]:
    """Say what was opened, who asks whom for what, and how long that takes if published."""
    yield from opened(case, services)
    if by is Handling.STORE:
        yield Say(ResponseKey.MISSING_PARCEL_STORE_ASKED, joins=True)
        return
    carrier = {"carrier": Fact(_carrier(standing, services), standing.state.evidence)}
    yield Say(ResponseKey.MISSING_PARCEL_PROOF_ASKED, facts=carrier, joins=True)
    time = services.knowledge.span(KnowledgeKey.INVESTIGATION_TIME)
    if time is None:
        yield Say(ResponseKey.INVESTIGATION_TIME_UNKNOWN, joins=True)
    else:
        told = {"time": Fact(time.value.spoken, time.evidence)}
        yield Say(ResponseKey.INVESTIGATION_TIME, facts=told, joins=True)


def _carrier(standing: ParcelStanding, services: Services) -> str:
    carrier = standing.parcel.carrier
    return services.carriers.profile(carrier).name if carrier else "the carrier"
