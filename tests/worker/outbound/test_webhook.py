"""What is said to an in-house app, while that app has trouble."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.chat import running_gateway
from tests.fakes.rasa import FakeRasa
from tests.fakes.serving import serving
from tests.fakes.waiting import eventually
from tests.fakes.webhook_apps import SECRET, App
from tests.fakes.workers import running_worker


@dataclass
class Callback:
    """Fails as often as it is told to, then takes what comes."""

    failures: int
    refused: list[str] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        event: Any = Webhook(SECRET).verify(await request.body(), dict(request.headers))
        if len(self.refused) < self.failures:
            self.refused.append(request.headers["webhook-id"])
            return Response(status_code=503)
        self.taken.append((request.headers["webhook-id"], event["data"]["text"]))
        return Response(status_code=204)


@asynccontextmanager
async def serving_callback(callback: Callback) -> AsyncIterator[str]:
    app = Starlette(routes=[Route("/answers", callback.take, methods=["POST"])])
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    async with serving(uvicorn.Server(config)) as url:
        yield f"{url}/answers"


@pytest.mark.usefixtures("redis")
async def test_what_an_app_could_not_take_comes_again_and_in_order(redis_url: str, rasa: FakeRasa):
    callback = Callback(failures=2)
    async with serving_callback(callback) as url:
        apps = {"shop-app": {"secret": SECRET, "callback": url}}
        async with (
            running_gateway(redis_url, webhook_apps=apps) as gateway,
            running_worker(redis_url, rasa.url, webhook_apps=apps),
        ):
            app = App(gateway.http)
            for text in ("one", "two", "three"):
                await app.say(text)

            async def all_taken() -> bool:
                return len(callback.taken) == 3

            await eventually(all_taken, 30)
    assert [text for _, text in callback.taken] == [
        "You said: one",
        "You said: two",
        "You said: three",
    ]
    assert callback.refused == [callback.taken[0][0]] * 2
