"""What an agent has done in the customer's name: the assistant's own procedures decide and do it.

Every deed needs as much shown by the customer as when the assistant does it. Nothing is done twice:
the request's id is the idempotency key.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from actions.address_requests import AddressRequests
from actions.address_targets import targets_of
from actions.allowed import NotAllowed
from actions.cases import open_case
from actions.claims import with_signals
from actions.desk_picture import order_view, turn_of
from actions.investigations import handling_of, investigation, is_said_to_be_there
from actions.order_view import OrderView
from actions.remedies import allowed, ask_seller, file_request
from actions.reply import Say
from actions.services import Services
from actions.tickets import open_ticket
from actions.turn import Turn
from support.decisions.address import judge
from support.decisions.answers import Answer
from support.decisions.missing_parcel import Handling
from support.decisions.order_status import ParcelStanding
from support.desk import DeedKind, DeedRequest, DeedResult
from support.one_time_codes import NotSent, Outcome
from support.places.address_reading import address_in
from support.systems.errors import SystemFailure
from support.systems.marketplace.models import TicketReason

_CHECKED: Final = "as far as the agent asked, who opened this"

_Deed = Callable[[DeedRequest, Turn, OrderView, Services], Awaitable[DeedResult]]


async def do(request: DeedRequest, services: Services) -> DeedResult:
    """Do it, or say why not. Raises `OrderNotFound` and `StateUnavailable`."""
    turn = turn_of(request, message_id=f"desk:{request.request_id}")
    try:
        view = await order_view(request, services)
        return await _DEEDS[request.kind](request, turn, view, services)
    except NotAllowed:
        return _refused("The customer has not shown enough for that. Send them a code first.")
    except SystemFailure:
        return _refused("The system did not answer: nothing was done. Please try again soon.")


async def _investigate(
    request: DeedRequest, turn: Turn, view: OrderView, services: Services
) -> DeedResult:
    standing = _standing(request, view)
    if standing is None:
        return _refused("Choose the parcel that it is about.")
    if not is_said_to_be_there(standing):
        return _refused("No source says that this parcel was delivered, so nothing is missing yet.")
    by = handling_of(view, standing)
    if by is Handling.SELLER:
        return await _ticket(request, turn, view, services)
    wanted = investigation(view, standing, by, checked=_CHECKED)
    claim = await with_signals(wanted, view, standing, services)
    case = await open_case(turn, services, claim)
    return DeedResult(done=True, says="The investigation is open.", reference=str(case.reference))


async def _ticket(
    request: DeedRequest, turn: Turn, view: OrderView, services: Services
) -> DeedResult:
    standing = _standing(request, view)
    seller = view.marketplace_seller(standing) if standing else None
    if standing is None or seller is None:
        return _refused("Choose a parcel that a Marketplace seller sent.")
    arrived = is_said_to_be_there(standing)
    reason = TicketReason.NOT_RECEIVED if arrived else TicketReason.WHERE_IS_IT
    ticket = await open_ticket(turn, services, view, seller, reason=reason, words=request.text)
    says = f"{ticket.seller_name} was asked."
    return DeedResult(done=True, says=says, reference=str(ticket.reference))


async def _redirect(
    request: DeedRequest, turn: Turn, view: OrderView, services: Services
) -> DeedResult:
    address = address_in(request.text)
    if address is None or (doubt := judge(address).doubt) is not None:
        why = doubt.value.replace("_", " ") if address is not None and doubt else "no address"
        return _refused(f"That address will not do: {why}.")
    targets = targets_of(view, request.parcel_id)
    if not targets:
        return _refused("Nobody can be asked any more: nothing of the order is on its way.")
    requests = AddressRequests(services, turn, view, address, insisted=False)
    says = [say for target in targets for say in await requests.make(target)]
    return _from_says("Asked for. Whether it still works is not known.", says)


async def _refund(
    request: DeedRequest, turn: Turn, view: OrderView, services: Services
) -> DeedResult:
    standing = _standing(request, view)
    if standing is None:
        return _refused("Choose the parcel that it is about.")
    seller = view.marketplace_seller(standing)
    if seller is not None:
        says = await ask_seller(turn, services, view, standing, seller, Answer.REFUND)
        return _from_says("The seller was asked, with whom refunds are settled.", says)
    if Answer.REFUND not in allowed(services):
        return _refused("No published rule allows to ask for a refund here.")
    says = await file_request(turn, services, view, standing, Answer.REFUND)
    return _from_says("The request is filed; others decide on it.", says)


async def _send_code(
    request: DeedRequest, _: Turn, view: OrderView, services: Services
) -> DeedResult:
    sent = await services.codes.send(request.conversation_id, view.order)
    if sent is NotSent.NOWHERE:
        return _refused("The order has neither an e-mail nor a mobile number.")
    if isinstance(sent, NotSent):
        return _refused("Too many codes were sent. Please wait some minutes.")
    by = "e-mail" if sent.channel.value == "email" else "text message"
    return DeedResult(done=True, says=f"A code went to {sent.address} by {by}.")


async def _check_code(
    request: DeedRequest, _: Turn, view: OrderView, services: Services
) -> DeedResult:
    verdict = await services.codes.check(request.conversation_id, view.order.number, request.text)
    if verdict.outcome is Outcome.RIGHT:
        return DeedResult(done=True, says="The code is right: the customer is verified by code.")
    return _refused(_WRONG_CODE[verdict.outcome])


_WRONG_CODE: Final = {
    Outcome.WRONG: "The code is wrong. The customer can try again.",
    Outcome.EXPIRED: "No code is open for this order. Send a new one.",
    Outcome.SPENT: "The code was tried too often. Send a new one.",
}
_DEEDS: Final[dict[DeedKind, _Deed]] = {
    DeedKind.OPEN_INVESTIGATION: _investigate,
    DeedKind.OPEN_TICKET: _ticket,
    DeedKind.REQUEST_REDIRECT: _redirect,
    DeedKind.REQUEST_REFUND: _refund,
    DeedKind.SEND_CODE: _send_code,
    DeedKind.CHECK_CODE: _check_code,
}


def _standing(request: DeedRequest, view: OrderView) -> ParcelStanding | None:
    """Return the parcel that is meant; the only one where none is named."""
    if request.parcel_id is None and len(view.standings) == 1:
        return view.standings[0]
    return view.standing(request.parcel_id)


def _from_says(says: str, told: Sequence[Say]) -> DeedResult:
    references = [str(say.facts["reference"].value) for say in told if "reference" in say.facts]
    return DeedResult(done=True, says=says, reference=", ".join(references) or None)


def _refused(why: str) -> DeedResult:
    return DeedResult(done=False, says=why)
