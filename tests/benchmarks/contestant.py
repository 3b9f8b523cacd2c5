"""A contestant that runs in the test: answers what it is told to, as slowly as it is told to."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.contestants import HttpRequest
from tests.fakes.serving import serving


@dataclass
class FakeContestant:
    """Answers with `answer`, after `seconds` and `seconds_per_message` for each message before."""

    url: str = ""
    answer: str = "I'm Kmart's order assistant: order number 410200341"
    status: int = 200
    seconds: float = 0.0
    seconds_per_message: float = 0.0
    heard: dict[str, list[str]] = field(default_factory=dict)
    at_once: int = 0
    most_at_once: int = 0
    name: str = "fake"
    command: tuple[str, ...] = ()
    folder: Path = Path()
    settings: dict[str, str] = field(default_factory=dict)

    def request(self, conversation_id: str, message_id: str, text: str) -> HttpRequest:
        body = {"conversation": conversation_id, "message_id": message_id, "text": text}
        return HttpRequest(self.url, {"X-From": "benchmark"}, json.dumps(body).encode())

    def texts(self, answer: bytes) -> list[str]:
        return [json.loads(answer)["text"]]

    async def take_turn(self, request: Request) -> JSONResponse:
        turn = await request.json()
        said = self.heard.setdefault(turn["conversation"], [])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.seconds + self.seconds_per_message * len(said))
        self.at_once -= 1
        said.append(turn["text"])
        return JSONResponse({"text": self.answer}, self.status)


@asynccontextmanager
async def fake_contestant(**how: float | str) -> AsyncIterator[FakeContestant]:
    contestant = FakeContestant(**how)  # type: ignore[arg-type]
    app = Starlette(routes=[Route("/", contestant.take_turn, methods=["POST"])])
    config = uvicorn.Config(app, log_config=None, lifespan="off")
    async with serving(uvicorn.Server(config)) as contestant.url:
        yield contestant
