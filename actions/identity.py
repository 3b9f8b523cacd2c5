"""Finds the orders a turn is about, or the question that has to be asked first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from actions.identity_questions import IDENTITY_FORM, ask, refused
from actions.parcel_choice import brought_by
from actions.reply import QuickReply, Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.choice import picked, picks_by_carrier
from support.decisions.identity import Level, NextStep, next_step
from support.decisions.wanted_detail import items_named
from support.facts import Fact
from support.identification import Asker, LookedUpOrder, Refusal
from support.ids import OrderNumber
from support.mentions.item_matching import matches
from support.systems.orders.errors import OrderNotFound
from support.times import spoken_date, zone_of

NOT_BY_PHONE: Final = "not_by_phone"
"""The slot for the order that is not known by the phone from which is written."""

_MOST_ORDERS_AT_ONCE = 3
_MOST_ORDERS_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Identified:
    """The orders that may be told about, in the order in which they were mentioned.

    `not_matched` are others that were asked for together with them.
    """

    orders: tuple[LookedUpOrder, ...]
    not_matched: tuple[OrderNumber, ...] = ()


async def identify(turn: Turn, services: Services, *, topic: Topic) -> Identified | Reply:
    """Return the orders a turn is about, or the reply that asks for what is missing.

    What was said in any earlier turn counts; what this message says comes first. The topic is
    remembered, so that it is answered as soon as the order is known.
    """
    numbers = turn.order_numbers
    if not numbers:
        return await _without_number(turn, services, topic)
    answers = {
        number: await _one_order(turn, services, number, topic)
        for number in numbers[:_MOST_ORDERS_AT_ONCE]
    }
    replies = {number: one for number, one in answers.items() if isinstance(one, Reply)}
    orders = tuple(one for one in answers.values() if isinstance(one, LookedUpOrder))
    return Identified(orders, tuple(replies)) if orders else next(iter(replies.values()))


async def _one_order(
    turn: Turn, services: Services, number: OrderNumber, topic: Topic
) -> LookedUpOrder | Reply:
    asker = _asker(turn)
    level = await services.identification.level(asker, number)
    owner_checked, sender_checked = False, turn.sender_phone is None
    while True:
        step = next_step(
            has_order_number=True,
            has_contact=turn.contact is not None,
            level=level,
            signed_in=turn.customer_id is not None,
            owner_checked=owner_checked,
            has_phone=not sender_checked,
        )
        match step:
            case NextStep.TELL:
                try:
                    return await services.identification.look_up(number, level)
                except OrderNotFound:
                    return refused(turn, Refusal.NOT_MATCHED, number, topic)
            case NextStep.CHECK_OWNER:
                own = await services.identification.check_owner(asker, number)
                if own is not None:
                    return own
                owner_checked = True
            case NextStep.CHECK_SENDER:
                from_phone = await services.identification.check_sender(asker, number)
                if from_phone is not None:
                    return from_phone
                sender_checked = True
            case NextStep.CHECK_CONTACT:
                return await _checked(turn, services, number, topic)
            case _:
                asked = ask(turn, step, topic, number)
                return asked.with_slots({NOT_BY_PHONE: number}) if turn.sender_phone else asked


async def _checked(
    turn: Turn, services: Services, number: OrderNumber, topic: Topic
) -> LookedUpOrder | Reply:
    outcome = await services.identification.check_contact(_asker(turn), number, turn.contacts)
    if isinstance(outcome, Refusal):
        return refused(turn, outcome, number, topic)
    return outcome


async def _without_number(turn: Turn, services: Services, topic: Topic) -> Reply | Identified:
    if turn.customer_id is not None:
        orders = await services.identification.orders_of(turn.customer_id)
        if orders:
            return await _offer(orders, turn, services, topic)
    step = next_step(
        has_order_number=False,
        has_contact=turn.contact is not None,
        level=Level.NONE,
        signed_in=turn.customer_id is not None,
    )
    return ask(turn, step, topic, None)


async def _offer(
    orders: tuple[LookedUpOrder, ...], turn: Turn, services: Services, topic: Topic
) -> Reply | Identified:
    latest = orders[0]
    meant = _meant(turn, orders)
    if meant is not None:
        await services.verified.remember(turn.conversation_id, meant.order.number, Level.SIGNED_IN)
        return Identified((meant,))
    buttons = tuple(
        QuickReply(
            title=f"{one.order.number} ({_placed(one, services)})",
            payload=f'/provide_details{{"order_number": "{one.order.number}"}}',
        )
        for one in orders[:_MOST_ORDERS_OFFERED]
    )
    say = Say(
        ResponseKey.OFFER_ORDERS,
        facts={
            "order_number": Fact(str(latest.order.number), latest.told),
            "placed": Fact(_placed(latest, services), latest.told),
        },
        quick_replies=buttons,
    )
    numbers = [one.order.number for one in orders[:_MOST_ORDERS_OFFERED]]
    slots = {"topic": topic, "offered_order": numbers[0], "offered_orders": numbers}
    return Reply(says=(say,), slots=slots, leaves_form=turn.active_form == IDENTITY_FORM)


def _meant(turn: Turn, orders: Sequence[LookedUpOrder]) -> LookedUpOrder | None:
    """Return the one order that is meant: the only one, or picked by place, item or carrier."""
    if len(orders) == 1:
        return orders[0]
    offered = len(turn.several("offered_orders"))
    places = picked(turn.text, offered, newest_first=True) if offered else ()
    places = places or tuple(_naming(turn, orders))
    return orders[places[0]] if len(places) == 1 else None


def _naming(turn: Turn, orders: Sequence[LookedUpOrder]) -> Iterator[int]:
    """Yield the places of the orders of which a message names an item or the carrier."""
    items = (*turn.said("item"), *items_named(turn.text))
    for place, one in enumerate(orders):
        named = any(matches(item, line.name) for item in items for line in one.order.lines)
        carriers = [parcel.carrier for parcel in one.order.parcels]
        if named or (picks_by_carrier(turn.text) and brought_by(turn.text, carriers)):
            yield place


def _placed(one: LookedUpOrder, services: Services) -> str:
    zone = zone_of(one.order)
    placed = one.order.placed_at.astimezone(zone).date()
    return spoken_date(placed, today=services.now().astimezone(zone).date())


def _asker(turn: Turn) -> Asker:
    return Asker(turn.conversation_id, turn.sender_key, turn.customer_id, turn.sender_phone)
