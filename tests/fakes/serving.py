"""Runs an ASGI app on a free port of the loopback inside the test's own event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from gateway.server import listening_socket
from tests.fakes.waiting import eventually


@asynccontextmanager
async def serving(server: uvicorn.Server, port: int = 0) -> AsyncIterator[str]:
    """Give the address of the running server; it is stopped as SIGTERM would stop it."""
    listener = listening_socket("127.0.0.1", port)

    async def started() -> bool:
        return server.started

    # Not serve(): that would take the signal handlers of the test run.
    running = asyncio.create_task(server._serve([listener]))
    try:
        await eventually(started)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
