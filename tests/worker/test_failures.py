import asyncio
import os
import signal
from pathlib import Path

import pytest
from redis.asyncio import Redis

from gateway import texts
from support import embedded_redis
from tests.fakes.chat import Chat, RunningGateway, running_gateway
from tests.fakes.rasa import FakeRasa, running_rasa
from tests.fakes.waiting import eventually
from tests.fakes.workers import running_worker, worker_process
from worker import answering

DELAYED = ("system", texts.ANSWER_DELAYED)


def said(messages: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(message["sender"], message["text"]) for message in messages]


async def test_rasa_down_is_told_once_and_answered_when_it_is_back(
    chat: Chat, redis_url: str, unused_tcp_port: int
):
    async with running_worker(redis_url, f"http://127.0.0.1:{unused_tcp_port}"):
        await chat.say("one")
        await chat.say("two")
        assert said(await chat.wait_for(3))[2] == DELAYED
        await asyncio.sleep(3)
        assert len(await chat.messages()) == 3
        async with running_rasa(FakeRasa(), unused_tcp_port) as rasa:
            messages = said(await chat.wait_for(5, seconds=20))
            assert rasa.texts == ["one", "two"]
    assert messages[3:] == [("bot", "You said: one"), ("bot", "You said: two")]


@pytest.mark.parametrize("status", [401, 503, 504])
async def test_an_outage_behind_rasa_is_waited_out(
    chat: Chat, redis_url: str, rasa: FakeRasa, status: int
):
    rasa.status = status
    async with running_worker(redis_url, rasa.url):
        await chat.say("hello")
        assert said(await chat.wait_for(2))[1] == DELAYED
        rasa.status = 200
        assert said(await chat.wait_for(3))[2] == ("bot", "You said: hello")


async def test_a_hiccup_of_rasa_is_not_mentioned(
    chat: Chat, redis_url: str, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answering, "NOTICE_AFTER", answering.NOTICE_AFTER * 60)
    rasa.status = 503
    async with running_worker(redis_url, rasa.url):
        await chat.say("hello")

        async def tried() -> bool:
            return len(rasa.asked) == 1

        await eventually(tried)
        rasa.status = 200
        assert said(await chat.wait_for(2))[1] == ("bot", "You said: hello")


async def test_a_turn_that_crashes_twice_gets_a_person_and_the_next_is_answered(
    chat: Chat, redis_url: str, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("worker.answering.pause_before_try", lambda *_: answering.timedelta())
    rasa.status = 500
    async with running_worker(redis_url, rasa.url):
        await chat.say("bad")
        told = said(await chat.wait_for(3))
        assert told[1] == ("system", texts.ASSISTANT_FAILED)
        assert "Your reference is CB-" in told[2][1]
        assert rasa.texts == ["bad"] * 2
        rasa.status = 200
        await chat.say("good")
        assert said(await chat.wait_for(5))[4] == ("bot", "You said: good")


@pytest.mark.parametrize("status", [413, 422])
async def test_a_message_rasa_does_not_take_is_apologised_for_at_once(
    chat: Chat, redis_url: str, rasa: FakeRasa, status: int
):
    rasa.status = status
    async with running_worker(redis_url, rasa.url):
        await chat.say("hello")
        assert said(await chat.wait_for(2))[1] == ("system", texts.TURN_FAILED)
    assert rasa.texts == ["hello"]


async def test_a_worker_killed_in_mid_turn_is_replaced_and_the_answer_comes_once(
    chat: Chat, redis_url: str, rasa: FakeRasa
):
    async def asked() -> bool:
        return bool(rasa.asked)

    rasa.seconds = 1.0
    with worker_process(redis_url, rasa.url) as first:
        await chat.say("hello")
        await eventually(asked, seconds=30)
        os.kill(first.pid, signal.SIGKILL)
    async with running_worker(redis_url, rasa.url):
        messages = said(await chat.wait_for(2, seconds=10))
        await asyncio.sleep(1)
        assert said(await chat.messages()) == messages
    assert messages == [("customer", "hello"), ("bot", "You said: hello")]
    assert len(rasa.processed) == 1


async def test_a_worker_that_is_stopped_finishes_its_turn_first(
    chat: Chat, redis_url: str, rasa: FakeRasa
):
    async def asked() -> bool:
        return bool(rasa.asked)

    rasa.seconds = 1.0
    with worker_process(redis_url, rasa.url) as process:
        await chat.say("hello")
        await eventually(asked, seconds=30)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 10) == 0
    assert said(await chat.messages())[1:] == [("bot", "You said: hello")]
    assert rasa.texts == ["hello"]


