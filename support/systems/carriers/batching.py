"""Many look-ups, few calls: numbers that are asked for at about the same time go in one call.

While few are asked for, a number goes at once. When more are asked for than there are calls, calls
are spread over the period and go earlier only when they are full. Who would have to wait for long
is told so, with the time from when it can be asked again; the number stays in the queue and goes
with the next call, so that whoever asks again reads it without one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import Context
from datetime import timedelta
from typing import Final

import structlog

from support.systems.carriers.budget import CallBudget, Taken
from support.systems.carriers.demand import Demand
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked, CarrierAdapter, Told
from support.systems.carriers.models import TrackingReport
from support.systems.carriers.queued import Queued, together
from support.systems.deadline import seconds_left
from support.systems.errors import (
    SystemCallsSpent,
    SystemFailure,
    SystemRateLimited,
    SystemUnreachable,
)

Keep = Callable[[Asked, Told], Awaitable[Told]]
"""Remembers what was told; returns what is to be told now, which may have come another way."""

PATIENCE_SECONDS: Final = 2.6
"""How long one look-up waits, company and call together."""

MOST_QUEUED: Final = 500
"""More numbers than that do not wait for calls that nobody asks for any more."""

_RESERVE: Final = 3
"""Calls that are kept for those who wait, and not spent on numbers nobody waits for now."""

_SCARCELY: Final = 0.001
"""How long a number waits for company while few are asked for, in seconds; and while many are:"""

_COMPANY_SECONDS: Final = 1.2

_SOON_SECONDS: Final = 1.0
"""A call that may be made within this time is waited for."""

_QUICK_SECONDS: Final = 0.5
"""A connection that broke within this time is tried once more, as another call."""

_log = structlog.get_logger(__name__)


class Batching:
    """Looks numbers up at one interface, within its budget."""

    def __init__(
        self,
        adapter: CarrierAdapter,
        budget: CallBudget,
        keep: Keep,
        *,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self.adapter = adapter
        self._budget = budget
        self._keep = keep
        self._patience = patience_seconds
        self._queue: dict[Asked, Queued] = {}
        self._calls: dict[Asked, Queued] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._working = False
        self._news = asyncio.Event()
        self._left = budget.calls
        self._left_at = time.monotonic()
        self._gap = budget.period.total_seconds() / budget.calls
        self._demand = Demand(budget)
        self._called_at = self._free_at = -self._gap

    @property
    def system(self) -> str:
        """Return the name of the interface."""
        return self.adapter.system

    async def track(self, asked: Asked) -> TrackingReport:
        """Return the vendor's report. Raises `TrackingNotFound` or a `SystemFailure`."""
        queued = self._calls.get(asked) or self._queue.setdefault(asked, Queued(asked))
        waiting: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        queued.waiting.append(waiting)
        self._demand.note()
        self._news.set()
        self._work()
        try:
            async with asyncio.timeout(min(self._patience, seconds_left())):
                told = await waiting
        except TimeoutError as error:
            raise SystemUnreachable(self.system, "no answer in time") from error
        if isinstance(told, TrackingReport):
            return told
        raise told

    async def aclose(self) -> None:
        """Ask for nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _work(self) -> None:
        if self._left == 0:
            self._put_off()
        if not self._working:
            self._working = True
            self._start(self._empty_queue())

    def _start(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            await work

        # Whoever asked first has a deadline of their own, which is not that of the others.
        task = asyncio.get_running_loop().create_task(run(), context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _empty_queue(self) -> None:
        try:
            while self._queue:
                await self._wait_for_company()
                if not self._any_awaited() and self._left <= _RESERVE and self._is_recent():
                    await self._wait_for_news(self._gap)
                elif (early := self._too_early()) > 0:
                    self._free_at = time.monotonic() + early
                    self._put_off()
                    await self._wait_for_news(early)
                else:
                    await self._take_and_call()
        finally:
            self._working = False

    async def _take_and_call(self) -> None:
        taken = await self._budget.take()
        self._note(taken)
        if taken.granted:
            self._call(self._next())
            return
        self._put_off()
        await asyncio.sleep(taken.wait.total_seconds())

    async def _wait_for_company(self) -> None:
        await asyncio.sleep(0)
        until = time.monotonic() + (_COMPANY_SECONDS if self._demand.is_high() else _SCARCELY)
        while not self._is_full and (left := until - time.monotonic()) > 0:
            await self._wait_for_news(left)

    def _too_early(self) -> float:
        """Return for how long yet a call that is not full is left for those who come."""
        if self._is_full or not self._demand.is_high():
            return 0.0
        return self._called_at + self._gap - time.monotonic()

    @property
    def _is_full(self) -> bool:
        return len(self._queue) >= self.adapter.most_at_once

    async def _wait_for_news(self, seconds: float) -> None:
        """Wait until somebody asks for something, at most so long."""
        self._news.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)

    def _is_recent(self) -> bool:
        return time.monotonic() - self._left_at < self._budget.period.total_seconds()

    def _any_awaited(self) -> bool:
        return any(one.is_awaited for one in self._queue.values())

    def _note(self, taken: Taken) -> None:
        now = time.monotonic()
        self._left, self._left_at = taken.left, now
        if taken.granted:
            self._called_at = now
        self._free_at = now + taken.wait.total_seconds()

    def _next(self) -> Sequence[Queued]:
        """Take as many out of the queue as one call takes."""
        chosen = together(self._queue.values(), self.adapter)
        for one in chosen:
            self._calls[one.asked] = self._queue.pop(one.asked)
        return chosen

    def _put_off(self) -> None:
        """Tell those who wait from when on their number can be asked for."""
        first = self._free_at - time.monotonic()
        if first <= _SOON_SECONDS:
            return
        per_period = self._budget.calls * self.adapter.most_at_once
        for place, queued in enumerate(self._queue.values()):
            periods = place // per_period
            wait = timedelta(seconds=first) + periods * self._budget.period
            queued.tell(SystemCallsSpent(self.system, "no call left", retry_after=wait))
        for asked in list(self._queue)[MOST_QUEUED:]:
            del self._queue[asked]

    def _call(self, batch: Sequence[Queued]) -> None:
        if batch:
            self._start(self._ask(batch))

    async def _ask(self, batch: Sequence[Queued]) -> None:
        told: dict[Asked, Told] = {}
        try:
            told = await self._answers([one.asked for one in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody waits for ever
            _log.exception("carrier_batch_failed", system=self.system, error=type(error).__name__)
        finally:
            unknown = SystemUnreachable(self.system, "nothing was answered")
            for one in batch:
                self._calls.pop(one.asked, None)
                one.tell(told.get(one.asked, unknown))

    async def _answers(self, asked: Sequence[Asked]) -> dict[Asked, Told]:
        started = time.monotonic()
        try:
            answers = await self.adapter.track_all(asked)
        except SystemUnreachable as failure:
            quick = time.monotonic() - started < _QUICK_SECONDS
            answers = await self._once_more(asked, failure) if quick else _all(asked, failure)
        except SystemFailure as failure:
            answers = _all(asked, failure)
        if limited := [one for one in answers.values() if isinstance(one, SystemRateLimited)]:
            await self._budget.stay_away(limited[0].retry_after)
        kept = await asyncio.gather(*(self._keep(one, told) for one, told in answers.items()))
        return dict(zip(answers, kept, strict=True))

    async def _once_more(self, asked: Sequence[Asked], failure: SystemFailure) -> dict[Asked, Told]:
        taken = await self._budget.take()
        self._note(taken)
        if not taken.granted:
            return _all(asked, failure)
        try:
            return dict(await self.adapter.track_all(asked))
        except SystemFailure as again:
            return _all(asked, again)


def _all(asked: Sequence[Asked], told: TrackingNotFound | SystemFailure) -> dict[Asked, Told]:
    return dict.fromkeys(asked, told)
