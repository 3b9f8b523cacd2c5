"""What carriers last said, kept in Redis: fresh answers save a call, old ones bridge an outage.

A Redis that does not answer costs the saving, never the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

import structlog
from pydantic import TypeAdapter, ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.models import CarrierStatus, TrackingReport

KEPT_FOR: Final = timedelta(days=7)
NOT_FOUND_FOR: Final = timedelta(minutes=10)
PAUSE_WHEN_UNTOLD: Final = timedelta(seconds=20)
_DEFAULT: Final = timedelta(minutes=10)
_FRESH_FOR: Final[Mapping[CarrierStatus, timedelta]] = MappingProxyType(
    {
        CarrierStatus.DELIVERED: timedelta(days=2),
        CarrierStatus.RETURNED: timedelta(days=1),
        CarrierStatus.CANCELLED: timedelta(days=1),
        CarrierStatus.OUT_FOR_DELIVERY: timedelta(minutes=3),
    }
)
_REPORT: Final = TypeAdapter(TrackingReport)
_log = structlog.get_logger(__name__)


def fresh_for(status: CarrierStatus) -> timedelta:
    """Return how long a report of this status is told without asking again."""
    return _FRESH_FOR.get(status, _DEFAULT)


@dataclass(frozen=True, slots=True)
class LastKnown:
    """Reports, refusals and pauses, shared by all processes."""

    redis: Redis
    pause_when_untold: timedelta = PAUSE_WHEN_UNTOLD

    async def report(self, carrier: CarrierId, number: TrackingNumber) -> TrackingReport | None:
        """Return the last report there was within a week."""
        stored = await self._get(_key(carrier, number))
        try:
            return _REPORT.validate_json(stored) if stored else None
        except ValidationError:
            return None

    async def remember(self, report: TrackingReport) -> None:
        """Keep a report for a week."""
        key = _key(report.carrier, report.number)
        await self._set(key, _REPORT.dump_json(report).decode(), KEPT_FOR)

    async def was_not_found(self, carrier: CarrierId, number: TrackingNumber) -> bool:
        """Whether the carrier did not know this number a moment ago."""
        return await self._get(f"{_key(carrier, number)}:not_found") is not None

    async def remember_not_found(
        self, carrier: CarrierId, number: TrackingNumber, duration: timedelta
    ) -> None:
        """Note that the carrier does not know this number: it is not asked again at once."""
        await self._set(f"{_key(carrier, number)}:not_found", "1", duration)

    async def is_paused(self, system: str) -> bool:
        """Whether this interface asked us to stay away for a while."""
        return await self._get(f"carrier:pause:{system}") is not None

    async def pause(self, system: str, duration: timedelta | None) -> None:
        """Stay away from an interface for as long as it asked, or for our own pause."""
        await self._set(f"carrier:pause:{system}", "1", duration or self.pause_when_untold)

    async def _get(self, key: str) -> str | None:
        try:
            value = await self.redis.get(key)
        except (RedisError, OSError) as error:
            _log.warning("carrier_cache_unreadable", error=type(error).__name__)
            return None
        return value.decode() if isinstance(value, bytes) else value

    async def _set(self, key: str, value: str, duration: timedelta) -> None:
        milliseconds = max(int(duration.total_seconds() * 1000), 1)
        try:
            await self.redis.set(key, value, px=milliseconds)
        except (RedisError, OSError) as error:
            _log.warning("carrier_cache_unwritable", error=type(error).__name__)


def _key(carrier: CarrierId, number: TrackingNumber) -> str:
    return f"carrier:{carrier}:{number}"
