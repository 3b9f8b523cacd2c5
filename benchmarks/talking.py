"""Says things to a contestant, and makes sure that the answer is right before time counts."""

import asyncio
import time
import uuid
from http import HTTPStatus
from types import TracebackType
from typing import Self

import aiohttp

from benchmarks.contestants import Contestant
from benchmarks.processes import RunningProcess
from benchmarks.scenarios import HI, Message

START_SECONDS = 300.0
SECONDS_BETWEEN_TRIES = 0.02


class WrongAnswer(Exception):
    """A contestant answered something else than it must: its time would mean nothing."""


class DidNotStart(Exception):
    """A contestant did not answer within START_SECONDS."""


class Talker:
    """Kept-alive connections to one contestant."""

    def __init__(self, contestant: Contestant) -> None:
        self.contestant = contestant

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            timeout=aiohttp.ClientTimeout(total=60),
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def say(self, conversation_id: str, message: Message) -> float:
        """Return the seconds a turn took; raise WrongAnswer if it was not answered rightly."""
        request = self.contestant.request(conversation_id, uuid.uuid4().hex, message.words())
        started = time.perf_counter()
        async with self._session.post(
            request.url, data=request.body, headers=request.headers
        ) as response:
            answer = await response.read()
        seconds = time.perf_counter() - started
        self._check(message, response.status, answer)
        return seconds

    async def wait_for_first_answer(self, process: RunningProcess) -> None:
        """Return once a first message is answered."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            process.raise_if_ended()
            try:
                await self.say(new_conversation(), HI)
            except (aiohttp.ClientError, WrongAnswer):
                await asyncio.sleep(SECONDS_BETWEEN_TRIES)
            else:
                return
        raise DidNotStart(self.contestant.name)

    def _check(self, message: Message, status: int, answer: bytes) -> None:
        texts = self.contestant.texts(answer) if status == HTTPStatus.OK else []
        if not any(message.answer in text for text in texts):
            raise WrongAnswer(f"{self.contestant.name} to {message.text!r}: {status} {answer!r}")


def new_conversation() -> str:
    """Return an id that no conversation has yet."""
    return uuid.uuid4().hex
