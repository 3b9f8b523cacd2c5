"""How long the reply that is being made may still wait for outside systems, all of them together.

Each call has its own time limit; those of several calls one after the other would add up to more
than a customer waits. Whoever makes a reply says once how much time there is. A turn may take
several actions: what is left of its time travels with the call of each.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from typing import Final

REPLY_SECONDS: Final = 4.8
"""What a reply may spend on outside systems; the rest of six seconds is for understanding it."""
TURN_SECONDS: Final = 5.4
"""What all actions of one turn may take, whatever they wait for."""

SECONDS_LEFT: Final = "seconds_left"
"""Under this name it stands beside what is known of the customer, in the call of an action."""

_ends: ContextVar[float] = ContextVar("reply_ends", default=inf)


@contextmanager
def reply_within(seconds: float = REPLY_SECONDS) -> Iterator[None]:
    """Let all calls that are made inside end within so many seconds; an earlier end stays."""
    token = _ends.set(min(_ends.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _ends.reset(token)


def seconds_left() -> float:
    """Return how many seconds there are; infinitely many where nobody said."""
    return max(_ends.get() - time.monotonic(), 0.0)
