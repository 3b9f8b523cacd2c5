from datetime import timedelta

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.ids import TicketReference
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Span, Unit
from support.systems.errors import SystemUnreachable
from support.systems.marketplace.models import TicketReason, TicketState
from support.systems.orders.models import Order
from tests.actions.chatting import Chat
from tests.knowledge import library
from tests.orders import NOW, line_json, order, parcel_json

TOY_HAVEN = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
LAMP_LAND = {"id": "lamp-land", "name": "Lamp Land", "marketplace": True}
INTENT = "marketplace_order"
TICKET = TicketReference("MKT-000001")


def sold_by_one() -> Order:
    return order(lines=[line_json(seller=TOY_HAVEN)])


def sold_by_two() -> Order:
    lines = [
        line_json(name="Robot", seller=TOY_HAVEN),
        line_json(id="2", name="Lamp", seller=LAMP_LAND),
    ]
    second = parcel_json(id="P2", items=[{"line_id": "2", "quantity": 1}])
    return order(parcel_json(), second, lines=lines)


async def test_the_seller_is_named_and_a_ticket_offered_before_any_is_opened(redis: Redis) -> None:
    customer = Chat(sold_by_one(), redis)

    said = await customer.begin("where is my order from the seller", INTENT)

    assert customer.talk.said(ResponseKey.MARKETPLACE_ADVICE)["sellers"] == "Toy Haven"
    assert customer.talk.said(ResponseKey.ASK_OPEN_TICKET)["who"] == "Toy Haven"
    assert ResponseKey.PARCEL_CARRIER_LINK in said
    assert customer.marketplace.requests == []


async def test_yes_opens_one_ticket_for_the_reason_in_the_words(redis: Redis) -> None:
    customer = Chat(sold_by_one(), redis)
    await customer.say("my thing came smashed, 0400 000 001", INTENT)
    await customer.begin("410200341 sam@example.com", "provide_details")

    said = await customer.yes()

    assert said[:2] == [ResponseKey.TICKET_OPENED, ResponseKey.TICKET_WAITING_FOR_SELLER]
    assert ResponseKey.ASK_TELL_ME in said
    (request,) = customer.marketplace.requests
    assert request.reason is TicketReason.MISSING_OR_DAMAGED


async def test_the_seller_reads_the_customers_words_without_personal_data(redis: Redis) -> None:
    customer = Chat(sold_by_one(), redis)
    await customer.begin("is it the right one", INTENT)
    await customer.say("came broken, call me on 0400 000 001", INTENT)

    await customer.yes()

    (request,) = customer.marketplace.requests
    assert "came broken" in request.message
    assert "0400" not in request.message


async def test_no_opens_none(redis: Redis) -> None:
    customer = Chat(sold_by_one(), redis)
    await customer.begin("the seller is ignoring me", INTENT)

    assert await customer.no() == [ResponseKey.MARKETPLACE_NOT_NOW]
    assert customer.marketplace.requests == []


async def test_of_several_sellers_it_asks_which(redis: Redis) -> None:
    customer = Chat(sold_by_two(), redis)

    asked = await customer.begin("the seller never sent it", INTENT)
    chosen = await customer.say("lamp land", "nlu_fallback")

    assert ResponseKey.ASK_WHICH_SELLER in asked
    assert ResponseKey.ASK_OPEN_TICKET in chosen
    assert customer.talk.said(ResponseKey.ASK_OPEN_TICKET)["who"] == "Lamp Land"


@pytest.mark.parametrize(
    ("text", "seller"),
    [("Toy Haven never sent it", "Toy Haven"), ("the lamp never came", "Lamp Land")],
)
async def test_a_seller_who_is_named_is_not_asked_for(text: str, seller: str, redis: Redis) -> None:
    customer = Chat(sold_by_two(), redis)
    await customer.begin("marketplace order", INTENT)

    await customer.say(text, INTENT)

    assert customer.talk.said(ResponseKey.ASK_OPEN_TICKET)["who"] == seller


async def with_ticket(redis: Redis, **changes: object) -> Chat:
    customer = Chat(sold_by_one(), redis)
    await customer.begin("the seller never sent it", INTENT)
    await customer.yes()
    customer.marketplace.change(TICKET, **changes)
    return customer


