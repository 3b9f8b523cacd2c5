"""An order as the desk shows it: how it stands now, and what may be done about it."""

from typing import Any, Final

from actions.cases import DEEDS, KIND_NAMES
from actions.claims import signals_of
from actions.filed import filed_on
from actions.formatting import Spoken, items_of, one_line, state_name
from actions.investigations import is_said_to_be_there
from actions.order_view import OrderView
from actions.services import Services
from actions.turn import Turn
from support.decisions.case_status import Filed
from support.decisions.identity import LEAST_LEVEL, Deed, Level, may
from support.decisions.order_status import ParcelStanding
from support.desk import DeedKind, OrderPicture, ParcelPicture, PictureRequest
from support.handover import CaseNote
from support.identification import Asker
from support.ids import MessageId, SenderKey
from support.parcel_standings import standings_of
from support.systems.cases.models import Case, CaseKind
from support.systems.orders.models import Order
from support.times import zone_of

DEED_OF: Final = {
    DeedKind.OPEN_INVESTIGATION: DEEDS[CaseKind.MISSING_PARCEL],
    DeedKind.OPEN_TICKET: Deed.OPEN_TICKET,
    DeedKind.REQUEST_REDIRECT: Deed.REDIRECT,
    DeedKind.REQUEST_REFUND: DEEDS[CaseKind.REFUND_REQUEST],
}
"""What each deed is for which the customer must have shown enough; codes are how they show it."""


_TO_SHOW: Final = {
    Level.MATCHED: "The customer has not shown that the order is theirs.",
    Level.CODE: "The customer has to show a one-time code first.",
}
"""What is missing, by the least level of a deed."""


def turn_of(asked: PictureRequest, *, message_id: str) -> Turn:
    """Return the turn in which an agent acts for the customer: it has no words of its own."""
    nothing: dict[str, Any] = {}
    return Turn(
        conversation_id=asked.conversation_id,
        message_id=MessageId(message_id),
        channel=asked.channel,
        sender_key=SenderKey(asked.conversation_id),
        customer_id=None,
        intent=None,
        text="",
        ranking=(),
        entities=(),
        slots=nothing,
        active_form=None,
        previous_message_id=None,
    )


async def order_view(asked: PictureRequest, services: Services) -> OrderView:
    """Read the order and ask its carriers; raises `OrderNotFound` or a `SystemFailure`."""
    asker = Asker(asked.conversation_id, SenderKey(asked.conversation_id))
    level = await services.identification.level(asker, asked.order_number)
    found = await services.identification.look_up(asked.order_number, level)
    standings = await standings_of(
        found.order,
        told=found.told,
        carriers=services.carriers,
        now=services.now(),
        publications=services.publications,
    )
    return OrderView(found, standings, Spoken(zone_of(found.order), services.now()))


async def picture(asked: PictureRequest, services: Services) -> OrderPicture:
    """Return the order as it stands now; raises `OrderNotFound` or a `SystemFailure`."""
    view = await order_view(asked, services)
    filed = await filed_on(services, view.order)
    order, level = view.order, view.found.level
    arrived = any(map(is_said_to_be_there, view.standings))
    refused = withheld(level, order, arrived=arrived)
    cases = tuple(one for one in filed.filed if isinstance(one, Case))
    problems = {one.carrier_problem: one for one in view.standings if one.carrier_problem}
    missing = [f"carrier ({problem.value})" for problem in problems]
    return OrderPicture(
        order_number=order.number,
        brand=order.brand.value,
        placed_at=order.placed_at,
        method=order.delivery.method.value,
        first_name=order.contact.first_name,
        email=order.contact.email,
        phone=order.contact.phone,
        address=one_line(order.delivery.address) if order.delivery.address else None,
        store=order.delivery.store.name if order.delivery.store else None,
        level=level.name.lower(),
        allowed=tuple(kind for kind in DeedKind if kind not in refused),
        withheld=refused,
        parcels=tuple(_parcel(one, view, services, cases) for one in view.standings),
        cases=tuple(_case(one) for one in filed.filed),
        could_not_read=(*missing, *(["case system"] if filed.problems else [])),
        read_at=view.found.told.at,
    )


def withheld(level: Level, order: Order, *, arrived: bool) -> dict[DeedKind, str]:
    """Return what may not be done for a customer of this level, and why.

    Anybody may be sent a code. Nothing is missing before a source says that something `arrived`.
    """
    why = {
        kind: _TO_SHOW[LEAST_LEVEL[deed]] for kind, deed in DEED_OF.items() if not may(level, deed)
    }
    if not any(line.seller.marketplace for line in order.lines):
        why[DeedKind.OPEN_TICKET] = "Nothing of this order is from a Marketplace seller."
    if not arrived:
        why[DeedKind.OPEN_INVESTIGATION] = "No source says yet that a parcel was delivered."
    return why


def _parcel(
    standing: ParcelStanding, view: OrderView, services: Services, cases: tuple[Case, ...]
) -> ParcelPicture:
    parcel, told, scan = standing.parcel, standing.state.evidence, standing.scan
    seller = view.marketplace_seller(standing)
    profile = services.carriers.profile(parcel.carrier) if parcel.carrier else None
    number, arrived = parcel.tracking_number, is_said_to_be_there(standing)
    return ParcelPicture(
        parcel_id=parcel.id,
        status=state_name(standing.state.value),
        since=standing.since,
        source=told.source,
        read_at=told.at,
        carrier=profile.name if profile else None,
        tracking_number=number,
        link=profile.tracking_link(number) if profile and number else None,
        last_scan=scan.description if scan else None,
        scanned_at=scan.at if scan else None,
        eta=standing.eta.value.day if standing.eta else None,
        eta_from=standing.eta.evidence.source if standing.eta else None,
        items=items_of(parcel, view.order),
        seller=seller.name if seller else None,
        problem=standing.carrier_problem.value if standing.carrier_problem else None,
        signals=signals_of(view, standing, cases, services) if arrived else (),
    )


def _case(filed: Filed) -> CaseNote:
    if isinstance(filed, Case):
        kind, about = KIND_NAMES[filed.kind], filed.kind.value
    else:
        kind, about = f"ticket to {filed.seller_name}", "ticket"
    return CaseNote(
        reference=str(filed.reference),
        kind=kind,
        about=about,
        state=filed.state.value,
        opened_at=filed.opened_at,
    )
