import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from redis.asyncio import Redis

from gateway.conversation_log import Sender
from gateway.typing import Typing, tell_typing
from support.ids import ConversationId
from tests.fakes.chat import Chat, RunningGateway
from tests.fakes.problems import problem
from tests.fakes.waiting import eventually

MIA = Typing(by=Sender.AGENT, name="Mia")


async def events(lines: AsyncIterator[str], count: int) -> list[tuple[str, dict[str, Any]]]:
    """Return the next events by name, with their data."""
    found: list[tuple[str, dict[str, Any]]] = []
    name = ""
    async with asyncio.timeout(5):
        async for line in lines:
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                found.append((name, json.loads(value)))
                if len(found) == count:
                    break
    return found


async def test_customers_see_an_agent_typing_and_it_is_kept_nowhere(chat: Chat, redis: Redis):
    conversation = ConversationId(chat.id)
    async with chat.http.stream("GET", f"{chat.path}/events", headers=chat.headers) as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        await tell_typing(redis, conversation, MIA)
        [told] = await events(lines, 1)
    assert told == ("typing", {"by": "agent", "name": "Mia"})
    assert await chat.messages() == []


async def test_customers_are_not_told_of_their_own_typing(chat: Chat, redis: Redis):
    async with chat.http.stream("GET", f"{chat.path}/events", headers=chat.headers) as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        response = await chat.http.post(f"{chat.path}/typing", headers=chat.headers)
        assert response.status_code == 204
        await tell_typing(redis, ConversationId(chat.id), MIA)
        await chat.say("hello")
        names = [name for name, _ in await events(lines, 2)]
    assert sorted(names) == ["message", "typing"]


async def test_agents_hear_that_the_customer_is_typing(chat: Chat, gateway: RunningGateway):
    with gateway.services.doorbell.listening(ConversationId(chat.id)) as bell:
        await chat.http.post(f"{chat.path}/typing", headers=chat.headers)
        async with asyncio.timeout(5):
            await bell.wait()
        assert [Typing.model_validate_json(signal) for signal in bell.take_signals()] == [
            Typing(by=Sender.CUSTOMER)
        ]
        assert bell.take_signals() == []


async def test_typing_on_and_on_is_told_now_and_then(chat: Chat, gateway: RunningGateway):
    heard: list[str] = []
    with gateway.services.doorbell.listening(ConversationId(chat.id)) as bell:
        for _ in range(20):
            await chat.http.post(f"{chat.path}/typing", headers=chat.headers)

        async def some() -> bool:
            heard.extend(bell.take_signals())
            return bool(heard)

        await eventually(some, 5)
    assert len(heard) == 1


async def test_nobody_types_in_the_conversation_of_others(chat: Chat, gateway: RunningGateway):
    other = await gateway.start_chat()
    response = await chat.http.post(f"{chat.path}/typing", headers=other.headers)
    assert problem(response) == (403, "token_foreign")
