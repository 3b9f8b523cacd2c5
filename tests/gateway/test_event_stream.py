import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from gateway import events_api
from gateway.conversation_log import ConversationLog
from support import embedded_redis
from support.ids import ConversationId
from tests.fakes.chat import Chat, RunningGateway, running_gateway, take
from tests.fakes.waiting import eventually


async def line_beginning(start: str, lines: AsyncIterator[str]) -> str:
    async with asyncio.timeout(5):
        return await anext(line async for line in lines if line.startswith(start))


async def test_messages_come_as_they_are_said_with_their_position_as_id(chat: Chat):
    await chat.say("before")
    async with chat.stream() as events:
        (before,) = await take(events, 1)
        await chat.say("after")
        (after,) = await take(events, 1)
    assert [(event["id"], event["text"]) for event in (before, after)] == [
        ("1", "before"),
        ("2", "after"),
    ]
    assert after == {"id": "2", **(await chat.messages())[1]}


async def test_a_stream_resumes_without_loss_or_repeat(chat: Chat):
    seen: list[int] = []
    for round_number in range(4):
        await chat.say(f"text {round_number} a")
        headers = {"Last-Event-ID": str(seen[-1])} if seen else {}
        async with chat.stream(**headers) as events:
            await chat.say(f"text {round_number} b")
            seen += [event["position"] for event in await take(events, 2)]
        await chat.say(f"text {round_number} c")
        async with chat.stream(**{"Last-Event-ID": str(seen[-1])}) as events:
            seen += [event["position"] for event in await take(events, 1)]
    assert seen == list(range(1, 13))


async def test_a_stream_can_begin_after_a_position_in_the_address(chat: Chat):
    for number in range(3):
        await chat.say(f"text {number}")
    address = f"{chat.path}/events?after=2"
    async with chat.http.stream("GET", address, headers=chat.headers) as response:
        assert await line_beginning("id:", response.aiter_lines()) == "id: 3"


async def test_more_than_a_page_of_messages_comes_whole(chat: Chat, log: ConversationLog):
    for number in range(450):
        await log.append_customer_message(
            ConversationId(chat.id), client_message_id=str(number), text="hi"
        )
    async with chat.stream() as events:
        found = await take(events, 450)
    assert [event["position"] for event in found] == list(range(1, 451))


async def test_several_readers_see_the_same(chat: Chat):
    async with chat.stream() as first, chat.stream() as second:
        await chat.say("hello")
        assert await take(first, 1) == await take(second, 1)


async def test_a_stream_sees_nothing_of_other_chats(gateway: RunningGateway, chat: Chat):
    other = await gateway.start_chat()
    async with chat.stream() as events:
        await other.say("secret")
        await chat.say("mine")
        assert [event["text"] for event in await take(events, 1)] == ["mine"]


async def test_a_silent_stream_is_kept_alive_and_heals_a_lost_ring(
    chat: Chat, redis: Redis, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(events_api, "KEEP_ALIVE_SECONDS", 0.1)
    async with chat.http.stream("GET", f"{chat.path}/events", headers=chat.headers) as response:
        lines = response.aiter_lines()
        await line_beginning(": keep-alive", lines)
        # A message that rings no bell.
        await redis.xadd(
            f"conv:{{{chat.id}}}:log",
            {
                "message_id": "m-1",
                "sender": "bot",
                "text": "hi",
                "at": "2026-11-24T00:00:00+00:00",
                "body": "{}",
                "epoch": "1",
            },
            id="1-0",
        )
        assert await line_beginning("id:", lines) == "id: 1"


async def test_streams_end_cleanly_when_the_gateway_stops(redis_url: str, log: ConversationLog):
    async with running_gateway(redis_url) as gateway:
        chat = await gateway.start_chat()
        async with chat.stream() as events:
            await chat.say("hello")
            await take(events, 1)
            gateway.server.should_exit = True
            async with asyncio.timeout(5):
                assert [event async for event in events] == []
    assert len(await log.read(ConversationId(chat.id), after=0)) == 1


async def test_a_stream_ends_when_its_token_expires(
    redis_url: str, redis: Redis, monkeypatch: pytest.MonkeyPatch
):
    assert await redis.ping()
    monkeypatch.setattr(events_api, "KEEP_ALIVE_SECONDS", 0.1)
    async with running_gateway(redis_url) as gateway:
        monkeypatch.setattr(gateway.services.tokens, "_life", timedelta(seconds=2))
        chat = await gateway.start_chat()
        async with chat.stream() as events, asyncio.timeout(5):
            assert [event async for event in events] == []


async def test_a_stream_lives_through_a_restart_of_redis(tmp_path: Path):
    server = embedded_redis.start(tmp_path)
    try:
        async with running_gateway(server.url) as gateway:
            chat = await gateway.start_chat()
            async with chat.stream() as events:
                await chat.say("before")
                await take(events, 1)
                server.stop()
                server = embedded_redis.start(tmp_path, server.port)
                await chat.say("after")
                assert [event["text"] for event in await take(events, 1)] == ["after"]
    finally:
        server.stop()


def open_streams(gateway: RunningGateway) -> float | None:
    return gateway.services.metrics.registry.get_sample_value("gateway_open_streams")


async def test_open_streams_are_counted(
    gateway: RunningGateway, chat: Chat, monkeypatch: pytest.MonkeyPatch
):
    # At a keep-alive it is noticed that the reader is gone.
    monkeypatch.setattr(events_api, "KEEP_ALIVE_SECONDS", 0.5)

    async def no_stream_open() -> bool:
        return open_streams(gateway) == 0

    async with chat.stream() as events:
        await chat.say("hello")
        await take(events, 1)
        assert open_streams(gateway) == 1
    await eventually(no_stream_open)
