"""Runs an ASGI app on a free port of the loopback: in the test's own event loop, or in a thread."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from socket import socket
from threading import Thread
from time import sleep

import uvicorn
from starlette.types import ASGIApp

from gateway.server import listening_socket


@asynccontextmanager
async def serving(server: uvicorn.Server, port: int = 0) -> AsyncIterator[str]:
    """Give the address of the running server; it is stopped as SIGTERM would stop it."""
    listener = listening_socket("127.0.0.1", port)
    # Not serve(): that would take the signal handlers of the test run. Nor _serve(): that looks
    # whether to stop ten times a second, which a thousand tests would wait for.
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup([listener])
    stop = asyncio.Event()
    running = asyncio.create_task(_run(server, listener, stop))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        await running


async def _run(server: uvicorn.Server, listener: socket, stop: asyncio.Event) -> None:
    """Run until `stop` is set, or until the server is told to stop by itself."""
    told = asyncio.create_task(server.main_loop())
    stopped = asyncio.create_task(stop.wait())
    _, pending = await asyncio.wait((told, stopped), return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await server.shutdown([listener])


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
