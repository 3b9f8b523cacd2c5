from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog
from support.ids import ConversationId
from tests.fakes.chat import (
    CONVERSATION_KEY,
    CUSTOMER_KEY,
    Chat,
    RunningGateway,
    running_gateway,
)
from tests.fakes.problems import problem

SOON = timedelta(hours=2)
"""Longer than all tests take: some tokens are made when the tests are collected."""


def signed(key: str = CUSTOMER_KEY, **changes: Any) -> str:
    claims = {
        "sub": "c-1001",
        "aud": "order-assistant",
        "exp": datetime.now(UTC) + SOON,
        "given_name": "Sam",
        **changes,
    }
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key)


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