async def test_a_ticket_in_time_is_told_with_its_clock(redis: Redis) -> None:
    customer = await with_ticket(redis, reply_due=NOW + timedelta(days=1))

    said = await customer.begin("any news from the seller", INTENT)

    assert ResponseKey.TICKET_REPLY_DUE in said
    assert ResponseKey.ASK_ESCALATE_TICKET not in said
    assert len(customer.marketplace.requests) == 1


async def test_a_ticket_without_an_answer_in_time_goes_to_the_operator_on_yes(
    redis: Redis,
) -> None:
    customer = await with_ticket(redis, reply_due=NOW - timedelta(hours=1))

    offered = await customer.begin("any news from the seller", INTENT)
    done = await customer.yes()

    assert ResponseKey.TICKET_REPLY_OVERDUE in offered
    assert ResponseKey.ASK_ESCALATE_TICKET in offered
    assert ResponseKey.TICKET_ESCALATED in done


async def test_an_answer_that_came_meanwhile_is_told_instead_of_escalating(redis: Redis) -> None:
    customer = await with_ticket(redis, reply_due=NOW - timedelta(hours=1))
    await customer.begin("any news from the seller", INTENT)
    customer.marketplace.change(TICKET, state=TicketState.SELLER_ANSWERED, answer="It ships today.")

    said = await customer.yes()

    assert ResponseKey.TICKET_ESCALATED not in said
    assert customer.talk.said(ResponseKey.TICKET_ANSWER)["answer"] == "It ships today."


async def test_an_answer_is_quoted_as_the_sellers_words(redis: Redis) -> None:
    customer = await with_ticket(redis, state=TicketState.SELLER_ANSWERED, answer="It ships today.")

    said = await customer.begin("did the seller reply", INTENT)

    assert ResponseKey.TICKET_SELLER_ANSWERED in said
    told = customer.talk.said(ResponseKey.TICKET_ANSWER)
    assert told["answer"] == "It ships today."
    assert told["evidence"][0]["source"] == "Kmart Marketplace"


async def test_the_order_is_told_even_while_the_marketplace_fails(redis: Redis) -> None:
    customer = Chat(sold_by_one(), redis)
    customer.marketplace.failure = SystemUnreachable("marketplace")

    said = await customer.begin("where is it", INTENT)

    assert ResponseKey.PARCEL_SHIPPED_SELLER in said
    assert said[-1] is ResponseKey.MARKETPLACE_UNAVAILABLE_TOO


async def test_how_returns_work_is_told_without_asking_whose_order_it_is(redis: Redis) -> None:
    days = Span(least=30, most=30, unit=Unit.DAYS)
    knowledge = library({KnowledgeKey.MARKETPLACE_RETURNS: days})
    customer = Chat(sold_by_one(), redis, knowledge=knowledge)

    said = await customer.say("how do returns work for marketplace items", INTENT)

    assert said == [ResponseKey.MARKETPLACE_RETURNS, ResponseKey.MARKETPLACE_OFFER_ORDER]
    assert customer.talk.said(ResponseKey.MARKETPLACE_RETURNS)["time"] == "30 days"


async def test_without_a_published_rule_returns_are_said_not_to_be_known(redis: Redis) -> None:
    said = await Chat(sold_by_one(), redis).say("can i return a seller's item", INTENT)

    assert said[0] is ResponseKey.MARKETPLACE_RETURNS_UNKNOWN


async def test_an_order_of_the_shop_alone_gets_no_ticket(redis: Redis) -> None:
    said = await Chat(order(), redis).begin("the seller never sent it", INTENT)

    assert ResponseKey.NOT_MARKETPLACE in said
    assert ResponseKey.ASK_OPEN_TICKET not in said


async def test_a_refund_of_what_a_seller_sold_is_settled_with_the_seller(redis: Redis) -> None:
    customer = Chat(sold_by_one(), redis)
    await customer.begin("where is it", "track_order")

    refund = await customer.say("i want my money back from them", "refund_or_return")
    returned = await customer.say("i want to return it i changed my mind", "refund_or_return")

    assert ResponseKey.ASK_OPEN_TICKET in refund
    assert ResponseKey.REFUND_OR_RETURN not in (*refund, *returned)
    assert ResponseKey.MARKETPLACE_RETURNS_UNKNOWN in returned
    assert ResponseKey.MARKETPLACE_OFFER_ORDER not in returned
