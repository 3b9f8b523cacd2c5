"""All carriers behind one door: who is connected, what is fresh enough, what to do in an outage."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.batching import Batching
from support.systems.carriers.errors import CarrierNotConnected, TrackingNotFound
from support.systems.carriers.interface import Asked
from support.systems.carriers.last_known import LastKnown, fresh_for
from support.systems.carriers.models import CarrierProfile, TrackingReport
from support.systems.carriers.registry import (
    TELLING_BY_THEMSELVES,
    normalised_carrier,
    normalised_number,
    profile_of,
)
from support.systems.errors import (
    SystemCallsSpent,
    SystemFailure,
    SystemOutOfOrder,
    SystemUnreachable,
)
from support.times import utc_now

_log = structlog.get_logger(__name__)
_LOGGED_ELSEWHERE: Final = (SystemUnreachable, SystemOutOfOrder, SystemCallsSpent)
"""A breaker logs the first two, and the last is no failure of the carrier's."""

_POSSIBLE: Final = re.compile(r"[A-Z0-9_-]{4,64}")
"""Anything else is no tracking number, and might be read as several."""


@dataclass(frozen=True, slots=True)
class CarrierDirectory:
    """The `Carriers` of the running system.

    `sources` are the interfaces of single carriers, `others` is the one for all the rest.
    `fresh_at_most` caps how long any answer is told without asking again; without it the status
    decides (minutes while a parcel moves, days once it is delivered).
    """

    sources: Mapping[CarrierId, Batching]
    last_known: LastKnown
    others: Batching | None = None
    now: Callable[[], datetime] = utc_now
    fresh_at_most: timedelta | None = None
    _failing: set[str] = field(default_factory=set, init=False, repr=False)

    def profile(self, carrier: CarrierId) -> CarrierProfile:
        """Return the carrier's name and link."""
        return profile_of(carrier)

    async def track(self, carrier: CarrierId, number: TrackingNumber) -> TrackingReport:
        """Return the newest report there is, from the cache where that is fresh enough."""
        asked = Asked(normalised_carrier(carrier), normalised_number(number))
        source = self._source(asked.carrier)
        known = await self.last_known.report(*asked)
        if source is None:
            return _told_by_itself(asked, known)
        if known is not None and self._is_fresh(known):
            return known
        if not _POSSIBLE.fullmatch(asked.number) or (
            known is None and await self.last_known.was_not_found(*asked)
        ):
            raise TrackingNotFound(*asked)
        try:
            return await self._ask(source, asked)
        except TrackingNotFound:
            if known is not None:
                return known
            raise
        except SystemFailure:
            if known is not None:
                return replace(known, is_stale=True)
            raise

    async def aclose(self) -> None:
        """Ask for nothing more."""
        sources = {*self.sources.values(), self.others} - {None}
        for source in sources:
            if source is not None:
                await source.aclose()

    def _source(self, carrier: CarrierId) -> Batching | None:
        if carrier in self.sources or not carrier or carrier in TELLING_BY_THEMSELVES:
            return self.sources.get(carrier)
        return self.others

    def _is_fresh(self, report: TrackingReport) -> bool:
        limit = fresh_for(report.status)
        if self.fresh_at_most is not None:
            limit = min(limit, self.fresh_at_most)
        return self.now() - report.looked_up_at < limit

    async def _ask(self, source: Batching, asked: Asked) -> TrackingReport:
        try:
            report = await source.track(asked)
        except SystemFailure as failure:
            self._note_failure(source.system, failure)
            raise
        except TrackingNotFound:
            self._note_success(source.system)
            raise
        self._note_success(source.system)
        return report

    def _note_failure(self, system: str, failure: SystemFailure) -> None:
        """Log once what only its answers tell; that it is out of order its breaker logs."""
        if isinstance(failure, _LOGGED_ELSEWHERE) or system in self._failing:
            return
        self._failing.add(system)
        _log.warning("carrier_failing", system=system, failure=type(failure).__name__)

    def _note_success(self, system: str) -> None:
        if system in self._failing:
            self._failing.discard(system)
            _log.info("carrier_answers_again", system=system)


def _told_by_itself(asked: Asked, known: TrackingReport | None) -> TrackingReport:
    if known is None:
        raise CarrierNotConnected(asked.carrier)
    return known
