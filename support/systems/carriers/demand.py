"""Whether more is asked of an interface than it answers one by one."""

import time
from collections import deque
from typing import Final

from support.systems.carriers.budget import CallBudget

_PART: Final = 6
"""A sixth of the period is looked back on: ten seconds of a minute."""


class Demand:
    """Counts the look-ups of the last moments."""

    def __init__(self, budget: CallBudget) -> None:
        self._span = budget.period.total_seconds() / _PART
        self._high = 2 * budget.calls / _PART
        self._asked: deque[float] = deque()

    def note(self) -> None:
        """Note that something is asked for."""
        self._asked.append(time.monotonic())

    def is_high(self) -> bool:
        """Whether twice as much is asked for, number by number, as there are calls."""
        since = time.monotonic() - self._span
        while self._asked and self._asked[0] < since:
            self._asked.popleft()
        return len(self._asked) > self._high
