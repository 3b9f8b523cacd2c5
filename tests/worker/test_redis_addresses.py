"""Gateway, worker and state behind sentinels and on a cluster, as on a single server."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from redis.asyncio import RedisCluster

from gateway.handover.duty import Duty
from gateway.handover.limits import Limits
from gateway.handover.models import Agent, AgentId
from support.decisions.identity import Level
from support.ids import ConversationId, OrderNumber, SenderKey
from support.redis_client import connect
from support.startup import require_redis
from support.state.attempts import Attempts
from support.state.identity import VerifiedOrders
from tests.fakes.chat import running_gateway, take
from tests.fakes.rasa import FakeRasa
from tests.fakes.workers import running_worker
from tests.redis_servers import running_cluster, running_with_sentinel

CHATS = 6


@pytest.fixture(scope="module")
def cluster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster.url


@pytest.fixture(scope="module")
def sentinel_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_with_sentinel(tmp_path_factory.mktemp("sentinel")) as system:
        yield system.url


@pytest.fixture(params=["cluster_url", "sentinel_url"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


async def test_messages_are_answered(url: str, rasa: FakeRasa):
    async with running_gateway(url) as gateway, running_worker(url, rasa.url):
        chats = [await gateway.start_chat() for _ in range(CHATS)]
        await asyncio.gather(*(chat.say(f"hello {text}") for chat in chats for text in "ab"))
        for chat in chats:
            messages = await chat.wait_for(4)
            assert [message["sender"] for message in messages].count("bot") == 2


async def test_the_doorbell_rings(url: str, rasa: FakeRasa):
    async with running_gateway(url) as gateway, running_worker(url, rasa.url):
        chat = await gateway.start_chat()
        async with chat.stream() as events:
            await chat.say("hello")
            await take(events, 2, seconds=4)  # without a bell a stream looks again much later


async def test_a_message_that_waits_for_rasa_is_answered_later(url: str, rasa: FakeRasa):
    rasa.status = 503
    async with running_gateway(url) as gateway, running_worker(url, rasa.url):
        chat = await gateway.start_chat()
        await chat.say("hello")
        await asyncio.sleep(0.5)
        rasa.status = 200
        messages = await chat.wait_for(2)
        assert messages[-1]["sender"] == "bot"


async def test_after_a_failover_messages_are_answered(tmp_path: Path, rasa: FakeRasa):
    with running_with_sentinel(tmp_path) as system:
        async with running_gateway(system.url) as gateway, running_worker(system.url, rasa.url):
            chat = await gateway.start_chat()
            await chat.say("before")
            await chat.wait_for(2)
            await asyncio.to_thread(system.fail_over)
            await chat.say("after")
            answered = await chat.wait_for(4)
            assert [message["text"] for message in answered][2:] == ["after", "You said: after"]


async def test_what_is_known_and_counted_of_customers_is_kept(url: str):
    redis = connect(url)
    conversation, number = ConversationId("c-1"), OrderNumber("410200341")
    attempts, verified = Attempts(redis), VerifiedOrders(redis)
    assert await attempts.take(conversation, number, SenderKey("s")) is True
    await attempts.give_back(conversation, number, SenderKey("s"))
    await verified.remember(conversation, number, Level.MATCHED)
    assert await verified.levels_of(conversation) == {number: Level.MATCHED}
    await redis.aclose()


async def test_who_is_on_duty_is_known(url: str):
    redis, now = connect(url), datetime.now(UTC)
    duty = Duty(redis, Limits())
    await duty.come_online(Agent(agent_id=AgentId("a-1"), first_name="Noor"), now=now)
    await duty.go_away(AgentId("a-1"))
    assert [
        (one.agent.first_name, one.online, one.away) for one in await duty.on_duty(now=now)
    ] == [("Noor", True, True)]
    await redis.aclose()


async def test_the_first_commands_find_their_nodes(cluster_url: str):
    redis = connect(cluster_url)
    await asyncio.gather(*(redis.get(f"key-{number}") for number in range(30)))
    assert cast("RedisCluster", redis).reinitialize_counter == 0  # no node had to say MOVED
    await redis.aclose()


async def test_it_is_seen_at_the_start_whether_redis_answers(url: str):
    await require_redis(url, process="gateway")
