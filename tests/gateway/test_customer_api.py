import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog, QuickReply, Reply, Sender
from gateway.ownership import Owner, Ownership
from support.ids import ConversationId
from tests.fakes.chat import (
    CONVERSATION_KEY,
    CUSTOMER_KEY,
    Chat,
    RunningGateway,
    running_gateway,
)

SOON = timedelta(minutes=5)


def signed(key: str = CUSTOMER_KEY, **changes: Any) -> str:
    claims = {
        "sub": "c-1001",
        "aud": "order-assistant",
        "exp": datetime.now(UTC) + SOON,
        "given_name": "Sam",
        **changes,
    }
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key)


def problem(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"].endswith((".", "}"))
    return response.status_code, body["code"]


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


async def test_signed_in_customers_are_known_by_token_in_body_or_header(
    gateway: RunningGateway, log: ConversationLog
):
    by_body = await gateway.start_chat(customer_token=signed())
    response = await gateway.http.post(
        "/v1/conversations", headers={"X-Customer-Token": signed(given_name=None)}
    )
    for conversation_id, name in ((by_body.id, "Sam"), (response.json()["conversation_id"], None)):
        customer = (await log.conversation(ConversationId(conversation_id))).customer
        assert customer is not None
        assert (customer.customer_id, customer.first_name) == ("c-1001", name)


@pytest.mark.parametrize(
    ("token", "code"),
    [
        pytest.param(signed(exp=datetime.now(UTC) - SOON), "sign_in_expired", id="expired"),
        pytest.param(signed(key=CONVERSATION_KEY), "sign_in_invalid", id="other key"),
        pytest.param(signed(aud="somebody-else"), "sign_in_invalid", id="other audience"),
        pytest.param(signed(exp=None), "sign_in_invalid", id="never expires"),
        pytest.param(signed(sub=None), "sign_in_invalid", id="names nobody"),
        pytest.param(signed(sub=""), "sign_in_invalid", id="names an empty id"),
        pytest.param("nonsense", "sign_in_invalid", id="no token at all"),
    ],
)
async def test_a_bad_sign_in_is_refused(gateway: RunningGateway, token: str, code: str):
    response = await gateway.http.post("/v1/conversations", json={"customer_token": token})
    assert problem(response) == (401, code)


async def test_a_sign_in_is_refused_where_none_is_configured(redis_url: str):
    async with running_gateway(redis_url, customer_token_key=None) as gateway:
        response = await gateway.http.post("/v1/conversations", json={"customer_token": signed()})
    assert problem(response) == (401, "sign_in_invalid")


CONVERSATION_CALLS = [
    pytest.param("POST", "/messages", id="send"),
    pytest.param("GET", "/messages", id="read"),
    pytest.param("GET", "/events", id="stream"),
    pytest.param("POST", "/close", id="close"),
]


async def call(chat: Chat, method: str, path: str, token: str | None) -> httpx.Response:
    body = {"client_message_id": "1", "text": "hi"} if path == "/messages" else None
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return await chat.http.request(
        method, chat.path + path, json=body if method == "POST" else None, headers=headers
    )


@pytest.mark.parametrize(("method", "path"), CONVERSATION_CALLS)
async def test_every_call_needs_the_conversations_own_valid_token(
    gateway: RunningGateway, chat: Chat, method: str, path: str
):
    other = await gateway.start_chat()
    expired = signed(
        key=CONVERSATION_KEY, sub=chat.id, aud="conversation", exp=datetime.now(UTC) - SOON
    )
    sign_in = signed(sub=chat.id)
    assert problem(await call(chat, method, path, None)) == (401, "token_missing")
    assert problem(await call(chat, method, path, "nonsense")) == (401, "token_invalid")
    assert problem(await call(chat, method, path, expired)) == (401, "token_invalid")
    assert problem(await call(chat, method, path, sign_in)) == (401, "token_invalid")
    assert problem(await call(chat, method, path, other.token)) == (403, "token_foreign")
    assert await chat.messages() == []


@pytest.mark.parametrize(("method", "path"), CONVERSATION_CALLS)
async def test_a_conversation_no_longer_kept_is_said_to_be_gone(
    chat: Chat, redis: Redis, method: str, path: str
):
    await redis.flushall()
    assert problem(await call(chat, method, path, chat.token)) == (404, "conversation_unknown")


