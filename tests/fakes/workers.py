"""Workers: in the test's own event loop, or as a process that can be killed."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import Any
from unittest.mock import patch

from tests.fakes.chat import SENDER_SECRET
from tests.fakes.rasa import TURN_KEY
from worker import turn_queue
from worker.__main__ import live_worker
from worker.metrics import WorkerMetrics
from worker.settings import Settings

WAIT_MILLISECONDS = 50
"""For the next turn. A worker that is told to stop waits so long, in production up to a second."""


@asynccontextmanager
async def running_worker(
    redis_url: str, rasa_url: str, **changes: Any
) -> AsyncIterator[WorkerMetrics]:
    """Run a worker in this event loop; it is stopped as SIGTERM would stop it."""
    settings = Settings(
        _env_file=None,
        redis_url=redis_url,
        rasa_url=rasa_url,
        actions_url=f"{rasa_url}/webhook",
        rasa_turn_key=TURN_KEY,
        sender_key_secret=SENDER_SECRET,
        **{"quiet_hours": "none", **changes},
    )
    metrics, stopping = WorkerMetrics(), asyncio.Event()
    async with AsyncExitStack() as stack:
        stack.enter_context(patch.object(turn_queue, "WAIT_MILLISECONDS", WAIT_MILLISECONDS))
        running = asyncio.create_task(live_worker(settings, metrics, stack).run(stopping))
        try:
            yield metrics
        finally:
            stopping.set()
            await running


@contextmanager
def worker_process(
    redis_url: str, rasa_url: str, **changes: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python -m worker`; killed at the end if it still runs."""
    environment = {
        **os.environ,
        "REDIS_URL": redis_url,
        "RASA_URL": rasa_url,
        "ACTIONS_URL": f"{rasa_url}/webhook",
        "RASA_TURN_KEY": TURN_KEY,
        "SENDER_KEY_SECRET": SENDER_SECRET,
        "QUIET_HOURS": "none",
        **changes,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "worker"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
