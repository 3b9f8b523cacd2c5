"""When tracking has stood still for too long, and when it is too early for it.

How long is too long has been published: the knowledge entries tracking.updates (after a scan) and
tracking.after_shipping (until the first one). Where nothing has been published nothing is too long.
"""

from collections.abc import Iterable
from datetime import datetime

from support.decisions.order_status import ParcelStanding
from support.knowledge.models import Span
from support.systems.carriers.models import TrackingReport


def stands_still(
    standings: Iterable[ParcelStanding], *, wait: Span | None, now: datetime
) -> TrackingReport | None:
    """Return the report of the parcel that was not scanned for longest, beyond the published wait.

    None where every parcel with a carrier's report was scanned within it. Of a wait from 24 to 48
    hours the longer one is waited for.
    """
    longest = wait.longest if wait else None
    if longest is None:
        return None
    reports = [one.report for one in standings if one.report is not None and one.report.events]
    old = [report for report in reports if now - report.events[0].at > longest]
    return min(old, key=lambda report: report.events[0].at, default=None)


def is_too_early_to_track(since: datetime | None, *, wait: Span | None, now: datetime) -> bool:
    """Say whether tracking need not work yet for what was sent at this time."""
    longest = wait.longest if wait else None
    return since is not None and longest is not None and now - since < longest
