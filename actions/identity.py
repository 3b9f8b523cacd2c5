"""Finds the orders a turn is about, or the question that has to be asked first."""

from dataclasses import dataclass
from typing import assert_never

from actions.reply import QuickReply, Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.identity import Level, NextStep, next_step
from support.facts import Fact
from support.identification import Asker, LookedUpOrder, Refusal
from support.ids import OrderNumber
from support.systems.orders.errors import OrderNotFound
from support.times import spoken_date, zone_of

IDENTITY_FORM = "identity_form"
ASKED_AGAIN = {
    NextStep.ASK_BOTH: "order_number_again",
    NextStep.ASK_ORDER_NUMBER: "order_number_again",
    NextStep.ASK_CONTACT: "contact_again",
}
"""Values of `identity_question` for a question that was asked and not answered."""

RESOLVED = {"identity_question": None, "tried_order_number": None, "tried_contact": None}
"""Slots after the questions about identity came to an end."""

_MOST_ORDERS_AT_ONCE = 3
_MOST_ORDERS_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Identified:
    """The orders that may be told about, in the order in which they were mentioned."""

    orders: tuple[LookedUpOrder, ...]


async def identify(turn: Turn, services: Services, *, topic: Topic) -> Identified | Reply:
    """Return the orders a turn is about, or the reply that asks for what is missing.

    What was said in any earlier turn counts; what this message says comes first. The topic is
    remembered, so that it is answered as soon as the order is known.
    """
    numbers = turn.order_numbers
    if not numbers:
        return await _without_number(turn, services, topic)
    found: list[LookedUpOrder] = []
    for number in numbers[:_MOST_ORDERS_AT_ONCE]:
        one = await _one_order(turn, services, number, topic)
        if isinstance(one, Reply):
            return one
        found.append(one)
    return Identified(tuple(found))


async def _one_order(
    turn: Turn, services: Services, number: OrderNumber, topic: Topic
) -> LookedUpOrder | Reply:
    asker = _asker(turn)
    level = await services.identification.level(asker, number)
    owner_checked = False
    while True:
        step = next_step(
            has_order_number=True,
            has_contact=turn.contact is not None,
            level=level,
            signed_in=turn.customer_id is not None,
            owner_checked=owner_checked,
        )
        match step:
            case NextStep.TELL:
                try:
                    return await services.identification.look_up(number, level)
                except OrderNotFound:
                    return _refused(turn, Refusal.NOT_MATCHED, number, topic)
            case NextStep.CHECK_OWNER:
                own = await services.identification.check_owner(asker, number)
                if own is not None:
                    return own
                owner_checked = True
            case NextStep.CHECK_CONTACT:
                return await _checked(turn, services, number, topic)
            case _:
                return _ask(turn, step, topic, number)


async def _checked(
    turn: Turn, services: Services, number: OrderNumber, topic: Topic
) -> LookedUpOrder | Reply:
    outcome = await services.identification.check_contact(_asker(turn), number, turn.contact or "")
    if isinstance(outcome, Refusal):
        return _refused(turn, outcome, number, topic)
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
    return _ask(turn, step, topic, None)


async def _offer(
    orders: tuple[LookedUpOrder, ...], turn: Turn, services: Services, topic: Topic
) -> Reply | Identified:
    latest = orders[0]
    if len(orders) == 1:
        await services.verified.remember(turn.conversation_id, latest.order.number, Level.SIGNED_IN)
        return Identified((latest,))
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
    slots = {"topic": topic, "offered_order": latest.order.number}
    return Reply(says=(say,), slots=slots, leaves_form=turn.active_form == IDENTITY_FORM)


def _placed(one: LookedUpOrder, services: Services) -> str:
    zone = zone_of(one.order)
    placed = one.order.placed_at.astimezone(zone).date()
    return spoken_date(placed, today=services.now().astimezone(zone).date())


def ask_again(turn: Turn, *says: Say) -> Reply:
    """Return to the open question about identity, worded with help for those who got stuck."""
    number = turn.slot("order_number")
    question = ASKED_AGAIN[NextStep.ASK_CONTACT if number else NextStep.ASK_ORDER_NUMBER]
    return Reply(says=says, slots={"identity_question": question}, then=IDENTITY_FORM)


def _ask(turn: Turn, step: NextStep, topic: Topic, number: OrderNumber | None) -> Reply:
    stuck = turn.active_form == IDENTITY_FORM and not turn.gave_identity
    question = ASKED_AGAIN[step] if stuck else step.value
    slots = {"topic": topic, "identity_question": question, "order_number": number}
    return Reply(slots=slots, then=IDENTITY_FORM)


def _refused(turn: Turn, refusal: Refusal, number: OrderNumber, topic: Topic) -> Reply:
    match refusal:
        case Refusal.LIMITED:
            return Reply(
                says=(Say(ResponseKey.IDENTITY_LIMITED),),
                slots={**RESOLVED, "topic": topic},
                leaves_form=turn.active_form == IDENTITY_FORM,
            )
        case Refusal.NOT_MATCHED:
            # The form would take the same two details from this message again, so it is left.
            return Reply(
                says=(Say(ResponseKey.IDENTITY_NOT_MATCHED),),
                slots={
                    "topic": topic,
                    "identity_question": None,
                    "order_number": None,
                    "contact": None,
                    "tried_order_number": number,
                    "tried_contact": turn.contact,
                },
                leaves_form=turn.active_form == IDENTITY_FORM,
            )
        case _:
            assert_never(refusal)


def _asker(turn: Turn) -> Asker:
    return Asker(turn.conversation_id, turn.sender_key, turn.customer_id)
