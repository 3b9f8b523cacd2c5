"""Waits for what another process or task will do."""

import asyncio
from collections.abc import Awaitable, Callable


async def eventually(happened: Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    """Return as soon as `happened` says so; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not await happened():  # noqa: ASYNC110 - nobody could set an event for us
            await asyncio.sleep(0.02)
