"""A text message from the phone on the order, and nothing else that says who writes."""

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from tests.actions.chatting import Chat
from tests.orders import order, parcel_json

STORE = {"id": "s", "name": "Kmart Geelong", "address": "1 Store St, Geelong VIC 3220"}
TOLD = "send it to 5/88 Marine Pde, Redcliffe QLD 4020 instead"


@pytest.fixture
def chat(redis: Redis) -> Chat:
    chat = Chat(order(parcel_json(store=STORE)), redis)
    chat.talk.sender_phone = "+61400000001"
    return chat


async def test_the_status_is_told_without_items_and_address(chat: Chat) -> None:
    said = await chat.say("where is 410200341", "track_order", order_number="410200341")

    assert ResponseKey.PARCEL_SHIPPED in said
    shown = str(chat.talk.messages)
    assert all(secret not in shown for secret in ("Kettle", "Example St", "Store St", "Sam"))
    assert "sam@example.com" not in shown


@pytest.mark.parametrize(
    "question", ["what is in it", "what address is it going to", "which store", "who sells it"]
)
async def test_details_are_withheld(question: str, chat: Chat) -> None:
    said = await chat.talk.turn(
        chat.actions["action_order_details"], question, order_number="410200341"
    )

    assert said == [ResponseKey.DETAIL_WITHHELD]


async def test_a_withheld_detail_is_told_once_the_email_is_given(chat: Chat) -> None:
    await chat.say("where is 410200341", "track_order", order_number="410200341")
    await chat.say("what address is it going to", "order_details")

    said = await chat.say("sam@example.com", "provide_details", email="sam@example.com")

    assert said == [ResponseKey.DETAIL_ORDER, ResponseKey.DETAIL_ADDRESS]


async def test_nothing_is_begun_until_the_email_is_given(chat: Chat) -> None:
    said = await chat.say(TOLD, "wrong_address", order_number="410200341")

    assert said[-1] is ResponseKey.ONLY_STATUS
    more = await chat.say("sam@example.com", "provide_details", email="sam@example.com")
    assert ResponseKey.ASK_CONFIRM_ADDRESS in more


async def test_another_phone_is_asked_for_the_contact(chat: Chat) -> None:
    chat.talk.sender_phone = "+61400000002"

    said = await chat.say("where is 410200341", "track_order", order_number="410200341")

    assert said == []
    assert chat.talk.slots["identity_question"] == "ask_contact"


async def test_an_order_that_does_not_exist_looks_the_same(chat: Chat) -> None:
    said = await chat.say("where is 999999999", "track_order", order_number="999999999")

    assert said == []
    assert chat.talk.slots["identity_question"] == "ask_contact"
