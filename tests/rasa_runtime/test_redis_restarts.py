"""Redis is killed in the middle of it all and comes back: nothing is lost, nothing is doubled."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
import requests
from rasa.shared.core.events import BotUttered, UserUttered
from redis.exceptions import RedisError

from rasa_runtime.stored_conversations import ConversationChanged
from rasa_runtime.tracker_store import AppendingTrackerStore
from tests.rasa_runtime.conversations import DOMAIN, SESSION, add, turn
from tests.rasa_runtime.fake_action_server import FakeActionServer, late, result
from tests.rasa_runtime.relay import running_relay
from tests.rasa_runtime.turn_client import TurnClient
from tests.rasa_runtime.turn_client import turn as turn_request
from tests.redis_servers import HOST, RestartableRedis, running_server

CONVERSATIONS = ("a", "b", "c", "d")
KILLS = 4


@pytest_asyncio.fixture
async def store(redis_server: RestartableRedis) -> AsyncIterator[AppendingTrackerStore]:
    store = AppendingTrackerStore(DOMAIN, redis_server.url)
    yield store
    await store.close()


async def texts(store: AppendingTrackerStore, conversation: str) -> list[str]:
    """What was said, by both sides."""
    tracker = await store.retrieve_full_tracker(conversation)
    said = (UserUttered, BotUttered)
    return [event.text for event in tracker.events if isinstance(event, said)]


class TestStore:
    async def test_messages_that_are_repeated_until_answered_are_stored_once_and_in_order(
        self, tmp_path: Path
    ):
        server = RestartableRedis(tmp_path)
        store = AppendingTrackerStore(DOMAIN, server.url)
        stop = asyncio.Event()
        talking = [asyncio.create_task(self.talk(store, name, stop)) for name in CONVERSATIONS]
        for _ in range(KILLS):
            await asyncio.sleep(0.3)
            server.kill()
            await asyncio.to_thread(server.start)
        stop.set()
        answered = await asyncio.gather(*talking)
        for conversation, count in zip(CONVERSATIONS, answered, strict=True):
            expected = [f"{kind} {n}" for n in range(count) for kind in ("message", "reply")]
            assert await texts(store, conversation) == expected
        assert sum(answered) > KILLS * len(CONVERSATIONS)
        await store.close()
        server.stop()

    async def talk(
        self, store: AppendingTrackerStore, conversation: str, stop: asyncio.Event
    ) -> int:
        """Say one thing after the other, each until it is stored; return how many."""
        number = 0
        while not stop.is_set():
            try:
                await self.answer(store, conversation, number)
                number += 1
            except (RedisError, ConversationChanged):
                await asyncio.sleep(0.02)
        return number

    async def answer(self, store: AppendingTrackerStore, conversation: str, number: int) -> None:
        if await store.utterances_after(conversation, f"m{number}") is None:
            await add(store, conversation, *turn(number))

    async def test_a_write_whose_answer_is_lost_is_not_written_again(self, tmp_path: Path):
        with running_server(tmp_path) as server, running_relay(server.port) as relay:
            store = AppendingTrackerStore(DOMAIN, f"redis://{HOST}:{relay.port}")
            tracker = await add(store, "c", *SESSION)
            tracker.update_with_events(turn(1), DOMAIN)
            relay.lose_next_answer = True
            await store.save(tracker)
            assert relay.lose_next_answer is False
            assert await texts(store, "c") == ["message 1", "reply 1"]
            await store.close()


class TestTurn:
    async def test_one_during_which_redis_restarts_is_answered(
        self,
        client: TurnClient,
        action_server: FakeActionServer,
        redis_server: RestartableRedis,
        store: AppendingTrackerStore,
    ):
        action_server.answer = late(1, result({"text": "Found."}))
        body = turn_request()
        answering = asyncio.create_task(asyncio.to_thread(client.texts, body))
        await asyncio.to_thread(until_called, action_server)
        redis_server.kill()
        redis_server.start()
        assert await answering == ["Found."]
        assert await texts(store, body["conversation_id"]) == [body["text"], "Found."]

    async def test_one_that_cannot_be_stored_is_answered_when_it_is_sent_again(
        self,
        client: TurnClient,
        action_server: FakeActionServer,
        redis_server: RestartableRedis,
        store: AppendingTrackerStore,
    ):
        action_server.answer = late(0.5, result({"text": "Found."}))
        body = turn_request()
        answering = asyncio.create_task(asyncio.to_thread(client.post, body))
        await asyncio.to_thread(until_called, action_server)
        redis_server.kill()
        refused = await answering
        redis_server.start()
        assert refused.json() == {"status": "unavailable", "reason": "redis"}
        await asyncio.to_thread(until_answered, client, body)
        assert await texts(store, body["conversation_id"]) == [body["text"], "Found."]


def until_called(action_server: FakeActionServer) -> None:
    deadline = time.monotonic() + 10
    while not action_server.calls:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def until_answered(client: TurnClient, body: dict[str, object]) -> None:
    """Send as the worker does: the same message again until there is an answer."""
    deadline = time.monotonic() + 20
    while client.post(body).status_code != requests.codes.ok:
        assert time.monotonic() < deadline
        time.sleep(0.2)
