"""A number that is to be looked up, and those who wait for it."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from support.systems.carriers.interface import Asked, CarrierAdapter, Told


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


def together(queue: Iterable[Queued], adapter: CarrierAdapter) -> Sequence[Queued]:
    """Return those that one call asks for, awaited ones first; of one carrier if need be."""
    waiting = sorted(queue, key=lambda one: not one.is_awaited)
    if waiting and not adapter.mixes_carriers:
        waiting = [one for one in waiting if one.asked.carrier == waiting[0].asked.carrier]
    return waiting[: adapter.most_at_once]
