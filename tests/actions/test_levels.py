"""What needs a code is not done without one, whichever procedure it is asked in."""

import re

import pytest
from redis.asyncio import Redis

from actions.allowed import NotAllowed, check_allowed
from actions.cases import DEEDS, open_case
from actions.order_topic import OrderTopic
from actions.order_topics import ORDER_TOPICS
from actions.turn import Turn
from support.decisions.identity import LEAST_LEVEL, Deed, Level
from support.ids import OrderNumber
from support.systems.cases.models import CaseKind, CaseRequest
from support.systems.marketplace.models import TicketReason
from support.systems.orders.models import Order
from tests.actions.chatting import Chat
from tests.orders import line_json, order, parcel_json

NUMBER = OrderNumber("410200341")
NEEDS_CODE = {kind for kind, deed in DEEDS.items() if LEAST_LEVEL[deed] is Level.CODE}
ADDRESS = "send it to 5/88 Marine Pde, Redcliffe QLD 4020 instead, or a refund"
SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
UNSENT = {"carrier": None, "tracking_number": None, "dispatched_at": None}
OVERDUE = "2026-11-10"
ORDERS = {
    "not sent": order(parcel_json(status="picking", promised_by=OVERDUE, **UNSENT)),
    "on its way, late": order(parcel_json(promised_by=OVERDUE)),
    "delivered": order(parcel_json(status="delivered")),
    "a seller's": order(parcel_json(status="picking", **UNSENT), lines=[line_json(seller=SELLER)]),
}
WALKS, TURNS = 3, 6


async def walk(chat: Chat, topic: type[OrderTopic], first: int) -> None:
    """Say what the topic is about, then one thing after another that takes it further."""
    await chat.talk.turn(
        chat.actions[topic.action_name],
        ADDRESS,
        order_number=chat.order.number,
        email=chat.order.contact.email,
    )
    for step in range(first, first + TURNS):
        pressed = re.findall(r'"answer": "([^"]+)"', " ".join(chat.talk.buttons))
        said = [("yes", "affirm"), (ADDRESS, "provide_details"), ("i want a refund", "affirm")]
        options = [(answer, None) for answer in pressed] + said
        words, intent = options[step % len(options)]
        await (chat.say(words, intent) if intent else chat.press(words))


def opened(chat: Chat) -> set[str]:
    """Return what was opened that needs a code."""
    cases = {one.kind for one in chat.cases.requests if one.kind in NEEDS_CODE}
    tickets = {one.reason for one in chat.marketplace.requests}
    return {*cases, *(tickets & {TicketReason.WRONG_ADDRESS})}


@pytest.mark.parametrize("topic", ORDER_TOPICS, ids=lambda topic: topic.topic)
@pytest.mark.parametrize("about", ORDERS.values(), ids=ORDERS)
async def test_no_procedure_changes_anything_for_a_matched_customer_without_a_code(
    topic: type[OrderTopic], about: Order, redis: Redis
) -> None:
    for first in range(WALKS):
        await redis.flushall()
        chat = Chat(about, redis)

        await walk(chat, topic, first)

        assert (await chat.services.verified.levels_of("conversation-1"))[NUMBER] is Level.MATCHED  # type: ignore[arg-type]
        assert opened(chat) == set()


@pytest.mark.parametrize("name", ["not sent", "on its way, late", "a seller's"])
async def test_the_same_walk_does_change_something_once_a_code_was_given(
    name: str, redis: Redis
) -> None:
    chat = Chat(ORDERS[name], redis)
    await chat.identify(Level.CODE)

    await walk(chat, next(one for one in ORDER_TOPICS if one.topic == "address"), 0)

    assert opened(chat)


def test_every_kind_of_case_says_what_opening_it_is() -> None:
    assert set(DEEDS) == set(CaseKind)
    assert {
        CaseKind.ADDRESS_BEFORE_DISPATCH,
        CaseKind.CARRIER_REDIRECT,
        CaseKind.REFUND_REQUEST,
        CaseKind.RETURN_REQUEST,
        CaseKind.ALTERNATIVE_REQUEST,
    } <= NEEDS_CODE


@pytest.mark.parametrize("kind", sorted(NEEDS_CODE))
async def test_a_procedure_that_forgets_to_ask_opens_nothing(kind: CaseKind, redis: Redis) -> None:
    chat = Chat(ORDERS["not sent"], redis)
    await chat.identify(Level.MATCHED)
    turn = Turn.of(chat.talk._tracker("yes", {"affirm": 1.0}, {}))

    with pytest.raises(NotAllowed):
        await open_case(turn, chat.services, CaseRequest(kind=kind, order_number=NUMBER))

    assert chat.cases.requests == []


async def test_what_was_shown_for_one_order_counts_for_no_other(redis: Redis) -> None:
    chat = Chat(ORDERS["not sent"], redis)
    await chat.identify(Level.CODE)
    turn = Turn.of(chat.talk._tracker("yes", {"affirm": 1.0}, {}))

    await check_allowed(turn, chat.services, NUMBER, Deed.ASK_REMEDY)
    with pytest.raises(NotAllowed):
        await check_allowed(turn, chat.services, OrderNumber("410200342"), Deed.TELL_STATUS)
