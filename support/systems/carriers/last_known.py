"""What carriers last said, kept in Redis: fresh answers save a call, old ones bridge an outage.

A Redis that does not answer costs the saving, never the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import structlog
from pydantic import TypeAdapter, ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked, Told
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.unmapped import UNMAPPED

KEPT_FOR: Final = timedelta(days=7)
NOT_FOUND_FOR: Final = timedelta(hours=1)
_DEFAULT: Final = timedelta(minutes=10)
_FRESH_FOR: Final[Mapping[CarrierStatus, timedelta]] = MappingProxyType(
    {
        CarrierStatus.DELIVERED: timedelta(days=2),
        CarrierStatus.RETURNED: timedelta(days=1),
        CarrierStatus.CANCELLED: timedelta(days=1),
        CarrierStatus.OUT_FOR_DELIVERY: timedelta(minutes=3),
    }
)
_ORDER: Final[Mapping[CarrierStatus, int]] = MappingProxyType(
    {
        CarrierStatus.IN_TRANSIT: 1,
        CarrierStatus.OUT_FOR_DELIVERY: 2,
        CarrierStatus.ATTEMPTED: 3,
        CarrierStatus.DELIVERED: 4,
        CarrierStatus.CANCELLED: 5,
        CarrierStatus.RETURNED: 6,
    }
)
_KEEP: Final = Path(__file__).with_name("keep_report.lua").read_text(encoding="utf-8")
_REPORT: Final = TypeAdapter(TrackingReport)
_log = structlog.get_logger(__name__)


def fresh_for(status: CarrierStatus) -> timedelta:
    """Return how long a report of this status is told without asking again."""
    return _FRESH_FOR.get(status, _DEFAULT)


def newest_word(report: TrackingReport) -> datetime:
    """Return when the newest thing happened that a report speaks of."""
    return report.events[0].at if report.events else report.looked_up_at


class Kept(StrEnum):
    """What became of a report: REPEATED is a notice that came before, OLDER one that came late."""

    KEPT = "kept"
    REPEATED = "repeated"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class LastKnown:
    """Reports and refusals, shared by all processes."""

    redis: Redis
    not_found_for: timedelta = NOT_FOUND_FOR

    async def report(self, carrier: CarrierId, number: TrackingNumber) -> TrackingReport | None:
        """Return the last report there was within a week."""
        stored = await self._get(_key(carrier, number))
        try:
            return _REPORT.validate_json(stored) if stored else None
        except ValidationError:
            return None

    async def keep(self, asked: Asked, told: Told) -> Told:
        """Keep what was answered; return what is to be told, which a notice may have brought."""
        if isinstance(told, TrackingNotFound):
            key = f"{_key(asked.carrier, asked.number)}:not_found"
            await self._set(key, "1", self.not_found_for)
        if isinstance(told, TrackingReport):
            return await self.remember(told)
        return told

    async def remember(self, report: TrackingReport) -> TrackingReport:
        """Keep an answer for a week; return what is known then, which may be newer.

        An answer with nothing but a word that no table has leaves what was known as it stands.
        """
        if report.unmapped:
            UNMAPPED.note(report.carrier, report.unmapped)
            report = await self._as_it_stood(report)
        try:
            became = await self._keep(report, "asked", newest_word(report).timestamp())
        except (RedisError, OSError) as error:
            _log.warning("carrier_cache_unwritable", error=type(error).__name__)
            return report
        if became is Kept.OLDER:
            return await self.report(report.carrier, report.number) or report
        return report

    async def receive(
        self, report: TrackingReport, *, at: datetime, notice: str, marked_for: timedelta
    ) -> Kept:
        """Keep what a carrier told by itself, once, unless later words are known.

        `at` is the time of its words. Raises a RedisError: it is to come again.
        """
        if report.unmapped:
            UNMAPPED.note(report.carrier, report.unmapped)
        # At the same time, what comes last on a parcel's way is the later word. A word that no
        # table has is older than any: it never takes the place of what is known.
        later = _ORDER.get(report.status, 0) / 1000
        score = 0.0 if report.unmapped else at.timestamp() + later
        return await self._keep(report, "pushed", score, notice, marked_for)

    async def was_not_found(self, carrier: CarrierId, number: TrackingNumber) -> bool:
        """Whether the carrier did not know this number within the last hour."""
        return await self._get(f"{_key(carrier, number)}:not_found") is not None

    async def _as_it_stood(self, report: TrackingReport) -> TrackingReport:
        """Return what was known before an answer that tells of no scan, as it was told now."""
        known = None if report.events else await self.report(report.carrier, report.number)
        if known is None or known.status is CarrierStatus.UNKNOWN:
            return report
        return replace(known, looked_up_at=report.looked_up_at)

    async def _keep(
        self,
        report: TrackingReport,
        came: str,
        score: float,
        notice: str = "-",
        marked_for: timedelta = KEPT_FOR,
    ) -> Kept:
        key = _key(report.carrier, report.number)
        keys = (key, f"{key}:at", f"{key}:notice:{notice}", f"{key}:not_found")
        written = _REPORT.dump_json(report).decode()
        times = (_milliseconds(KEPT_FOR), notice, _milliseconds(marked_for))
        answer: Any = await self.redis.eval(_KEEP, 4, *keys, written, str(score), came, *times)
        return Kept(answer.decode() if isinstance(answer, bytes) else answer)

    async def _get(self, key: str) -> str | None:
        try:
            value = await self.redis.get(key)
        except (RedisError, OSError) as error:
            _log.warning("carrier_cache_unreadable", error=type(error).__name__)
            return None
        return value.decode() if isinstance(value, bytes) else value

    async def _set(self, key: str, value: str, duration: timedelta) -> None:
        try:
            await self.redis.set(key, value, px=int(_milliseconds(duration)))
        except (RedisError, OSError) as error:
            _log.warning("carrier_cache_unwritable", error=type(error).__name__)


def _milliseconds(duration: timedelta) -> str:
    return str(max(int(duration.total_seconds() * 1000), 1))


def _key(carrier: CarrierId, number: TrackingNumber) -> str:
    """Return where a report is; what belongs to it shares its hash tag."""
    return f"carrier:{{{carrier}:{number}}}"
