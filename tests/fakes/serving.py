"""Runs an ASGI app on a free port of the loopback: in the test's own event loop, or in a thread."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import Thread
from time import sleep

import uvicorn
from starlette.types import ASGIApp

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


@contextmanager
def served_in_thread(app: ASGIApp) -> Iterator[str]:
    """Serve an app for other processes, beside whatever the test does; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    listener = listening_socket("127.0.0.1", 0)
    thread = Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
