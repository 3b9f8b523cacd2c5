"""Notices a program that dies soon after each start, which supervisord restarts for ever."""

from collections import defaultdict

WINDOW_SECONDS = 60
RESTARTS_ALLOWED = 3


class Restarts:
    """Counts how often each program was started anew within the last minute."""

    def __init__(self) -> None:
        self._started: defaultdict[str, dict[int, float]] = defaultdict(dict)

    def saw(self, name: str, pid: int, *, at: float) -> None:
        """Record that the program ran as this process (0: as none) at a monotonic time."""
        if pid:
            self._started[name].setdefault(pid, at)

    def too_many(self, name: str, *, at: float) -> bool:
        """Tell whether the program was restarted more often than a passing fault explains."""
        recent = [start for start in self._started[name].values() if at - start < WINDOW_SECONDS]
        return len(recent) > RESTARTS_ALLOWED