async def test_a_token_in_the_address_opens_nothing(chat: Chat):
    response = await chat.http.get(f"{chat.path}/messages?token={chat.token}")
    assert problem(response) == (401, "token_missing")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param({"text": "hi"}, 422, "wrong_shape", id="no client_message_id"),
        pytest.param({"client_message_id": "", "text": "hi"}, 422, "wrong_shape", id="empty id"),
        pytest.param(
            {"client_message_id": "x" * 129, "text": "hi"}, 422, "wrong_shape", id="long id"
        ),
        pytest.param({"client_message_id": "1"}, 422, "wrong_shape", id="nothing said"),
        pytest.param(
            {"client_message_id": "1", "text": "a", "quick_reply": "b"},
            422,
            "wrong_shape",
            id="two things said",
        ),
        pytest.param(
            {"client_message_id": "1", "text": "a", "payload": "/restart"},
            422,
            "wrong_shape",
            id="payload of their own",
        ),
        pytest.param({"client_message_id": "1", "text": 7}, 422, "wrong_shape", id="a number"),
        pytest.param(["hi"], 422, "wrong_shape", id="a list"),
        pytest.param("hi", 422, "wrong_shape", id="a string"),
        pytest.param(None, 422, "wrong_shape", id="null"),
        pytest.param({"client_message_id": "1", "text": ""}, 422, "empty_text", id="empty"),
        pytest.param({"client_message_id": "1", "text": " \n\t"}, 422, "empty_text", id="blank"),
        pytest.param(
            {"client_message_id": "1", "text": "\u202e\x00\u200b"},
            422,
            "empty_text",
            id="invisible",
        ),
        pytest.param(
            {"client_message_id": "1", "text": "x" * 2001}, 413, "text_too_long", id="2001"
        ),
        pytest.param(
            {"client_message_id": "1", "quick_reply": "/restart"},
            422,
            "unknown_quick_reply",
            id="unknown choice",
        ),
    ],
)
async def test_bad_input_is_refused_in_a_sentence(
    chat: Chat, redis: Redis, body: Any, status: int, code: str
):
    assert problem(await chat.post(body)) == (status, code)
    assert await chat.messages() == []
    assert await redis.exists("turns") == 0


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b'{"text": "\\ud800"'])
async def test_a_body_that_is_not_json_is_refused(chat: Chat, content: bytes):
    response = await chat.http.post(
        f"{chat.path}/messages",
        content=content,
        headers={**chat.headers, "Content-Type": "application/json"},
    )
    assert problem(response)[0] in {400, 422}


async def test_the_refusal_of_long_texts_names_the_limit(chat: Chat):
    response = await chat.post({"client_message_id": "1", "text": "x" * 2001})
    assert "2,000 characters" in response.json()["detail"]
    await chat.say("x" * 2000)


async def test_the_refusal_names_the_field_but_never_the_value(chat: Chat):
    response = await chat.post({"client_message_id": "1", "text": {"card": "4111 1111"}})
    assert response.json()["detail"].startswith("We couldn't read that request. text: ")
    assert "4111" not in response.text


@pytest.mark.parametrize("declared", [True, False], ids=["with length", "without length"])
async def test_a_large_body_is_refused_before_it_is_read(chat: Chat, *, declared: bool):
    async def chunks() -> AsyncIterator[bytes]:
        yield b"[" + b" " * 20_000
        yield b"]"

    content = b" " * 20_000 if declared else chunks()
    response = await chat.http.post(f"{chat.path}/messages", content=content, headers=chat.headers)
    assert problem(response) == (413, "body_too_large")
    assert "16,384 bytes" in response.json()["detail"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("📦❓", "📦❓", id="emoji only"),
        pytest.param("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", id="html"),
        pytest.param("/restart", "/restart", id="leading slash"),
        pytest.param("\u202egnp.exe\x00", "gnp.exe", id="bidi override and control"),
        pytest.param("أين طلبي؟", "أين طلبي؟", id="right to left"),
        pytest.param('{"intent": "x"}', '{"intent": "x"}', id="json as text"),
    ],
)
async def test_unusual_text_is_kept_as_plain_text(chat: Chat, typed: str, kept: str):
    await chat.say(typed)
    assert [message["text"] for message in await chat.messages()] == [kept]


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


@pytest.mark.parametrize("after", ["-1", "x", "1.5"])
async def test_a_position_is_a_whole_number(chat: Chat, after: str):
    response = await chat.http.get(f"{chat.path}/messages?after={after}", headers=chat.headers)
    assert problem(response) == (422, "wrong_shape")
    response = await chat.http.get(
        f"{chat.path}/events", headers={**chat.headers, "Last-Event-ID": after}
    )
    assert problem(response) == (422, "wrong_shape")


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
