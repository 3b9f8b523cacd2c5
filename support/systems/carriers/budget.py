"""How many calls an interface allows, counted over all processes in Redis.

The period slides: in no stretch of that length are more calls made. While Redis does not answer,
each process counts its own.
"""

import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

PERIOD: Final = timedelta(minutes=1)
PAUSE_WHEN_UNTOLD: Final = timedelta(seconds=20)
_TAKE: Final = Path(__file__).with_name("take_call.lua").read_text(encoding="utf-8")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether a call may be made now, how many more may be, and else how long to wait for one."""

    granted: bool
    left: int
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class CallBudget:
    """The calls of one set of credentials; `name` tells it from others."""

    redis: Redis
    name: str
    calls: int = 10
    period: timedelta = PERIOD
    pause_when_untold: timedelta = PAUSE_WHEN_UNTOLD
    _own: deque[float] = field(default_factory=deque, init=False, repr=False)

    async def take(self) -> Taken:
        """Take one call, if there is one."""
        milliseconds = int(self.period.total_seconds() * 1000)
        keys = (self._key("calls"), self._key("pause"))
        call = secrets.token_hex(8)
        try:
            answer: Any = await self.redis.eval(
                _TAKE, 2, *keys, call, str(self.calls), str(milliseconds)
            )
        except (RedisError, OSError) as error:
            _log.warning("carrier_budget_uncounted", error=type(error).__name__)
            return self._take_alone()
        granted, left, wait = (int(value) for value in answer)
        return Taken(bool(granted), left, timedelta(milliseconds=wait))

    async def stay_away(self, duration: timedelta | None) -> None:
        """Let nobody call for as long as the interface asked, or for our own pause."""
        wait = self.pause_when_untold if duration is None else duration
        milliseconds = max(int(wait.total_seconds() * 1000), 1)
        try:
            await self.redis.set(self._key("pause"), "1", px=milliseconds)
        except (RedisError, OSError) as error:
            _log.warning("carrier_pause_unwritable", error=type(error).__name__)

    def _key(self, of: str) -> str:
        return f"carrier:{{{self.name}}}:{of}"

    def _take_alone(self) -> Taken:
        now, period = time.monotonic(), self.period.total_seconds()
        while self._own and self._own[0] <= now - period:
            self._own.popleft()
        if len(self._own) >= self.calls:
            return Taken(granted=False, left=0, wait=timedelta(seconds=self._own[0] + period - now))
        self._own.append(now)
        return Taken(granted=True, left=self.calls - len(self._own))
