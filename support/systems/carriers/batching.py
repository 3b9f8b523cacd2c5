"""Many look-ups, few calls: numbers that are asked for at about the same time go in one call.

How long a number waits for company depends on how many calls are left: a millisecond while there
are plenty, 0.6 seconds when they run out. When none is left, those who wait are told so at once,
with the time from when it can be asked again; their numbers stay in the queue and are looked up
then, so that whoever asks again reads it without a call. Calls that are not full take such numbers
along.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import structlog

from support.systems.carriers.budget import CallBudget, Taken
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked, CarrierAdapter, Told
from support.systems.carriers.models import TrackingReport
from support.systems.errors import SystemFailure, SystemRateLimited, SystemUnreachable

Keep = Callable[[Asked, Told], Awaitable[Told]]
"""Remembers what was told; returns what is to be told now, which may have come another way."""

PATIENCE_SECONDS: Final = 2.6
"""How long one look-up waits, company and call together."""

MOST_QUEUED: Final = 500
"""More numbers than that do not wait for calls that nobody asks for any more."""

_RESERVE: Final = 3
"""Calls that are kept for those who wait, and not spent on numbers nobody waits for now."""

_WINDOWS: Final = ((7, 0.001), (4, 0.2), (0, 0.6))
"""How long a number waits for company, in seconds, by how many calls are left."""

_SOON_SECONDS: Final = 1.0
"""A call that may be made within this time is waited for."""

_QUICK_SECONDS: Final = 0.5
"""A connection that broke within this time is tried once more, as another call."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Queued:
    """A number that is to be looked up, and those who wait for it; nobody may."""

    asked: Asked
    waiting: list[asyncio.Future[Told]] = field(default_factory=list)

    @property
    def is_awaited(self) -> bool:
        return any(not one.done() for one in self.waiting)

    def tell(self, told: Told) -> None:
        for one in self.waiting:
            if not one.done():
                one.set_result(told)
        self.waiting.clear()


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
        self._queue: dict[Asked, _Queued] = {}
        self._calls: dict[Asked, _Queued] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._working = False
        self._news = asyncio.Event()
        self._left = budget.calls
        self._left_at = time.monotonic()
        self._closed_until = 0.0

    @property
    def system(self) -> str:
        """Return the name of the interface."""
        return self.adapter.system

    async def track(self, asked: Asked) -> TrackingReport:
        """Return the vendor's report. Raises `TrackingNotFound` or a `SystemFailure`."""
        queued = self._calls.get(asked) or self._queue.setdefault(asked, _Queued(asked))
        waiting: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        queued.waiting.append(waiting)
        self._news.set()
        self._work()
        try:
            async with asyncio.timeout(self._patience):
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
        if self._closed_until > time.monotonic() + _SOON_SECONDS:
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
                if self._left <= _RESERVE and not self._any_awaited() and self._is_recent():
                    await self._wait_for_news()
                    continue
                taken = await self._budget.take()
                self._note(taken)
                if taken.granted:
                    self._call(self._next())
                else:
                    if taken.wait.total_seconds() > _SOON_SECONDS:
                        self._put_off()
                    await asyncio.sleep(taken.wait.total_seconds())
        finally:
            self._working = False

    async def _wait_for_company(self) -> None:
        await asyncio.sleep(0)
        if len(self._queue) < self.adapter.most_at_once:
            left = self._left if self._is_recent() else self._budget.calls
            share = left * 10 / self._budget.calls
            await asyncio.sleep(next(wait for least, wait in _WINDOWS if share >= least))

    async def _wait_for_news(self) -> None:
        """Wait until somebody asks for something, or until a call comes back into the budget."""
        self._news.clear()
        seconds = self._budget.period.total_seconds() / self._budget.calls
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)
            return
        self._left += 1

    def _is_recent(self) -> bool:
        return time.monotonic() - self._left_at < self._budget.period.total_seconds()

    def _any_awaited(self) -> bool:
        return any(one.is_awaited for one in self._queue.values())

    def _note(self, taken: Taken) -> None:
        now = time.monotonic()
        self._left, self._left_at = taken.left, now
        self._closed_until = 0.0 if taken.granted else now + taken.wait.total_seconds()

    def _next(self) -> Sequence[_Queued]:
        """Take as many out of the queue as one call takes; those that are awaited first."""
        waiting = sorted(self._queue.values(), key=lambda one: not one.is_awaited)
        chosen = waiting[: self.adapter.most_at_once]
        for one in chosen:
            self._calls[one.asked] = self._queue.pop(one.asked)
        return chosen

    def _put_off(self) -> None:
        """Tell those who wait from when on their number can be asked for."""
        first = max(self._closed_until - time.monotonic(), 0.0)
        per_period = self._budget.calls * self.adapter.most_at_once
        for place, queued in enumerate(self._queue.values()):
            periods = place // per_period
            wait = timedelta(seconds=first) + periods * self._budget.period
            queued.tell(SystemRateLimited(self.system, "no call left", retry_after=wait))
        for asked in list(self._queue)[MOST_QUEUED:]:
            del self._queue[asked]

    def _call(self, batch: Sequence[_Queued]) -> None:
        if batch:
            self._start(self._ask(batch))

    async def _ask(self, batch: Sequence[_Queued]) -> None:
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
        limited = [one for one in answers.values() if isinstance(one, SystemRateLimited)]
        if limited:
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
