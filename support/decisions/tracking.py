"""How long tracking may stand still. Source: Kmart's agent procedure, frequent questions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from support.decisions.order_status import ParcelStanding
from support.systems.carriers.models import TrackingReport

PUBLISHED_WAIT = timedelta(hours=48)
"""Updates may take up to 24-48 hours after a scan; the longer one is waited for."""


def stands_still(standings: Iterable[ParcelStanding], *, now: datetime) -> TrackingReport | None:
    """Return the report of the parcel that was not scanned for longest, beyond the published wait.

    None where every parcel with a carrier's report was scanned within it.
    """
    reports = [one.report for one in standings if one.report is not None and one.report.events]
    old = [report for report in reports if now - report.events[0].at > PUBLISHED_WAIT]
    return min(old, key=lambda report: report.events[0].at, default=None)
