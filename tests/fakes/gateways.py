"""A gateway as a process that can be killed.

It runs what `python -m gateway` runs. Its libraries are loaded once, in a process from which each
is forked, so that a test can afford to kill several.
"""

import multiprocessing
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess

import httpx

from gateway.__main__ import main
from tests.fakes.chat import CONVERSATION_KEY, SENDER_SECRET
from tests.fakes.waiting import eventually

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload([__name__, "tests.fakes.flood"])


@asynccontextmanager
async def gateway_process(redis_url: str, port: int, **settings: str) -> AsyncIterator[BaseProcess]:
    """Run a gateway until it is up and longer; killed at the end if it still runs."""
    environment = {
        "REDIS_URL": redis_url,
        "GATEWAY_PORT": str(port),
        "CONVERSATION_TOKEN_KEY": CONVERSATION_KEY,
        "SENDER_KEY_SECRET": SENDER_SECRET,
        **settings,
    }
    process = forks.Process(target=_serve, args=(environment,), daemon=True)
    process.start()
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
            await eventually(lambda: _is_up(http), 30)
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def _serve(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    main()


async def _is_up(http: httpx.AsyncClient) -> bool:
    try:
        return (await http.get("/health/live")).is_success
    except httpx.TransportError:
        return False
