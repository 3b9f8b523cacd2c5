"""Stands in for Rasa's signed channel: says what the test tells it to."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.fakes.serving import serving

TURN_KEY = "turn-key-for-tests-0123456789abcdef"

Body = dict[str, Any]


@dataclass
class FakeRasa:
    """Answers each turn with `answers[text]`, else with an echo; or fails with `status`.

    A turn without words is answered with `answers[payload]`.
    """

    url: str = ""
    status: int = 200
    seconds: float = 0.0
    answers: dict[str, list[Body]] = field(default_factory=dict)
    understood: dict[str, Body] = field(default_factory=dict)
    """What a text is taken for; nothing is said of the others."""
    persons: dict[str, Body] = field(default_factory=dict)
    """What a text asks for besides: a person, with what is known."""
    asked: list[Body] = field(default_factory=list)
    """Every call, also those that failed."""
    processed: dict[str, list[Body]] = field(default_factory=dict)
    """The turns that were run, by message id; none is run twice."""
    working_on: set[str] = field(default_factory=set)

    @property
    def texts(self) -> list[str]:
        """What was asked, in order."""
        return [turn["text"] for turn in self.asked]

    async def take_turn(self, request: Request) -> JSONResponse:
        """Take a turn as Rasa's channel does."""
        raw = await request.body()
        timestamp = request.headers["X-Turn-Timestamp"]
        expected = hmac.new(TURN_KEY.encode(), f"{timestamp}.".encode() + raw, hashlib.sha256)
        if request.headers["X-Turn-Signature"] != expected.hexdigest():
            return JSONResponse({"status": "unsigned"}, 401)
        turn = await request.json()
        self.asked.append(turn)
        if self.status != 200:
            return JSONResponse({"status": "failed"}, self.status)
        message_id = turn["message_id"]
        status = "repeated" if message_id in self.processed else "answered"
        echo = [{"text": f"You said: {turn['text']}"}]
        words = turn["text"] or turn["payload"]
        messages = self.processed.setdefault(message_id, self.answers.get(words, echo))
        await asyncio.sleep(self.seconds)
        answer = {"status": status, "turn_id": message_id, "messages": messages}
        besides = {"understood": self.understood.get(words), "person": self.persons.get(words)}
        return JSONResponse({**answer, **besides})

    async def health(self, _: Request) -> JSONResponse:
        """Say that a model is loaded."""
        return JSONResponse({"status": "ok"})


@asynccontextmanager
async def running_rasa(rasa: FakeRasa, port: int = 0) -> AsyncIterator[FakeRasa]:
    """Serve the fake on the loopback; /health stands in for the action server's."""
    app = Starlette(
        routes=[
            Route("/webhooks/gateway/turns", rasa.take_turn, methods=["POST"]),
            Route("/webhooks/gateway/health", rasa.health),
            Route("/health", rasa.health),
        ]
    )
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    async with serving(uvicorn.Server(config), port) as url:
        rasa.url = url
        yield rasa
