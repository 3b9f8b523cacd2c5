"""What carriers tell by themselves, by webhook: taken in once, the newest word counts.

A vendor sends a notice again until we say that we have it, and notices overtake each other. So each
has a mark that is kept together with the report, and a report gives way to what is newer. Whoever
follows the parcel is looked after at once; what is told to customers is looked up there and then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

import structlog

from support.ids import TrackingNumber
from support.systems.carriers.last_known import Kept, LastKnown, newest_word
from support.systems.carriers.models import TrackingReport

OLDEST: Final = timedelta(days=4)
"""AfterShip, the most patient vendor, sends a notice again for three days."""

_NOT_YET: Final = timedelta(minutes=15)
_MARKED_FOR: Final = 2 * OLDEST
_log = structlog.get_logger(__name__)


class NoticeUnreadable(Exception):
    """The body is not one of the vendor's notices."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One word of a vendor about one parcel.

    `mark` is the same when it is sent again; `at` is when it happened, aware. `reports` say the
    same under each number that an order may have for the parcel; there are none where the notice
    tells nothing about where a parcel is.
    """

    mark: str
    at: datetime
    reports: tuple[TrackingReport, ...] = ()


class NoticeSource(Protocol):
    """One vendor's webhook. `name` is the end of its address."""

    @property
    def name(self) -> str:
        """Return the vendor's name in addresses and logs."""
        ...

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the vendor sent this. Header names are in lower case."""
        ...

    def read(self, body: bytes, now: datetime) -> Notice:
        """Return what it says. Raises `NoticeUnreadable`."""
        ...


class ParcelFollowers(Protocol):
    """Those who want to hear news of parcels."""

    async def hurry_parcel(self, number: TrackingNumber, *, now: datetime) -> None:
        """Look at once after everybody who follows a parcel with this number."""
        ...


class Received(StrEnum):
    """What became of a notice. UNMAPPED: its word is in no table, and what is known stands."""

    KEPT = "kept"
    REPEATED = "repeated"
    OLDER = "older"
    OUTDATED = "outdated"
    UNMAPPED = "unmapped"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Notices:
    """Takes notices in. Raises a RedisError when they cannot be kept: they come again."""

    last_known: LastKnown
    followers: ParcelFollowers | None = None

    async def receive(self, source: str, notice: Notice, now: datetime) -> Received:
        """Keep a notice that is genuine; tell those who follow the parcel."""
        became = await self._kept(notice, now)
        _log.info("carrier_notice", source=source, became=became)
        return became

    async def _kept(self, notice: Notice, now: datetime) -> Received:
        if not notice.reports:
            return Received.NOTHING
        if not now - OLDEST < notice.at < now + _NOT_YET:
            return Received.OUTDATED
        became = [await self._one(notice, report) for report in notice.reports]
        if self.followers is not None and set(became) != {Kept.OLDER}:
            # Also for a repeated one: what kept it may have died before this.
            for report in notice.reports:
                await self.followers.hurry_parcel(report.number, now=now)
        if became[0] is Kept.OLDER and notice.reports[0].unmapped:
            return Received.UNMAPPED
        return Received(became[0].value)

    async def _one(self, notice: Notice, report: TrackingReport) -> Kept:
        whole = await self._with_history(report)
        return await self.last_known.receive(
            whole, at=newest_word(report), notice=notice.mark, marked_for=_MARKED_FOR
        )

    async def _with_history(self, report: TrackingReport) -> TrackingReport:
        """Add what was told before to a notice that tells one scan only."""
        if len(report.events) != 1:
            return report
        known = await self.last_known.report(report.carrier, report.number)
        events = dict.fromkeys((*report.events, *(known.events if known else ())))
        newest_first = sorted(events, key=lambda event: event.at, reverse=True)
        return replace(report, events=tuple(newest_first))
