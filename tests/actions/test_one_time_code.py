"""The question for a one-time code, between a confirmed address and what is done about it."""

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.decisions.identity import Level
from support.systems.errors import SystemUnreachable
from support.systems.notifications.models import NotificationChannel
from tests.actions.chatting import Chat
from tests.orders import order, parcel_json

PICKING = parcel_json(status="picking", carrier=None, tracking_number=None, dispatched_at=None)
TOLD = "send it to 5/88 Marine Pde, Redcliffe QLD 4020 instead"
SMS, EMAIL = NotificationChannel.SMS, NotificationChannel.EMAIL


@pytest.fixture
async def chat(redis: Redis) -> Chat:
    """A matched customer who was just asked for a code."""
    return await asked_for_code(Chat(order(PICKING), redis))


async def asked_for_code(chat: Chat) -> Chat:
    await chat.begin(TOLD, "wrong_address")
    await chat.say("yes", "affirm")
    return chat


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("{code}", "nlu_fallback"),
        ("its {spaced}", "provide_details"),
        ("code is {code} thanks", "goodbye"),
        ("no wait it's {code}", "correct_detail"),
        ("yes {code}", "affirm"),
    ],
)
async def test_the_code_is_read_whatever_the_message_was_taken_for(
    text: str, intent: str, chat: Chat
) -> None:
    code = chat.sent_code

    said = await chat.say(text.format(code=code, spaced=f"{code[:3]} {code[3:]}"), intent)

    assert said[0] is ResponseKey.CASE_OPENED


@pytest.mark.parametrize("kind", ["order_number", "postcode"])
async def test_a_code_taken_for_another_number_is_still_the_code(kind: str, chat: Chat) -> None:
    code = chat.sent_code

    said = await chat.say(code, "provide_details", **{kind: code})

    assert said[0] is ResponseKey.CASE_OPENED
    assert chat.talk.slots["order_number"] == "410200341"


async def test_a_wrong_code_says_how_many_tries_are_left_until_it_is_spent(chat: Chat) -> None:
    wrong = f"{(int(chat.sent_code) + 1) % 1_000_000:06d}"

    said = [(await chat.say(wrong, "nlu_fallback"))[0] for _ in range(5)]

    assert said == [
        ResponseKey.CODE_WRONG,
        ResponseKey.CODE_WRONG,
        ResponseKey.CODE_WRONG,
        ResponseKey.CODE_WRONG_ONE_LEFT,
        ResponseKey.CODE_SPENT,
    ]
    assert chat.cases.requests == []


async def test_a_new_code_is_offered_once_the_old_one_is_spent(chat: Chat) -> None:
    wrong = f"{(int(chat.sent_code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        await chat.say(wrong, "nlu_fallback")

    resent = await chat.say("yes please", "affirm")
    said = await chat.say(chat.sent_code, "nlu_fallback")

    assert resent[0] is ResponseKey.CODE_SENT_BY_EMAIL
    assert said[0] is ResponseKey.CASE_OPENED


async def test_no_to_a_new_code_leaves_everything_as_it_was(chat: Chat) -> None:
    wrong = f"{(int(chat.sent_code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        await chat.say(wrong, "nlu_fallback")

    said = await chat.say("no", "deny")

    assert said == [ResponseKey.CODE_LEFT]
    assert chat.matter is None


async def test_a_code_that_ran_out_is_said_to_have(chat: Chat, redis: Redis) -> None:
    code = chat.sent_code
    await redis.delete(*[key async for key in redis.scan_iter("conv:*:code:*")])

    said = await chat.say(code, "nlu_fallback")

    assert said[0] is ResponseKey.CODE_EXPIRED


async def test_another_code_is_sent_when_none_came(chat: Chat) -> None:
    said = await chat.say("didnt get it", "nlu_fallback")

    assert said[0] is ResponseKey.CODE_SENT_BY_EMAIL
    assert len(chat.sender.sent) == 2
    assert (await chat.say(chat.sent_code, "nlu_fallback"))[0] is ResponseKey.CASE_OPENED


async def test_it_can_be_sent_the_other_way(chat: Chat) -> None:
    by_words = await chat.say("by text instead", "nlu_fallback")
    by_button = await chat.press("email")

    assert by_words[0] is ResponseKey.CODE_SENT_BY_TEXT
    assert by_button[0] is ResponseKey.CODE_SENT_BY_EMAIL
    assert [one.channel for one in chat.sender.sent] == [EMAIL, SMS, EMAIL]


