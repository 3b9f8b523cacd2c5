"""All carriers behind one door: who is connected, what is fresh enough, what to do in an outage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.errors import CarrierNotConnected, TrackingNotFound
from support.systems.carriers.interface import CarrierAdapter
from support.systems.carriers.last_known import NOT_FOUND_FOR, LastKnown, fresh_for
from support.systems.carriers.models import CarrierProfile, TrackingReport
from support.systems.carriers.registry import normalised_carrier, profile_of
from support.systems.errors import SystemFailure, SystemRateLimited
from support.times import utc_now

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CarrierDirectory:
    """The `Carriers` of the running system.

    `fresh_at_most` caps how long any answer is told without asking again; without it the status
    decides (minutes while a parcel moves, days once it is delivered).
    """

    adapters: Mapping[CarrierId, CarrierAdapter]
    last_known: LastKnown
    now: Callable[[], datetime] = utc_now
    fresh_at_most: timedelta | None = None
    _failing: set[str] = field(default_factory=set, init=False, repr=False)

    def profile(self, carrier: CarrierId) -> CarrierProfile:
        """Return the carrier's name and link."""
        return profile_of(carrier)

    async def track(self, carrier: CarrierId, number: TrackingNumber) -> TrackingReport:
        """Return the newest report there is, from the cache where that is fresh enough."""
        carrier = normalised_carrier(carrier)
        adapter = self.adapters.get(carrier)
        if adapter is None:
            raise CarrierNotConnected(carrier)
        number = TrackingNumber("".join(number.split()).upper())
        known = await self.last_known.report(carrier, number)
        if known is not None and self._is_fresh(known):
            return known
        if known is None and await self.last_known.was_not_found(carrier, number):
            raise TrackingNotFound(carrier, number)
        try:
            return await self._ask(adapter, carrier, number)
        except TrackingNotFound:
            if known is not None:
                return known
            raise
        except SystemFailure:
            if known is not None:
                return replace(known, is_stale=True)
            raise

    def _is_fresh(self, report: TrackingReport) -> bool:
        limit = self._capped(fresh_for(report.status))
        return self.now() - report.looked_up_at < limit

    def _capped(self, duration: timedelta) -> timedelta:
        return duration if self.fresh_at_most is None else min(duration, self.fresh_at_most)

    async def _ask(
        self, adapter: CarrierAdapter, carrier: CarrierId, number: TrackingNumber
    ) -> TrackingReport:
        if await self.last_known.is_paused(adapter.system):
            raise SystemRateLimited(adapter.system, "asked to stay away")
        try:
            report = await adapter.track(number)
        except TrackingNotFound:
            self._note_success(adapter.system)
            duration = self._capped(NOT_FOUND_FOR)
            await self.last_known.remember_not_found(carrier, number, duration)
            raise
        except SystemFailure as failure:
            self._note_failure(adapter.system, failure)
            if isinstance(failure, SystemRateLimited):
                await self.last_known.pause(adapter.system, failure.retry_after)
            raise
        self._note_success(adapter.system)
        await self.last_known.remember(report)
        return report

    def _note_failure(self, system: str, failure: SystemFailure) -> None:
        if system not in self._failing:
            self._failing.add(system)
            _log.warning("carrier_failing", system=system, failure=type(failure).__name__)

    def _note_success(self, system: str) -> None:
        if system in self._failing:
            self._failing.discard(system)
            _log.info("carrier_answers_again", system=system)
