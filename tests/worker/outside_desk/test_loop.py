"""Customer, gateway, worker and Chatwoot together; Prism refuses what breaks its description."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from redis.asyncio import Redis

from tests.contract.project_files import ROOT
from tests.fakes.chat import Chat, RunningGateway, running_gateway
from tests.fakes.chatwoot import (
    SECRET,
    SETTINGS,
    TOKEN,
    Chatwoot,
    Poster,
    message_json,
    status_json,
)
from tests.fakes.prism import prism
from tests.fakes.rasa import FakeRasa
from tests.fakes.serving import served_in_thread
from tests.fakes.waiting import eventually
from tests.fakes.workers import running_worker
from worker.outbound.dead_letters import DeadLetters

PUBLISHED = ROOT / "tests/support/systems/desk/published/chatwoot-openapi.json"
ASKS = "I want a person"
REQUEST = {"reason": "asked", "summary": "Wants to talk.", "order_number": "410200341"}
QUEUED = (
    "You're in the queue for a person. I can't say how long it will take. You can go on asking me "
    'while you wait. If you no longer need anyone, say "never mind".'
)


@dataclass(frozen=True)
class Served:
    """A small Chatwoot, and its address with Prism in front of it."""

    address: str
    chatwoot: Chatwoot = field(default_factory=Chatwoot)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    chatwoot = Chatwoot()
    with (
        served_in_thread(chatwoot.app()) as upstream,
        prism(PUBLISHED, upstream=upstream, strict=True) as address,
    ):
        yield Served(address, chatwoot)


@pytest.fixture
def chatwoot(served: Served) -> Chatwoot:
    """It, without anything in it."""
    served.chatwoot.__init__()  # type: ignore[misc]
    return served.chatwoot


@pytest.fixture
async def gateway(redis_url: str, redis: Redis) -> AsyncIterator[RunningGateway]:  # noqa: ARG001
    async with running_gateway(redis_url, **SETTINGS, chatwoot_webhook_secret=SECRET) as running:
        yield running


@asynccontextmanager
async def working(
    redis_url: str, rasa: FakeRasa, url: str, token: str = TOKEN
) -> AsyncIterator[None]:
    rasa.persons[ASKS] = REQUEST
    async with running_worker(
        redis_url, rasa.url, **SETTINGS, chatwoot_url=url, chatwoot_api_token=token
    ):
        yield


async def stands(found: object, expected: object) -> bool:
    return found == expected


async def hears(chatwoot: Chatwoot, *words: str, seconds: float = 15) -> None:
    await eventually(lambda: stands(chatwoot.said(), list(words)), seconds)


async def texts(chat: Chat, count: int) -> list[str]:
    return [str(one["text"]) for one in await chat.wait_for(count)]


async def test_a_person_at_chatwoot_helps_and_hands_back(
    redis_url: str, rasa: FakeRasa, gateway: RunningGateway, served: Served, chatwoot: Chatwoot
):
    poster = Poster(gateway.http)
    async with working(redis_url, rasa, served.address):
        chat = await gateway.start_chat()
        await chat.say(ASKS)
        assert (await texts(chat, 3))[2] == QUEUED
        await chat.say("Anybody?")
        await hears(chatwoot, "Anybody?")
        await eventually(lambda: stands(len(chatwoot.said(private=True)), 3))
        bundle, transcript, answer = chatwoot.said(private=True)
        assert "Order: 410200341" in bundle
        assert f"Customer: {ASKS}" in transcript
        assert answer == "Assistant: You said: Anybody?"

        await poster.post(message_json(chat.id, "Hello, Kim here."))
        await chat.say("Where is it?")
        await hears(chatwoot, "Anybody?", "Where is it?")
        assert (await texts(chat, 8))[5:] == [
            "Kim has joined the chat.",
            "Hello, Kim here.",
            "Where is it?",
        ]

        await poster.post(status_json(chat.id, "pending"))
        await chat.say("thanks")
        assert "You said: thanks" in (await texts(chat, 12))[9:]
        await chat.say(ASKS)
        await eventually(lambda: stands(chatwoot.statuses[-1:], [(1, "open")]))
        await poster.post(status_json(chat.id, "open"))
        await poster.post(message_json(chat.id, "Bye.", id=2))
        await poster.post(status_json(chat.id, "resolved"))
    assert len(chatwoot.conversations) == 1
    assert chatwoot.said() == ["Anybody?", "Where is it?"]
    assert (await chat.messages())[-2]["text"].startswith("This chat has ended.")


async def test_chatwoot_is_away_and_comes_back(
    redis_url: str, rasa: FakeRasa, gateway: RunningGateway, served: Served, chatwoot: Chatwoot
):
    chatwoot.refusals = [503, 429, 500]
    async with working(redis_url, rasa, served.address):
        chat = await gateway.start_chat()
        await chat.say(ASKS)
        await eventually(lambda: stands(chatwoot.refusals, []))
        await chat.wait_for(3)
        await chat.say("One.")
        await chat.say("Two.")
        await hears(chatwoot, "One.", "Two.", seconds=30)
    assert len(chatwoot.contacts) == len(chatwoot.conversations) == 1
    bundles = [one for one in chatwoot.said(private=True) if REQUEST["summary"] in one]
    assert len(bundles) == 1


async def test_an_answer_that_was_lost_brings_nothing_twice(
    redis_url: str, rasa: FakeRasa, gateway: RunningGateway, served: Served, chatwoot: Chatwoot
):
    async with working(redis_url, rasa, served.address):
        chat = await gateway.start_chat()
        await chat.say(ASKS)
        await chat.wait_for(3)
        await eventually(lambda: stands(len(chatwoot.said(private=True)), 2))
        chatwoot.lost_answers = 1
        await chat.say("One.")
        await chat.say("Two.")
        await hears(chatwoot, "One.", "Two.", seconds=30)
    assert chatwoot.lost_answers == 0


async def test_a_wrong_token_is_a_dead_letter_that_can_be_sent_again(
    redis_url: str, rasa: FakeRasa, gateway: RunningGateway, served: Served, chatwoot: Chatwoot
):
    letters = DeadLetters(gateway.services.redis)
    async with working(redis_url, rasa, served.address, token="wrong"):
        chat = await gateway.start_chat()
        await chat.say(ASKS)

        async def given_up() -> bool:
            return bool(await letters.newest(1))

        await eventually(given_up)
    assert chatwoot.conversations == []
    [letter] = await letters.newest(10)
    assert (letter.channel, letter.reason) == ("desk", "status 401")
    await letters.send_again(letter.letter_id)
    async with working(redis_url, rasa, served.address):
        await eventually(lambda: stands(len(chatwoot.said(private=True)), 2))
