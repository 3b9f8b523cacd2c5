"""A number that is to be looked up, and those who wait for it."""

import asyncio
from dataclasses import dataclass, field

from support.systems.carriers.interface import Asked, Told


@dataclass(slots=True)
class Queued:
    """One number; it may be that nobody waits for it (any more)."""

    asked: Asked
    waiting: list[asyncio.Future[Told]] = field(default_factory=list)

    @property
    def is_awaited(self) -> bool:
        """Whether anybody waits."""
        return any(not one.done() for one in self.waiting)

    def tell(self, told: Told) -> None:
        """Tell those who wait."""
        for one in self.waiting:
            if not one.done():
                one.set_result(told)
        self.waiting.clear()
