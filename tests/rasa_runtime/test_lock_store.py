"""The lock store on a real Redis: order, life and death of tickets."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
import redis
from rasa.utils.endpoints import EndpointConfig
from redis.exceptions import RedisError

from rasa_runtime.lock_store import FairLockStore
from tests.rasa_runtime import lock_holder
from tests.rasa_runtime.conftest import ROOT, environment_of
from tests.rasa_runtime.lock_watcher import watched_locks
from tests.redis_servers import kill, running_server

LEASE = timedelta(seconds=0.6)
PROCESSES, TIMES, CONVERSATIONS = 4, 100, 20


@pytest_asyncio.fixture
async def store(redis_url: str) -> AsyncIterator[FairLockStore]:
    store = FairLockStore(EndpointConfig(url=redis_url), lease=LEASE)
    yield store
    await store.close()


@pytest.fixture
def client(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        yield client


@pytest.fixture
def conversation() -> str:
    return uuid.uuid4().hex


def keys_of(conversation: str, client: redis.Redis) -> list[str]:
    return client.keys(f"rasa:{{{conversation}}}:lock:*")


async def until_queued(client: redis.Redis, conversation: str, tickets: int) -> None:
    while client.llen(f"rasa:{{{conversation}}}:lock:queue") < tickets:  # noqa: ASYNC110 another process may draw them
        await asyncio.sleep(0.005)


async def enter(
    store: FairLockStore, conversation: str, order: list[str], name: str, stay: float = 0.0
) -> None:
    async with store.lock(conversation):
        order.append(name)
        await asyncio.sleep(stay)


async def test_nothing_is_left_behind(store: FairLockStore, client: redis.Redis, conversation: str):
    async with store.lock(conversation):
        assert len(keys_of(conversation, client)) == 2
    assert keys_of(conversation, client) == []


async def test_conversations_do_not_wait_for_each_other(store: FairLockStore, conversation: str):
    async with store.lock(conversation), asyncio.timeout(0.5), store.lock(f"{conversation}-other"):
        pass


async def test_who_comes_first_goes_first(
    store: FairLockStore, client: redis.Redis, conversation: str
):
    order: list[str] = []
    waiting = []
    async with store.lock(conversation):
        for number in range(5):
            waiting.append(asyncio.create_task(enter(store, conversation, order, str(number))))
            await until_queued(client, conversation, number + 2)
        assert order == []
    await asyncio.gather(*waiting)
    assert order == ["0", "1", "2", "3", "4"]


async def test_who_waits_goes_on_at_once(
    store: FairLockStore, client: redis.Redis, conversation: str
):
    entered: list[str] = []
    async with store.lock(conversation):
        waiting = asyncio.create_task(enter(store, conversation, entered, "next"))
        await until_queued(client, conversation, 2)
    left = time.monotonic()
    await waiting
    assert time.monotonic() - left < 0.15  # Rasa's own looks again after a second


async def test_a_turn_longer_than_the_lease_keeps_its_lock(
    store: FairLockStore, client: redis.Redis, conversation: str
):
    order: list[str] = []
    long = asyncio.create_task(
        enter(store, conversation, order, "long", stay=2.5 * LEASE.total_seconds())
    )
    await until_queued(client, conversation, 1)
    await asyncio.sleep(2 * LEASE.total_seconds())
    async with store.lock(conversation):
        assert long.done() or order == ["long"]
        order.append("next")
    await long
    assert order == ["long", "next"]
    assert keys_of(conversation, client) == []


async def test_who_gives_up_waiting_holds_nobody_up(
    store: FairLockStore, client: redis.Redis, conversation: str
):
    order: list[str] = []
    async with store.lock(conversation):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await enter(store, conversation, order, "impatient")
        waiting = asyncio.create_task(enter(store, conversation, order, "patient"))
        await until_queued(client, conversation, 2)
    await waiting
    assert order == ["patient"]


async def test_a_block_that_fails_gives_the_lock_back(
    store: FairLockStore, client: redis.Redis, conversation: str
):
    with pytest.raises(LookupError):
        async with store.lock(conversation):
            raise LookupError
    assert keys_of(conversation, client) == []


async def test_every_key_ends_by_itself(
    store: FairLockStore, client: redis.Redis, conversation: str
):
    async with store.lock(conversation):
        waiting = asyncio.create_task(enter(store, conversation, [], "next"))
        await until_queued(client, conversation, 2)
        lives = [client.pttl(key) for key in keys_of(conversation, client)]
    await waiting
    assert all(0 < milliseconds <= 1000 * LEASE.total_seconds() for milliseconds in lives)


async def test_a_lock_that_was_forgotten_is_drawn_anew_by_who_waits(
    store: FairLockStore, client: redis.Redis, conversation: str
):
    """What a failover to a replica that lags behind looks like."""
    async with store.lock(conversation):
        waiting = asyncio.create_task(enter(store, conversation, [], "next"))
        await until_queued(client, conversation, 2)
        client.delete(*keys_of(conversation, client))
        async with asyncio.timeout(3 * LEASE.total_seconds()):
            await waiting


async def test_without_redis_nobody_enters(conversation: str, tmp_path: Path):
    with running_server(tmp_path) as server:
        store = FairLockStore(EndpointConfig(url=server.url), lease=LEASE)
        kill(server)
        with pytest.raises(RedisError):
            await enter(store, conversation, [], "nobody")
        await store.close()


async def test_a_block_that_ran_is_not_failed_by_an_outage_at_its_end(
    conversation: str, tmp_path: Path
):
    with running_server(tmp_path) as server:
        store = FairLockStore(EndpointConfig(url=server.url), lease=LEASE)
        async with store.lock(conversation):
            kill(server)
        await store.close()


class TestProcesses:
    def start(self, *arguments: str | int) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603 our own module
            [sys.executable, "-m", lock_holder.__name__, *map(str, arguments)],
            cwd=ROOT,
            env=environment_of({}),
            stdout=subprocess.PIPE,
            text=True,
        )

    def test_all_enter_in_their_order_and_no_two_at_the_same_time(
        self, client: redis.Redis, redis_url: str
    ):
        with watched_locks(redis_url) as watcher:
            processes = [self.start(redis_url, CONVERSATIONS, TIMES) for _ in range(PROCESSES)]
            assert [process.wait(90) for process in processes] == [0] * PROCESSES
        assert sum(map(len, watcher.drawn.values())) == PROCESSES * TIMES
        assert watcher.given_back == watcher.drawn  # first come, first served
        noted = [client.lrange(f"noted:c{number}", 0, -1) for number in range(CONVERSATIONS)]
        assert sum(map(len, noted)) == 2 * PROCESSES * TIMES
        for entries in noted:
            assert entries == ["in", "out"] * (len(entries) // 2)

    async def test_when_one_is_killed_the_next_goes_on_after_its_lease(
        self, store: FairLockStore, redis_url: str, conversation: str
    ):
        holder = self.start(redis_url, "hold", conversation)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        os.kill(holder.pid, signal.SIGKILL)
        killed = time.monotonic()
        holder.wait()
        async with store.lock(conversation):
            waited = time.monotonic() - killed
        assert waited < lock_holder.LEASE.total_seconds() + LEASE.total_seconds()
