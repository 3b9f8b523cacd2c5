"""What a store is asked for: to keep a parcel longer, or to send its message again."""

from collections.abc import Mapping
from typing import Final

from actions.cases import open_case, open_ones, opened, state_of
from actions.formatting import items_of
from actions.order_view import OrderView, Step
from actions.question_wording import put
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.click_and_collect import Wish
from support.decisions.order_status import ParcelStanding
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.masking import mask_email, mask_number
from support.systems.cases.models import CaseKind, CaseRequest
from support.systems.orders.models import Contact

KINDS: Final[Mapping[Wish, CaseKind]] = {
    Wish.NO_MESSAGE: CaseKind.READY_MESSAGE,
    Wish.MORE_TIME: CaseKind.COLLECTION_EXTENSION,
    Wish.HOLDING: CaseKind.COLLECTION_EXTENSION,
}
_ASKED: Final[Mapping[CaseKind, ResponseKey]] = {
    CaseKind.READY_MESSAGE: ResponseKey.COLLECT_MESSAGE_ASKED,
    CaseKind.COLLECTION_EXTENSION: ResponseKey.COLLECT_EXTENSION_ASKED,
}
_WISH: Final = "wish"
_CONTACT: Final = "contact"


def matter_of(wish: Wish, view: OrderView) -> Matter:
    """Return what is kept while a request for an order that waits in a store is talked about."""
    noted = {_WISH: wish.value}
    return Matter(Question.ASK_EXTENSION, Topic.CLICK_AND_COLLECT, view.order.number, noted=noted)


async def ask_to_request(
    services: Services, view: OrderView, standing: ParcelStanding, matter: Matter
) -> Step:
    """Ask about one parcel that is ready, unless its request is open already."""
    matter, kind = matter.about(standing.parcel.id), _kind(matter)
    known = await open_ones(services, view.order.number, (kind,), standing.parcel.id)
    if known:
        return Step(tuple(state_of(known[0], services, view.spoken)))
    if kind is CaseKind.COLLECTION_EXTENSION:
        return Step(put(Question.ASK_EXTENSION), matter.ask(Question.ASK_EXTENSION))
    resend = services.knowledge.holds(KnowledgeKey.COLLECT_RESEND)
    if resend is None or not resend.value:
        return Step((Say(ResponseKey.COLLECT_READY_ANYWAY, checked=(view.found.told,)),))
    contacts = _masked(view.order.contact)
    if not contacts:
        return offer_to_send_again(matter, right=False)
    told = {"contacts": Fact(contacts, view.found.told)}
    return Step(put(Question.CONTACT_RIGHT, facts=told), matter.ask(Question.CONTACT_RIGHT))


def offer_to_send_again(matter: Matter, *, right: bool) -> Step:
    """Offer to have the message sent again; `right`: where it went is said to be right."""
    key = ResponseKey.COLLECT_LOOK_IN_JUNK if right else ResponseKey.COLLECT_CONTACT_WRONG
    noted = matter.ask(Question.RESEND_MESSAGE, **{_CONTACT: "right" if right else "wrong"})
    return Step((Say(key), *put(Question.RESEND_MESSAGE)), noted)


async def send_request(
    turn: Turn, services: Services, view: OrderView, standing: ParcelStanding, matter: Matter
) -> tuple[Say, ...]:
    """Open the case that asks the store, and say so.

    Raises a `SystemFailure`: nothing may be said to have been asked then.
    """
    request = _request(view, standing, matter)
    case = await open_case(turn, services, request)
    return (*opened(case, services), Say(_ASKED[request.kind], joins=True))


def _kind(matter: Matter) -> CaseKind:
    return KINDS.get(Wish(matter.noted[_WISH]), CaseKind.COLLECTION_EXTENSION)


def _request(view: OrderView, standing: ParcelStanding, matter: Matter) -> CaseRequest:
    store = standing.parcel.store or view.order.delivery.store
    details = {"items": items_of(standing.parcel, view.order), "store": store.name if store else ""}
    if contact := matter.noted.get(_CONTACT):
        details["contact details"] = f"{contact}, says the customer"
    return CaseRequest(
        kind=_kind(matter),
        order_number=view.order.number,
        parcel_id=standing.parcel.id,
        urgent=_kind(matter) is CaseKind.COLLECTION_EXTENSION,
        details=details,
    )


def _masked(contact: Contact) -> str:
    """Return where messages about an order go, as much of it as its owner recognises."""
    email = mask_email(contact.email) if contact.email else ""
    return " and ".join(filter(None, [email, mask_number(contact.phone or "")]))
