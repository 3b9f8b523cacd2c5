"""A whole order as response keys: what it is, every parcel, and what is in none of them."""

from collections.abc import Iterator, Sequence

from actions.formatting import Spoken, amount, items_by_line
from actions.parcel_wording import ParcelWording
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.identity import Deed, may
from support.decisions.order_status import ParcelStanding, unpacked
from support.facts import Fact
from support.identification import LookedUpOrder
from support.knowledge.library import Library
from support.systems.carriers.interface import Carriers
from support.systems.orders.models import Brand, DeliveryMethod, Refund

_INTRODUCTION = {
    DeliveryMethod.STANDARD: ResponseKey.ORDER_STANDARD,
    DeliveryMethod.EXPRESS: ResponseKey.ORDER_EXPRESS,
    DeliveryMethod.CLICK_AND_COLLECT: ResponseKey.ORDER_CLICK_AND_COLLECT,
    DeliveryMethod.UNKNOWN: ResponseKey.ORDER_METHOD_UNKNOWN,
}
_BRAND_NAMES = {Brand.KMART: "Kmart", Brand.TARGET: "Target", Brand.UNKNOWN: "online"}


def word_order(
    found: LookedUpOrder,
    standings: Sequence[ParcelStanding],
    carriers: Carriers,
    knowledge: Library,
    spoken: Spoken,
    *,
    date_first: bool = False,
) -> Iterator[Say]:
    """Yield everything there is to tell about an order: its own bubble, then one per parcel.

    An order with a single parcel is one bubble. With `date_first` each parcel begins with its date.
    """
    yield introduction(found, spoken)
    yield from ended_and_refunded(found, spoken)
    if len(standings) > 1:
        told = {"count": Fact(str(len(standings)), found.told)}
        yield Say(ResponseKey.ORDER_PARCEL_COUNT, facts=told, joins=True)
    yield from _not_packed(found)
    count = len(standings)
    for position, standing in enumerate(standings, start=1):
        wording = ParcelWording(found, standing, carriers, knowledge, spoken, position, count)
        yield from wording.says(date_first=date_first)


def introduction(found: LookedUpOrder, spoken: Spoken) -> Say:
    """Return whose shop's order it is, when it was placed and how it is delivered."""
    order = found.order
    placed = spoken.day(order.placed_at.astimezone(spoken.zone).date())
    facts = {"brand": _BRAND_NAMES[order.brand], "order_number": order.number, "placed": placed}
    return Say(
        _INTRODUCTION[order.delivery.method],
        facts={name: Fact(value, found.told) for name, value in facts.items()},
    )


def ended_and_refunded(found: LookedUpOrder, spoken: Spoken) -> Iterator[Say]:
    """Yield when an order was cancelled, and each refund that is recorded."""
    order = found.order
    if order.cancelled_at is not None:
        at = Fact(spoken.time(order.cancelled_at), found.told)
        yield Say(ResponseKey.ORDER_CANCELLED, facts={"at": at}, joins=True)
    for refund in order.refunds:
        yield _refund(refund, found, spoken)


def _refund(refund: Refund, found: LookedUpOrder, spoken: Spoken) -> Say:
    key, facts = ResponseKey.ORDER_REFUNDED, {}
    if refund.amount is not None and refund.at is not None:
        key = ResponseKey.ORDER_REFUNDED_AMOUNT
        facts = {"amount": amount(refund.amount), "at": spoken.time(refund.at)}
    return Say(
        key,
        facts={name: Fact(value, found.told) for name, value in facts.items()},
        checked=(found.told,),
        joins=True,
    )


def _not_packed(found: LookedUpOrder) -> Iterator[Say]:
    order = found.order
    if order.cancelled_at is not None:
        return
    if not order.parcels:
        collected = order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT
        key = ResponseKey.ORDER_NO_PARCELS_COLLECT if collected else ResponseKey.ORDER_NO_PARCELS
        yield Say(key, checked=(found.told,), joins=True)
    lines = {line.id: line for line in order.lines}
    waiting = [(lines[one.line_id], one.quantity) for one in unpacked(order)]
    if waiting and may(found.level, Deed.TELL_DETAILS):
        items = Fact(items_by_line(waiting), found.told)
        yield Say(ResponseKey.ORDER_NOT_PACKED, facts={"items": items}, joins=True)
