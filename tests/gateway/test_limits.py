import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog
from gateway.conversation_log.keys import key
from gateway.handover import Handover
from gateway.handover.models import Agent, AgentId
from support.ids import ConversationId
from tests.fakes.chat import Chat, RunningGateway, running_gateway

FLOODING = {"X-Forwarded-For": "203.0.113.7"}
WELL_BEHAVED = {"X-Forwarded-For": "203.0.113.8"}


async def start(gateway: RunningGateway, headers: dict[str, str]) -> httpx.Response:
    return await gateway.http.post("/v1/conversations", headers=headers)


async def chat_from(gateway: RunningGateway, headers: dict[str, str]) -> Chat:
    started = (await start(gateway, headers)).json()
    return Chat(gateway.http, started["conversation_id"], started["token"])


async def send(chat: Chat, headers: dict[str, str]) -> httpx.Response:
    return await chat.http.post(
        f"{chat.path}/messages",
        json={"client_message_id": uuid4().hex, "text": "hello"},
        headers={**chat.headers, **headers},
    )


@pytest.mark.usefixtures("redis")
async def test_a_flood_of_messages_is_put_off_and_others_are_served(redis_url: str):
    async with running_gateway(
        redis_url, messages_per_address_per_minute=10, forwarded_allow_ips="127.0.0.1"
    ) as gateway:
        floods = [await chat_from(gateway, FLOODING) for _ in range(10)]
        customer = await chat_from(gateway, WELL_BEHAVED)
        flood = [send(floods[number % 10], FLOODING) for number in range(200)]
        *flooded, served = await asyncio.gather(*flood, send(customer, WELL_BEHAVED))
    assert served.status_code == 202
    refused = [response for response in flooded if response.status_code == 429]
    assert 180 <= len(refused) <= 190
    assert all(1 <= int(response.headers["Retry-After"]) <= 60 for response in refused)


async def test_an_address_has_only_so_many_chats_open_at_once(redis_url: str, redis: Redis):
    async with running_gateway(
        redis_url, open_conversations_per_address=3, forwarded_allow_ips="127.0.0.1"
    ) as gateway:
        answers = await asyncio.gather(*(start(gateway, FLOODING) for _ in range(20)))
        opened = [answer.json() for answer in answers if answer.status_code == 201]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert (len(opened), len(refused)) == (3, 17)
        assert all(answer.headers["Retry-After"] == "60" for answer in refused)
        assert (await start(gateway, WELL_BEHAVED)).status_code == 201
        ended = Chat(gateway.http, opened[0]["conversation_id"], opened[0]["token"])
        await gateway.http.post(f"{ended.path}/close", headers=ended.headers)
        assert (await start(gateway, FLOODING)).status_code == 201
    kept = [name async for name in redis.scan_iter("*:meta")]
    assert len(kept) == 5, "a chat that was refused leaves nothing"


async def test_who_ends_a_chat_gives_its_place_back(redis_url: str, redis: Redis):
    async with running_gateway(
        redis_url, open_conversations_per_address=2, forwarded_allow_ips="127.0.0.1"
    ) as gateway:
        kept, _ = [await chat_from(gateway, FLOODING) for _ in range(2)]
        assert (await start(gateway, FLOODING)).status_code == 429
        handover = Handover.on(redis, ConversationLog(redis, keep=timedelta(days=1)))
        agent = Agent(agent_id=AgentId("a-1"), first_name="Noor")
        await handover.duty.come_online(agent, now=datetime.now(UTC))
        await handover.agents.take_over(ConversationId(kept.id), agent.agent_id)
        assert (await start(gateway, FLOODING)).status_code == 429, "a person's chat is open, too"
        await handover.agents.close(ConversationId(kept.id), agent.agent_id, "answered")
        assert (await start(gateway, FLOODING)).status_code == 201
        assert (await start(gateway, FLOODING)).status_code == 429


async def test_a_chat_that_is_no_longer_kept_takes_no_place(redis_url: str, redis: Redis):
    async with running_gateway(
        redis_url, open_conversations_per_address=1, forwarded_allow_ips="127.0.0.1"
    ) as gateway:
        gone = await chat_from(gateway, FLOODING)
        await redis.delete(key(ConversationId(gone.id), "meta"))
        assert (await start(gateway, FLOODING)).status_code == 201
