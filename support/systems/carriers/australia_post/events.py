"""Scans of Australia Post and StarTrack as ours."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from support.systems.carriers.australia_post.mapping import status_of
from support.systems.carriers.australia_post.models import Event
from support.systems.carriers.lenient import time_of
from support.systems.carriers.models import TrackingEvent

# Times are the east coast's wherever the scan was, also in Perth: the offset counts, not the place.
_EAST_COAST: Final = ZoneInfo("Australia/Sydney")
# Clocks differ a little; a scan further ahead than this has not happened.
_CLOCKS_DIFFER: Final = timedelta(minutes=15)
# The only wording that is replaced: StarTrack waits for its own driver here, and a customer would
# read the original as an invitation to come and collect the parcel.
_REWORDED: Final = MappingProxyType({"ready for pickup": "Ready for the carrier to pick up"})


def events_of(scans: Iterable[Event], now: datetime) -> tuple[TrackingEvent, ...]:
    """Return the scans newest first, each once.

    A scan without a readable time or text is none, nor is one that lies in the future.
    """
    latest = now + _CLOCKS_DIFFER
    events = (event for scan in scans if (event := _event(scan)) and event.at <= latest)
    return tuple(sorted(dict.fromkeys(events), key=lambda event: event.at, reverse=True))


def _event(scan: Event) -> TrackingEvent | None:
    at = time_of(scan.date, _EAST_COAST)
    if at is None or scan.description is None:
        return None
    description = _REWORDED.get(scan.description.casefold().strip(" ."), scan.description)
    return TrackingEvent(at, description, scan.location, status_of(scan.description))
