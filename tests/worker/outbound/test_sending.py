"""The worker as a process, with a provider on the loopback, killed in the middle of things."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import pytest
import uvicorn
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.fakes.chat import SENDER_SECRET, RunningGateway, running_gateway
from tests.fakes.rasa import FakeRasa
from tests.fakes.serving import serving
from tests.fakes.texting import ACCOUNT, AUTH_TOKEN, PHONE, PUBLIC_URL, Texter
from tests.fakes.waiting import eventually
from tests.fakes.workers import worker_process

PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


@dataclass
class Provider:
    """Takes messages as Twilio does, `seconds` after they came."""

    url: str = ""
    seconds: float = 0.0
    taken: list[dict[str, Any]] = field(default_factory=list)

    async def take(self, request: Request) -> JSONResponse:
        form = {name: value async for name, value in _form(request)}
        message = {"sid": f"SM{uuid4().hex}", "body": form["Body"], "to": form["To"]}
        self.taken.append(message)
        await asyncio.sleep(self.seconds)
        return JSONResponse(message, 201)

    async def listed(self, _: Request) -> JSONResponse:
        return JSONResponse({"messages": self.taken[::-1]})

    @property
    def texts(self) -> list[str]:
        return [str(message["body"]) for message in self.taken]


async def _form(request: Request) -> AsyncIterator[tuple[str, str]]:
    for pair in parse_qsl((await request.body()).decode()):
        yield pair


@asynccontextmanager
async def running_provider() -> AsyncIterator[Provider]:
    provider = Provider()
    app = Starlette(
        routes=[
            Route(PATH, provider.take, methods=["POST"]),
            Route(PATH, provider.listed, methods=["GET"]),
        ]
    )
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    async with serving(uvicorn.Server(config)) as url:
        provider.url = url
        yield provider


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with running_provider() as running:
        yield running


@pytest.fixture
async def gateway(redis_url: str, redis: Redis) -> AsyncIterator[RunningGateway]:  # noqa: ARG001
    async with running_gateway(
        redis_url,
        public_url=PUBLIC_URL,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=AUTH_TOKEN,
    ) as running:
        yield running


def settings(provider: Provider) -> dict[str, str]:
    return {
        "SENDER_KEY_SECRET": SENDER_SECRET,
        "TWILIO_URL": provider.url,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "TWILIO_MESSAGING_SERVICE": "MG1",
        "PUBLIC_URL": PUBLIC_URL,
    }


async def test_a_text_message_is_answered_from_where_it_was_sent(
    redis_url: str, rasa: FakeRasa, gateway: RunningGateway, provider: Provider
):
    with worker_process(redis_url, rasa.url, **settings(provider)):
        await Texter(gateway.http).text("hello")
        await eventually(lambda: _is(provider.texts, ["You said: hello"]), 20)
    assert provider.taken[0]["to"] == PHONE
    assert rasa.asked[0]["metadata"]["sender_phone"] == PHONE
    assert rasa.asked[0]["metadata"]["channel"] == "sms"


async def test_a_worker_killed_while_the_provider_takes_its_message_sends_it_once(
    redis_url: str, rasa: FakeRasa, gateway: RunningGateway, provider: Provider
):
    provider.seconds = 30
    with worker_process(redis_url, rasa.url, **settings(provider)) as worker:
        await Texter(gateway.http).text("hello")
        await eventually(lambda: _is(len(provider.taken), 1), 20)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    provider.seconds = 0
    with worker_process(redis_url, rasa.url, **settings(provider)):
        await Texter(gateway.http).text("and again")
        await eventually(lambda: _is(len(provider.taken), 2), 40)
    assert provider.texts == ["You said: hello", "You said: and again"]


async def _is(value: object, expected: object) -> bool:
    return value == expected
