"""Scans of Australia Post and StarTrack as ours."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from support.systems.carriers.australia_post.mapping import status_of
from support.systems.carriers.australia_post.models import Event
from support.systems.carriers.models import TrackingEvent

# Times are the east coast's wherever the scan was, also in Perth: the offset counts, not the place.
_EAST_COAST: Final = ZoneInfo("Australia/Sydney")


def events_of(scans: Iterable[Event]) -> tuple[TrackingEvent, ...]:
    """Return the scans newest first, each once; a scan without a readable time or text is none."""
    events = (event for scan in scans if (event := _event(scan)))
    return tuple(sorted(dict.fromkeys(events), key=lambda event: event.at, reverse=True))


def _event(scan: Event) -> TrackingEvent | None:
    at = _time(scan.date)
    if at is None or scan.description is None:
        return None
    return TrackingEvent(at, scan.description, scan.location, status_of(scan.description))


def _time(text: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(text or "")
        return (at if at.tzinfo else at.replace(tzinfo=_EAST_COAST)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
