"""What one article, or one whole, is said to be: its status word weighed against its scans.

The word carries no time, the scans do. So the newest telling scan counts where it is newer than
every scan that supports the word, and a delivery only stands while nothing was seen after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from support.systems.carriers.australia_post.mapping import comes_after_deliveries, status_of
from support.systems.carriers.models import CarrierStatus, TrackingEvent

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
UNDECIDED: Final = frozenset({CarrierStatus.UNKNOWN, CarrierStatus.MIXED})
ENDED_OTHERWISE: Final = frozenset(
    {CarrierStatus.RETURNED, CarrierStatus.FAILED, CarrierStatus.CANCELLED}
)
"""The scans after these are those of the way back: also a delivery is one to the sender."""

_NAMES_NONE: Final = {None, "unknown"}
_LAST_STAGE: Final = 4
# How far a parcel is; what is not listed is at the last stage.
_STAGES: Final = MappingProxyType(
    {
        CarrierStatus.PRE_TRANSIT: 0,
        CarrierStatus.SCHEDULED: 1,
        CarrierStatus.IN_TRANSIT: 1,
        CarrierStatus.DELAYED: 1,
        CarrierStatus.OUT_FOR_DELIVERY: 2,
        CarrierStatus.READY_FOR_COLLECTION: 3,
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """An article or a whole: what is said of it and where it was seen, newest first."""

    status: CarrierStatus
    events: tuple[TrackingEvent, ...]

    @property
    def last_seen(self) -> datetime:
        """When it was last seen, notes that follow a delivery aside."""
        return next((event.at for event in self.events if not _is_neutral(event)), LONG_AGO)

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is said of it."""
        return self.status is CarrierStatus.UNKNOWN and not self.events


def names_none(statuses: Sequence[str | None]) -> bool:
    """Whether none of these texts is a status."""
    return all((status and status.casefold()) in _NAMES_NONE for status in statuses)


def known(statuses: Sequence[str | None]) -> list[CarrierStatus]:
    """Return what those of the texts that are a status mean."""
    return [status_of(status) for status in statuses if not names_none([status])]


def delivered_at(events: Sequence[TrackingEvent]) -> datetime | None:
    """Return when the newest delivery scan was."""
    return newest(CarrierStatus.DELIVERED, events)


def newest(status: CarrierStatus, events: Sequence[TrackingEvent]) -> datetime | None:
    """Return when the newest scan of a status was."""
    return next((event.at for event in events if event.status is status), None)


def by_events(events: Sequence[TrackingEvent]) -> CarrierStatus:
    """Return what the scans say where no word does."""
    seen = _newest_telling(events)
    if seen is not None:
        return weighed(seen.status, events)
    announced = newest(CarrierStatus.PRE_TRANSIT, events)
    return CarrierStatus.PRE_TRANSIT if announced else CarrierStatus.UNKNOWN


def weighed(
    word: CarrierStatus, events: Sequence[TrackingEvent], also_delivered_at: datetime | None = None
) -> CarrierStatus:
    """Return what a word and the scans (newest first) say together.

    `also_delivered_at` is a delivery scan elsewhere in the answer that supports a delivery, too. A
    word that no table knows stays unknown.
    """
    if word in UNDECIDED | ENDED_OTHERWISE:
        return word
    if newest(CarrierStatus.RETURNED, events):
        return CarrierStatus.RETURNED
    supported_at = newest(word, events)
    if word is CarrierStatus.DELIVERED:
        supported_at = max(supported_at or LONG_AGO, also_delivered_at or LONG_AGO)
        return _still_delivered(events, None if supported_at == LONG_AGO else supported_at)
    later = [event for event in events if supported_at is None or event.at > supported_at]
    seen = _newest_telling(later)
    if seen is None or (supported_at is None and not _is_further(seen.status, word)):
        return word
    return by_events(events) if seen.status is CarrierStatus.DELIVERED else seen.status


def _still_delivered(
    events: Sequence[TrackingEvent], supported_at: datetime | None
) -> CarrierStatus:
    later = [event for event in events if supported_at is None or event.at > supported_at]
    seen = _newest_telling(later)
    if seen is not None:
        return seen.status
    undone = supported_at is not None and any(not _is_neutral(event) for event in later)
    return CarrierStatus.UNKNOWN if undone else CarrierStatus.DELIVERED


def _newest_telling(events: Sequence[TrackingEvent]) -> TrackingEvent | None:
    silent = UNDECIDED | {CarrierStatus.PRE_TRANSIT}
    return next((event for event in events if event.status not in silent), None)


def _is_further(status: CarrierStatus, word: CarrierStatus) -> bool:
    return _STAGES.get(status, _LAST_STAGE) > _STAGES.get(word, _LAST_STAGE)


def _is_neutral(event: TrackingEvent) -> bool:
    neutral = {CarrierStatus.DELIVERED, CarrierStatus.PRE_TRANSIT}
    return event.status in neutral or comes_after_deliveries(event.description)
