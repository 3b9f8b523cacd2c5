"""One customer, the real adapters, and the sandbox behind a network that fails as it is told.

All in this process: the conversation runs the actions, the sandbox is called as an application.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import httpx
from pydantic import SecretStr
from redis.asyncio import Redis

from actions.responses import ResponseKey
from sandbox.app import create_app
from sandbox.settings import Settings
from support.identification import Identification
from support.one_time_codes import OneTimeCodes
from support.state.attempts import Attempts
from support.systems.carriers.aftership.adapter import AfterShipTracking
from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.batching import Batching
from support.systems.carriers.budget import CallBudget
from support.systems.carriers.directory import CarrierDirectory
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK
from support.systems.cases.http import HttpCaseSystem
from support.systems.marketplace.http import HttpMarketplace
from support.systems.notifications.http import HttpNotifications
from support.systems.orders.http import HttpOrderSystem
from tests.actions.assistant import actions_of
from tests.actions.chatting import Chat
from tests.actions.services import now
from tests.orders import NOW, order
from tests.wordings import texts_of

URL = "http://127.0.0.1:8800"
KEY = "a-key-for-tests"
PREFIXES = {
    "orders": "/order-system",
    "australia_post": "/australia-post",
    "aftership": "/aftership",
    "cases": "/case-system",
    "marketplace": "/marketplace",
    "notifications": "/sender",
}


class Fault(StrEnum):
    """How a system fails, or the way to it."""

    DOWN = "down"
    REFUSED = "refused"
    SLOW = "slow"
    ERROR = "5xx"
    UNAVAILABLE = "503"
    RATE_LIMITED = "429"
    RATE_LIMITED_INSIDE = "429 inside 200"
    MALFORMED = "malformed JSON"
    WRONG_SCHEMA = "wrong schema"
    TRUNCATED = "truncated"
    WRONG_TYPE = "wrong content type"
    HUGE = "huge body"
    TLS = "TLS error"


_BEFORE = {
    Fault.REFUSED: "[Errno 111] Connection refused",
    Fault.TLS: "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed",
}
"""Faults that keep a request from the system; with the others it has done what was asked."""


class FailingNetwork(httpx.AsyncBaseTransport):
    """Leads to the sandbox; the answers of one system are as bad as its fault says."""

    def __init__(self, sandbox: httpx.AsyncBaseTransport) -> None:
        self._sandbox = sandbox
        self._faults: dict[str, Fault] = {}

    def break_down(self, system: str, fault: Fault) -> None:
        """Let a system fail."""
        self._faults[PREFIXES[system]] = fault

    def mend(self) -> None:
        """Let all systems work."""
        self._faults.clear()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the sandbox, and spoil what it answers."""
        path = request.url.path
        fault = next((one for start, one in self._faults.items() if path.startswith(start)), None)
        if fault in _BEFORE:
            raise httpx.ConnectError(_BEFORE[fault], request=request)
        response = await self._sandbox.handle_async_request(request)
        return response if fault is None else await _spoilt(fault, request)


async def _spoilt(fault: Fault, request: httpx.Request) -> httpx.Response:
    if fault is Fault.DOWN:
        raise httpx.RemoteProtocolError("Server disconnected", request=request)
    if fault is Fault.SLOW:
        await asyncio.sleep(30)
    status, answer = _ANSWERS[fault]()
    return httpx.Response(status, **answer)


class _Stream(httpx.AsyncByteStream):
    """A body that comes in pieces: without an end, or broken off after the first."""

    def __init__(self, piece: bytes, *, broken: bool = False) -> None:
        self._piece, self._broken = piece, broken

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield self._piece
            if self._broken:
                raise httpx.RemoteProtocolError("peer closed connection")


_ANSWERS: Mapping[Fault, Callable[[], tuple[int, dict[str, Any]]]] = {
    Fault.SLOW: lambda: (200, {}),
    Fault.ERROR: lambda: (500, {"json": {"title": "Internal error", "status": 500}}),
    Fault.UNAVAILABLE: lambda: (503, {}),
    Fault.RATE_LIMITED: lambda: (429, {"headers": {"retry-after": "5"}}),
    Fault.RATE_LIMITED_INSIDE: lambda: (200, {"json": {"errors": [{"error_code": "API_002"}]}}),
    Fault.MALFORMED: lambda: (200, {"content": b'{"number": "4102'}),
    Fault.WRONG_SCHEMA: lambda: (200, {"json": {"colour": "green", "tracking_results": [{}]}}),
    Fault.TRUNCATED: lambda: (200, {"stream": _Stream(b'{"number": "4102', broken=True)}),
    Fault.WRONG_TYPE: lambda: (200, {"html": "<html><title>Please log in</title></html>"}),
    Fault.HUGE: lambda: (200, {"stream": _Stream(b'{"number": "' + b"4" * 100_000)}),
}