async def test_two_workers_never_answer_one_conversation_at_the_same_time(
    gateway: RunningGateway, redis_url: str, rasa: FakeRasa
):
    rasa.seconds = 0.05
    chats = [await gateway.start_chat() for _ in range(4)]
    async with running_worker(redis_url, rasa.url), running_worker(redis_url, rasa.url):
        for number in range(5):
            await asyncio.gather(*(chat.say(f"message {number}") for chat in chats))
        found = [await chat.wait_for(10) for chat in chats]
    expected = [f"You said: message {number}" for number in range(5)]
    for messages in found:
        assert [text for sender, text in said(messages) if sender == "bot"] == expected
    assert len(rasa.asked) == 20


async def test_a_worker_that_lost_its_lease_leaves_the_turn_to_another(
    chat: Chat, redis_url: str, redis: Redis, rasa: FakeRasa
):
    async def asked() -> bool:
        return bool(rasa.asked)

    rasa.seconds = 3.0
    async with running_worker(redis_url, rasa.url):
        await chat.say("hello")
        await eventually(asked)
        lease = f"conv:{{{chat.id}}}:lease"
        await redis.set(lease, "somebody else", px=4000)
        await asyncio.sleep(3.2)
        assert said(await chat.messages()) == [("customer", "hello")]
        assert await redis.get(lease) == "somebody else"
        rasa.seconds = 0
        assert said(await chat.wait_for(2))[1] == ("bot", "You said: hello")


async def test_the_queue_is_made_anew_when_redis_comes_back_empty(
    gateway: RunningGateway, redis_url: str, redis: Redis, rasa: FakeRasa
):
    async with running_worker(redis_url, rasa.url):
        chat = await gateway.start_chat()
        await chat.say("before")
        await chat.wait_for(2)
        await redis.flushall()
        chat = await gateway.start_chat()
        await chat.say("after")
        assert said(await chat.wait_for(2))[1] == ("bot", "You said: after")


async def test_what_was_accepted_survives_redis_being_killed(tmp_path: Path, rasa: FakeRasa):
    server = embedded_redis.start(tmp_path)
    try:
        async with (
            running_gateway(server.url, messages_per_minute=1000) as gateway,
            running_worker(server.url, rasa.url),
        ):
            chat = await gateway.start_chat()
            accepted: list[str] = []
            for number in range(30):
                message = {"client_message_id": str(number), "text": f"message {number}"}
                if number in {10, 20}:
                    os.kill(server.pid, signal.SIGKILL)
                    server.stop()
                    refused = await chat.post(message)
                    assert refused.status_code == 503
                    server = embedded_redis.start(tmp_path, server.port)
                response = await chat.post(message)
                assert response.status_code == 202
                accepted.append(response.json()["message_id"])
            messages = await chat.wait_for(60, seconds=40)
    finally:
        server.stop()
    asked = [message for message in messages if message["sender"] == "customer"]
    answered = [message["text"] for message in messages if message["sender"] == "bot"]
    assert [message["message_id"] for message in asked] == accepted
    assert answered == [f"You said: message {number}" for number in range(30)]
    assert [message["position"] for message in messages] == list(range(1, 61))
