"""A flood from one address, and a calm customer at another, against a real gateway process."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.fakes.chat import Chat
from tests.fakes.flood import Answers, flood
from tests.fakes.gateways import forks, gateway_process

FLOODING, CALM = "203.0.113.7", "203.0.113.8"
CHATS = 5
PER_MINUTE = 70
MESSAGES = 60
PAUSE = 0.02
"""Seconds between two messages of the calm customer."""

LONGEST_SECONDS = 0.25
"""What the calm customer may wait in 19 of 20 cases."""


@pytest.fixture
async def address(redis_url: str, redis: object, unused_tcp_port: int) -> AsyncIterator[str]:  # noqa: ARG001
    """A gateway behind a proxy that tells whose requests they are."""
    settings = {
        "FORWARDED_ALLOW_IPS": "127.0.0.1",
        "MESSAGES_PER_MINUTE": str(PER_MINUTE),
        "MESSAGES_PER_ADDRESS_PER_MINUTE": str(PER_MINUTE),
    }
    async with gateway_process(redis_url, unused_tcp_port, **settings):
        yield f"http://127.0.0.1:{unused_tcp_port}"


@contextmanager
def flooded(address: str, chats: list[Chat], answers: Answers) -> Iterator[None]:
    """Flood the gateway meanwhile, and note how it answered."""
    over, (listens, tells) = forks.Event(), forks.Pipe(duplex=False)
    known = [(chat.path, chat.token) for chat in chats]
    process = forks.Process(target=flood, args=(address, known, FLOODING, over, tells), daemon=True)
    process.start()
    try:
        yield
    finally:
        over.set()
        answers.update(listens.recv())
        process.join()
        process.close()


@pytest.mark.alone
async def test_others_are_served_while_one_address_floods(address: str):
    async with httpx.AsyncClient(base_url=address, timeout=20) as http:
        chats = [await start(http, FLOODING) for _ in range(CHATS)]
        calm = await start(http, CALM)
        answers: Answers = Answers()
        with flooded(address, chats, answers):
            await asyncio.sleep(0.5)
            waits = [await wait_for_answer(calm) for _ in range(MESSAGES)]
    assert set(answers) == {(202, False), (201, False), (429, True)}
    assert answers[429, True] > answers[202, False]
    assert answers[202, False] < 2 * PER_MINUTE
    assert statistics.quantiles(waits, n=20)[-1] < LONGEST_SECONDS


async def start(http: httpx.AsyncClient, sender: str) -> Chat:
    response = await http.post("/v1/conversations", headers={"X-Forwarded-For": sender})
    started = response.json()
    return Chat(http, started["conversation_id"], started["token"])


async def wait_for_answer(chat: Chat) -> float:
    """Say something; return how long it took until it was safe."""
    await asyncio.sleep(PAUSE)
    began = time.perf_counter()
    response = await chat.http.post(
        f"{chat.path}/messages",
        json={"client_message_id": str(began), "text": "where is my order"},
        headers={**chat.headers, "X-Forwarded-For": CALM},
    )
    assert response.status_code == 202
    return time.perf_counter() - began
