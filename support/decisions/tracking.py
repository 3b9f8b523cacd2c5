"""How long tracking may stand still. Source: Kmart's agent procedure, frequent questions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from support.decisions.order_status import ParcelStanding

PUBLISHED_WAIT = timedelta(hours=48)
"""Updates may take up to 24-48 hours after a scan; the longer one is waited for."""


def stands_still(standings: Iterable[ParcelStanding], *, now: datetime) -> datetime | None:
    """Return the newest scan of a parcel that was not scanned for longer than the published wait.

    None where every parcel with a carrier's report was scanned within it.
    """
    newest = [
        standing.report.events[0].at
        for standing in standings
        if standing.report is not None and standing.report.events
    ]
    old = [at for at in newest if now - at > PUBLISHED_WAIT]
    return min(old, default=None)
