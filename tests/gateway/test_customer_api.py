import asyncio
from datetime import datetime

import pytest
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog, QuickReply, Reply, Sender
from gateway.ownership import Owner, Ownership
from support.ids import ConversationId
from tests.fakes.chat import (
    Chat,
    RunningGateway,
    running_gateway,
)
from tests.fakes.problems import problem


async def test_a_message_is_accepted_logged_and_queued_for_a_turn(chat: Chat, redis: Redis):
    message_id = await chat.say("where is my order?", "first")
    (message,) = await chat.messages()
    assert datetime.fromisoformat(message.pop("at")).tzinfo is not None
    assert message == {
        "position": 1,
        "message_id": message_id,
        "sender": "customer",
        "text": "where is my order?",
        "quick_replies": [],
        "evidence": [],
        "client_message_id": "first",
    }
    ((_, queued),) = await redis.xrange("turns")
    assert queued == {"conversation_id": chat.id, "message_id": message_id}


async def test_a_repeated_message_gets_the_first_answer_whatever_its_text(chat: Chat):
    first = await chat.say("one", "same")
    assert await chat.say("two", "same") == first
    assert [message["text"] for message in await chat.messages()] == ["one"]


async def test_fifty_identical_posts_at_once_are_one_message(chat: Chat):
    ids = await asyncio.gather(*(chat.say("hello", "same") for _ in range(50)))
    assert len(set(ids)) == 1
    assert len(await chat.messages()) == 1


async def test_a_repeat_heals_a_turn_that_was_logged_but_not_queued(chat: Chat, redis: Redis):
    message_id = await chat.say("hello", "same")
    await redis.delete("turns")
    await chat.say("hello", "same")
    ((_, queued),) = await redis.xrange("turns")
    assert queued["message_id"] == message_id


async def test_a_pressed_choice_is_said_in_its_own_words(chat: Chat, log: ConversationLog):
    offer = Reply(
        sender=Sender.BOT,
        text="Which one?",
        quick_replies=[QuickReply(title="The kettle", payload='/choose{"line": "1"}')],
    )
    conversation_id = ConversationId(chat.id)
    await log.append_reply(
        conversation_id, offer, dedupe_key="m:0", admitted=Ownership(Owner.BOT, 1)
    )
    (choice,) = (await chat.messages())[0]["quick_replies"]
    assert choice["title"] == "The kettle"
    response = await chat.post({"client_message_id": "1", "quick_reply": choice["id"]})
    assert response.status_code == 202
    shown = await chat.messages()
    assert shown[1]["text"] == "The kettle"
    assert "choose" not in str(shown)
    logged = await log.read(conversation_id, after=1)
    assert logged[0].body.payload == '/choose{"line": "1"}'


async def test_a_choice_offered_in_another_chat_is_unknown(
    gateway: RunningGateway, chat: Chat, log: ConversationLog
):
    other = await gateway.start_chat()
    offer = Reply(sender=Sender.BOT, text="?", quick_replies=[QuickReply(title="A", payload="/a")])
    await log.append_reply(
        ConversationId(other.id), offer, dedupe_key="m:0", admitted=Ownership(Owner.BOT, 1)
    )
    (choice,) = (await other.messages())[0]["quick_replies"]
    response = await chat.post({"client_message_id": "1", "quick_reply": choice["id"]})
    assert problem(response) == (422, "unknown_quick_reply")


async def test_a_closed_chat_takes_no_messages_but_can_be_read(chat: Chat):
    first = await chat.say("hi", "1")
    response = await chat.http.post(f"{chat.path}/close", headers=chat.headers)
    assert response.status_code == 204
    assert problem(await chat.post({"client_message_id": "2", "text": "more"})) == (
        409,
        "conversation_closed",
    )
    assert await chat.say("hi", "1") == first
    assert len(await chat.messages()) == 1


async def test_polling_continues_after_a_position(chat: Chat):
    for number in range(3):
        await chat.say(f"text {number}")
    assert [message["position"] for message in await chat.messages(after=1)] == [2, 3]
    assert await chat.messages(after=3) == []


async def test_too_many_messages_are_slowed_down(redis: Redis, redis_url: str):
    assert await redis.ping()
    async with running_gateway(redis_url, messages_per_minute=2) as gateway:
        chat = await gateway.start_chat()
        await chat.say("one", "1")
        await chat.say("two", "2")
        response = await chat.post({"client_message_id": "3", "text": "three"})
        assert problem(response) == (429, "too_many_requests")
        assert 1 <= int(response.headers["Retry-After"]) <= 30
        await chat.say("two", "2")


async def test_too_many_chats_from_one_sender_are_slowed_down(redis: Redis, redis_url: str):
    assert await redis.ping()
    async with running_gateway(
        redis_url, conversations_per_minute=1, forwarded_allow_ips="127.0.0.1"
    ) as gateway:
        there = {"X-Forwarded-For": "203.0.113.7"}
        elsewhere = {"X-Forwarded-For": "203.0.113.8"}
        statuses = [
            (await gateway.http.post("/v1/conversations", headers=headers)).status_code
            for headers in (there, there, elsewhere)
        ]
    assert statuses == [201, 429, 201]


async def test_a_forwarded_address_is_not_believed_by_default(redis: Redis, redis_url: str):
    assert await redis.ping()
    async with running_gateway(redis_url, conversations_per_minute=1) as gateway:
        statuses = [
            (
                await gateway.http.post(
                    "/v1/conversations", headers={"X-Forwarded-For": f"203.0.113.{number}"}
                )
            ).status_code
            for number in (7, 8)
        ]
    assert statuses == [201, 429]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [("GET", "/v2/nothing", "not_found"), ("DELETE", "/v1/conversations", "method_not_allowed")],
)
async def test_other_addresses_are_problems_too(
    gateway: RunningGateway, method: str, path: str, code: str
):
    assert problem(await gateway.http.request(method, path))[1] == code


async def test_answers_carry_security_headers_and_no_cors(gateway: RunningGateway):
    response = await gateway.http.get(
        "/health/live", headers={"Origin": "https://elsewhere.example"}
    )
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "server" not in response.headers
    assert "access-control-allow-origin" not in response.headers


async def test_only_configured_origins_may_call_from_other_pages(redis_url: str):
    async with running_gateway(redis_url, cors_allow_origins="https://shop.example") as gateway:
        origins = [
            (await gateway.http.get("/health/live", headers={"Origin": origin})).headers.get(
                "access-control-allow-origin"
            )
            for origin in ("https://shop.example", "https://elsewhere.example")
        ]
    assert origins == ["https://shop.example", None]