async def test_the_other_way_is_offered_only_where_there_is_one(redis: Redis) -> None:
    chat = await asked_for_code(
        Chat(order(PICKING, contact={"email": "sam@example.com", "phone": None}), redis)
    )

    said = await chat.say("text it", "nlu_fallback")

    assert said[:2] == [ResponseKey.CODE_ONLY_BY_EMAIL, ResponseKey.CODE_SENT_BY_EMAIL]
    assert ResponseKey.ANSWER_CODE_BY_TEXT not in said


async def test_who_is_known_by_phone_gets_a_text(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.say(TOLD, "wrong_address", order_number="410200341", phone="+61400000001")

    await chat.say("yes", "affirm")

    assert chat.sender.sent[0].channel is SMS


async def test_only_part_of_the_address_is_told(chat: Chat) -> None:
    await chat.say("send again", "nlu_fallback")

    told = chat.talk.said(ResponseKey.CODE_SENT_BY_EMAIL)

    assert told["address"] == "s\u2022\u2022\u2022@example.com"


async def test_when_no_more_can_be_sent_the_last_one_still_works(chat: Chat) -> None:
    said = [(await chat.say("send again", "nlu_fallback"))[0] for _ in range(3)]

    assert said[-1] is ResponseKey.CODE_LIMITED
    assert (await chat.say(chat.sent_code, "nlu_fallback"))[0] is ResponseKey.CASE_OPENED


async def test_an_order_without_a_contact_to_send_to_is_left_to_people(redis: Redis) -> None:
    chat = Chat(order(PICKING, contact={"phone": "03 5550 0145", "email": None}), redis)
    await chat.say(TOLD, "wrong_address", order_number="410200341", phone="+61355500145")

    said = await chat.say("yes", "affirm")

    assert said == [ResponseKey.CODE_NOWHERE]
    assert chat.matter is None


async def test_too_few_digits_cost_no_try(chat: Chat) -> None:
    said = await chat.say("48291", "nlu_fallback")

    assert said == [ResponseKey.CODE_OF_OTHER_LENGTH]
    assert (await chat.say(chat.sent_code, "nlu_fallback"))[0] is ResponseKey.CASE_OPENED


async def test_other_talk_is_answered_and_the_code_asked_for_again(chat: Chat) -> None:
    said = await chat.say("where is my order", "track_order")

    assert ResponseKey.PARCEL_PICKING in said
    assert ResponseKey.ASK_CODE_AGAIN in said
    assert (await chat.say(chat.sent_code, "nlu_fallback"))[0] is ResponseKey.CASE_OPENED


async def test_pressing_an_earlier_button_again_sends_no_code(chat: Chat) -> None:
    await chat.press("yes")

    assert len(chat.sender.sent) == 1


async def test_a_signed_in_customer_is_asked_for_no_code(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    chat.talk.customer_id = "c-1001"
    await chat.say(TOLD, "wrong_address", order_number="410200341")

    said = await chat.say("yes", "affirm")

    assert said[0] is ResponseKey.CASE_OPENED
    assert chat.sender.sent == []


async def test_a_code_given_once_counts_for_the_session(chat: Chat) -> None:
    await chat.say(chat.sent_code, "nlu_fallback")
    levels = await chat.services.verified.levels_of("conversation-1")  # type: ignore[arg-type]

    assert levels == {"410200341": Level.CODE}


async def test_while_nothing_can_be_sent_it_is_said_and_yes_tries_again(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin(TOLD, "wrong_address")
    chat.sender.failure = SystemUnreachable("notifications")

    said = await chat.say("yes", "affirm")

    assert said == [ResponseKey.SENDER_UNAVAILABLE]
    chat.sender.failure = None
    assert (await chat.say("yes", "affirm"))[0] is ResponseKey.CODE_SENT_BY_EMAIL


async def test_what_failed_after_the_code_can_be_tried_again_without_another_one(
    chat: Chat,
) -> None:
    chat.cases.failure = SystemUnreachable("cases")
    await chat.say(chat.sent_code, "nlu_fallback")
    chat.cases.failure = None

    said = await chat.say("try again", "nlu_fallback")

    assert said[0] is ResponseKey.CASE_OPENED
    assert len(chat.sender.sent) == 1


async def test_the_code_is_kept_in_no_slot_and_said_in_no_reply(chat: Chat) -> None:
    code = chat.sent_code
    said_before = str(chat.talk.messages)

    await chat.say(code, "nlu_fallback")

    assert code not in f"{said_before} {chat.talk.messages} {chat.talk.slots}"
