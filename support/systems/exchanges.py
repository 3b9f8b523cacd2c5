"""Exchanges with outside systems, kept in a file and played again in tests.

Kept are what was asked (method, path and query) and what was answered; of the headers only those of
an answer that are read, so no keys. An answer holds what the system told: record only what is
nobody's, and look at the file before it is kept.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import httpx
from pydantic import BaseModel, ConfigDict

from support.systems.whole_answers import whole

_HEADERS: Final = ("content-type", "retry-after")


class Exchange(BaseModel):
    """One question and its answer."""

    model_config = ConfigDict(frozen=True)

    method: str
    target: str
    status: int
    headers: dict[str, str]
    body: str

    def answers(self, request: httpx.Request) -> bool:
        """Whether this was the same question, whatever host it went to."""
        return (self.method, self.target) == (request.method, _target(request))

    def response(self, request: httpx.Request) -> httpx.Response:
        """Return the answer."""
        return httpx.Response(
            self.status, headers=self.headers, content=self.body.encode(), request=request
        )


class NotRecorded(AssertionError):
    """Something was asked that is not among the exchanges, or not so often."""


class RecordingTransport(httpx.AsyncBaseTransport):
    """Lets requests through, and keeps what was asked and answered."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport
        self.exchanges: list[Exchange] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request on."""
        response = await self._transport.handle_async_request(request)
        response.request = request
        answer = await whole(response)
        exchange = Exchange(
            method=request.method,
            target=_target(request),
            status=answer.status_code,
            headers={name: answer.headers[name] for name in _HEADERS if name in answer.headers},
            body=answer.text,
        )
        self.exchanges.append(exchange)
        return exchange.response(request)

    async def aclose(self) -> None:
        """Close what the requests go through."""
        await self._transport.aclose()


class ReplayTransport(httpx.AsyncBaseTransport):
    """Answers as was answered before, each exchange once and in its order; else `NotRecorded`."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self.left = list(exchanges)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the next answer to this question."""
        for place, exchange in enumerate(self.left):
            if exchange.answers(request):
                return self.left.pop(place).response(request)
        raise NotRecorded(f"{request.method} {_target(request)} is not among the exchanges")


def write_exchanges(path: Path, exchanges: Iterable[Exchange]) -> None:
    """Write exchanges to a file, one a line."""
    lines = (exchange.model_dump_json() + "\n" for exchange in exchanges)
    path.write_text("".join(lines), encoding="utf-8")


def read_exchanges(path: Path) -> list[Exchange]:
    """Return what was written to a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Exchange.model_validate_json(line) for line in lines]


def _target(request: httpx.Request) -> str:
    return request.url.raw_path.decode("ascii")
