"""Closing a connection without an answer, which no ASGI application can do by itself."""

from asyncio import Transport
from collections.abc import Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_EXTENSION: Final = "sandbox.hang_up"


class HangUpProtocol(HttpToolsProtocol):
    """Uvicorn's HTTP protocol that lets the application drop its connection."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Hand the connection's end to each of its requests."""
        super().connection_made(transport)
        self.app = _with_extension(self.app, transport.abort)


async def hang_up(request: Request) -> None:
    """Drop the client's connection; outside `HangUpProtocol` a `ConnectionResetError` is raised."""
    drop: Callable[[], None] | None = request.scope.get("extensions", {}).get(_EXTENSION)
    if drop is None:
        raise ConnectionResetError("the system is down")
    drop()
    while not await request.is_disconnected():
        await request.receive()


def _with_extension(app: ASGIApp, drop: Callable[[], None]) -> Any:  # noqa: ANN401 - uvicorn's type
    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[_EXTENSION] = drop
        await app(scope, receive, send)

    return application
