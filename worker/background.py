"""What goes on beside the turns, until the worker stops."""

import asyncio
from typing import Protocol


class Background(Protocol):
    """Something that goes on beside the turns."""

    async def run(self) -> None:
        """Go on until cancelled."""


def goes_on() -> bool:
    """Say whether the running task is still wanted; loops ask it each time round.

    Redis' client, while it connects, turns a cancellation into an error of its own: a loop that
    goes on after errors would never end.
    """
    task = asyncio.current_task()
    return task is None or not task.cancelling()