class Assisted(Chat):
    """A customer with order 410200341, as the sandbox has it, and what each turn took."""

    def __init__(self, network: FailingNetwork, http: httpx.AsyncClient, redis: Redis) -> None:
        super().__init__(order(), redis)
        self.network = network
        self.seconds: list[float] = []
        self.carriers_time = NOW
        orders = HttpOrderSystem(http, f"{URL}/order-system", KEY)
        sender = HttpNotifications(http, f"{URL}/sender", KEY)
        tracking = AustraliaPostTracking(
            http, f"{URL}/australia-post", "1", "key", "password", now=self._time
        )
        last_known = LastKnown(redis)
        source = Batching(tracking, CallBudget(redis, "australia_post"), last_known.keep)
        aggregator = AfterShipTracking(
            http, f"{URL}/aftership/tracking/2026-07", "key", now=self._time
        )
        others = Batching(aggregator, CallBudget(redis, "aftership"), last_known.keep)
        self.services = replace(
            self.services,
            orders=orders,
            carriers=CarrierDirectory(
                {AUSTRALIA_POST: source, STARTRACK: source}, last_known, others, now=self._time
            ),
            cases=HttpCaseSystem(http, f"{URL}/case-system", KEY),
            marketplace=HttpMarketplace(http, f"{URL}/marketplace", KEY),
            notifications=sender,
            identification=Identification(
                orders=orders, verified=self.services.verified, attempts=Attempts(redis), now=now
            ),
            codes=OneTimeCodes(redis, sender, self.services.verified, key=SecretStr("k" * 32)),
        )
        self.actions = actions_of(self.services)
        self._http = http

    async def say(self, text: str, intent: str, **entities: str) -> list[ResponseKey]:
        """Say something, and note how long the answer took."""
        begun = time.monotonic()
        said = await super().say(text, intent, **entities)
        self.seconds.append(time.monotonic() - begun)
        return said

    def _time(self) -> datetime:
        return self.carriers_time

    @property
    def text(self) -> str:
        """What the customer read last."""
        return " ".join(_worded(message) for message in self.talk.messages)

    async def put_order(self, body: dict[str, Any]) -> None:
        """Let the order system have an order."""
        response = await self._http.put(f"{URL}/sandbox/orders/{body['number']}", json=body)
        response.raise_for_status()

    async def put_tracking(self, carrier: str, number: str, body: dict[str, Any]) -> None:
        """Let a carrier know a number."""
        path = f"{URL}/sandbox/carriers/{carrier}/tracking/{number}"
        response = await self._http.put(path, json=body)
        response.raise_for_status()

    async def told(self, what: str) -> list[dict[str, Any]]:
        """Return what the sandbox has been asked to do: cases, marketplace or sent."""
        response = await self._http.get(f"{URL}/sandbox/{what}")
        return list(response.raise_for_status().json()[{"marketplace": "tickets"}.get(what, what)])


def _worded(message: dict[str, Any]) -> str:
    values = {name: value for name, value in message.items() if isinstance(value, str)}
    return texts_of(message["response"])[0].format_map(values)


@asynccontextmanager
async def failing_world(redis: Redis) -> AsyncIterator[Assisted]:
    """Give a customer in a world where nothing fails yet."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        order_system_key=SecretStr(KEY),
        case_system_key=SecretStr(KEY),
        marketplace_key=SecretStr(KEY),
        notifications_key=SecretStr(KEY),
    )
    network = FailingNetwork(httpx.ASGITransport(create_app(settings, now)))
    async with httpx.AsyncClient(transport=network) as http:
        customer = Assisted(network, http, redis)
        yield customer
        carriers = customer.services.carriers
        assert isinstance(carriers, CarrierDirectory)
        await carriers.aclose()
