"""A running gateway, and customers who chat through it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import httpx

from gateway.app import create_app
from gateway.server import GatewayServer
from gateway.services import Services, live_services
from gateway.settings import Settings
from support.knowledge.library import Library
from tests.fakes.serving import serving
from tests.fakes.waiting import eventually

CONVERSATION_KEY = "conversation-key-for-tests-0123456789"
CUSTOMER_KEY = "customer-key-for-tests-0123456789abcd"
SENDER_SECRET = "sender-secret-for-tests-0123456789ab"

Json = dict[str, Any]


def gateway_settings(redis_url: str, **changes: Any) -> Settings:
    """Settings as good as any, whatever the environment says."""
    return Settings(
        _env_file=None,
        **{
            "redis_url": redis_url,
            "conversation_token_key": CONVERSATION_KEY,
            "customer_token_key": CUSTOMER_KEY,
            "sender_key_secret": SENDER_SECRET,
            **changes,
        },
    )


@dataclass
class RunningGateway:
    """A gateway on the loopback."""

    http: httpx.AsyncClient
    services: Services
    server: GatewayServer

    async def start_chat(self, **body: str) -> "Chat":
        """Begin a conversation."""
        response = await self.http.post("/v1/conversations", json=body)
        assert response.status_code == 201, response.text
        started = response.json()
        return Chat(self.http, started["conversation_id"], started["token"])


@asynccontextmanager
async def running_gateway(redis_url: str, **settings: Any) -> AsyncIterator[RunningGateway]:
    """Serve a gateway as in production, on a free port."""
    services = _services(gateway_settings(redis_url, **settings))
    server = GatewayServer(create_app(services), services)
    async with serving(server) as url, httpx.AsyncClient(base_url=url, timeout=20) as http:
        yield RunningGateway(http, services, server)


def _services(settings: Settings) -> Services:
    """Return the live services, with the shipped knowledge read once for all gateways."""
    if settings.knowledge_folders:
        return live_services(settings)
    knowledge = _shipped_knowledge()
    with patch.object(Library, "read", lambda: knowledge):
        return live_services(settings)


@cache
def _shipped_knowledge() -> Library:
    return Library.read()


@dataclass
class Chat:
    """One customer's conversation."""

    http: httpx.AsyncClient
    id: str
    token: str

    @property
    def path(self) -> str:
        """The conversation's address."""
        return f"/v1/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        """What every call carries."""
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, body: Any) -> httpx.Response:
        """Send a message in whatever shape."""
        return await self.http.post(f"{self.path}/messages", json=body, headers=self.headers)

    async def say(self, text: str, client_message_id: str | None = None) -> str:
        """Send a text that is accepted, and return its message id."""
        response = await self.post(
            {"client_message_id": client_message_id or uuid4().hex, "text": text}
        )
        assert response.status_code == 202, response.text
        return str(response.json()["message_id"])

    async def messages(self, after: int = 0) -> list[Json]:
        """Read the conversation by polling."""
        response = await self.http.get(
            f"{self.path}/messages", params={"after": after}, headers=self.headers
        )
        assert response.status_code == 200, response.text
        found: list[Json] = response.json()["messages"]
        return found

    async def wait_for(self, count: int, seconds: float = 15) -> list[Json]:
        """Return the messages as soon as there are `count` of them."""

        async def enough() -> bool:
            return len(await self.messages()) >= count

        await eventually(enough, seconds)
        return await self.messages()

    @asynccontextmanager
    async def stream(self, **headers: str) -> AsyncIterator[AsyncIterator[Json]]:
        """Open the event stream; gives the events as they come."""
        async with self.http.stream(
            "GET", f"{self.path}/events", headers={**self.headers, **headers}
        ) as response:
            assert response.status_code == 200
            yield _events(response)


async def _events(response: httpx.Response) -> AsyncIterator[Json]:
    event: Json = {}
    async for line in response.aiter_lines():
        name, _, value = line.partition(": ")
        if name in {"id", "data", "event"}:
            event[name] = value
        elif not line and event:
            kind = {"status": True} if event.get("event") == "status" else {"id": event.get("id")}
            yield {**kind, **json.loads(event["data"])}
            event = {}


async def take(events: AsyncIterator[Json], count: int, seconds: float = 15) -> list[Json]:
    """Return the next `count` events."""
    async with asyncio.timeout(seconds):
        return [await anext(events) for _ in range(count)]
