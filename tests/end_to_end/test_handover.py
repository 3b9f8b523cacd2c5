"""A person is asked for, comes with everything at hand, and gives the conversation back."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import TypeVar

import pytest
import redis

from gateway.conversation_log import ConversationLog
from gateway.handover import Agent, AgentId, Handover, Held
from gateway.ownership import Owner
from scripts.demo.system import System
from support.handover import PersonRequest, Reason
from support.ids import ConversationId
from support.redis_client import connect
from support.times import utc_now
from tests.end_to_end.customer import Customer

KIM = Agent(agent_id=AgentId("kim"), first_name="Kim")
T = TypeVar("T")
Desk = Callable[[Callable[[Handover], Awaitable[T]]], T]


@pytest.fixture
def desk(system: System, shared_redis: "redis.Redis") -> "Iterator[Desk[object]]":
    """What an agent does: `desk(lambda handover: handover.agents.say(...))`."""

    async def on_handover(do: Callable[[Handover], Awaitable[object]]) -> object:
        client = connect(system.redis_url)
        try:
            return await do(Handover.on(client, ConversationLog(client, keep=timedelta(days=1))))
        finally:
            await client.aclose()

    # Whoever was at the desk, or waited there, in tests before this one.
    for name in shared_redis.scan_iter("{handover}:*"):
        shared_redis.delete(name)
    yield lambda do: asyncio.run(on_handover(do))
    shared_redis.delete("{handover}:heartbeats")


def held_as(desk: Desk[Held], customer: Customer, owner: Owner) -> Held:
    """Return how the conversation stands, as soon as it has this owner."""
    conversation_id = ConversationId(customer.conversation_id)
    deadline = time.monotonic() + 15
    while (held := desk(lambda handover: handover.store.read(conversation_id))).owner is not owner:
        assert time.monotonic() < deadline, f"still {held.owner}: {customer.texts()}"
        time.sleep(0.1)
    return held


def test_a_person_takes_over_with_everything_at_hand_and_gives_back(
    customer: Customer, desk: Desk[object]
):
    conversation_id = ConversationId(customer.conversation_id)
    desk(lambda handover: handover.duty.come_online(KIM, now=utc_now()))
    customer.say("where is my order 410200341, sam@example.com")

    asked = customer.say("can i talk to a real person please")
    assert "I'm passing on everything about order 410200341" in asked.text
    assert "You're next in the queue for a person." in asked.text

    held_as(desk, customer, Owner.RESERVED)
    desk(lambda handover: handover.agents.accept(conversation_id, KIM.agent_id))
    request = desk(lambda handover: handover.store.request_of(conversation_id))
    assert isinstance(request, PersonRequest)
    assert (request.reason, request.verified, request.order_number) == (
        Reason.ASKED,
        "matched",
        "410200341",
    )
    assert request.parcels

    before = len(customer.messages())
    customer.send(text="are you there?")
    desk(
        lambda handover: handover.agents.say(
            conversation_id, KIM.agent_id, "Yes, I am.", client_message_id="1"
        )
    )
    customer.answer()
    said = [(one["sender"], one["text"]) for one in customer.messages()[before - 1 :]]
    assert said == [
        ("system", "Kim has joined the chat."),
        ("customer", "are you there?"),
        ("agent", "Yes, I am."),
    ]

    desk(
        lambda handover: handover.agents.give_back(
            conversation_id, KIM.agent_id, summary="All good."
        )
    )
    deadline = time.monotonic() + 15
    while "Is there anything else about order 410200341?" not in "\n".join(customer.texts()):
        assert time.monotonic() < deadline, customer.texts()
        time.sleep(0.1)
    assert "Status:" in customer.say("where is it now").text


def test_an_answer_to_the_assistant_keeps_the_place_in_the_queue(
    customer: Customer, desk: Desk[object]
):
    desk(lambda handover: handover.duty.come_online(KIM, now=utc_now()))
    customer.say("where is my order 410200347, tom@example.com")
    customer.say("can i talk to a real person please")
    held_as(desk, customer, Owner.RESERVED)

    assert customer.say("where is it now").text.endswith("?")
    assert "queue" not in customer.say("nah all good").text
    held_as(desk, customer, Owner.RESERVED)
    assert "you're out of the queue" in customer.say("never mind").text


def test_without_anybody_there_is_a_ticket_and_the_assistant_goes_on(customer: Customer):
    answer = customer.say("let me talk to a person")
    assert "Your reference is CB-" in answer.text
    assert "Status:" in customer.say("where is my order 410200341, sam@example.com").text


def test_three_messages_that_are_not_understood_get_a_person(customer: Customer):
    for text in ("blorp", "flumph garble", "zzyx wibble"):
        answer = customer.say(text)
    assert "I'm asking for a person." in answer.text
    assert "CB-" in answer.text
