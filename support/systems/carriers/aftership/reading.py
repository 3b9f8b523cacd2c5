"""What AfterShip says about one number.

Its tag carries no time, its checkpoints do: a delivery only stands while nothing was seen after it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.aftership.mapping import NOTES, status_of, unmapped
from support.systems.carriers.aftership.models import Checkpoint, Tracking
from support.systems.carriers.lenient import day_of, time_of
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.times import zone_of_state

# Clocks differ a little; a scan further ahead than this has not happened.
_CLOCKS_DIFFER: Final = timedelta(minutes=15)
_MOVES_NOTHING: Final = {
    CarrierStatus.DELIVERED,
    CarrierStatus.PRE_TRANSIT,
    CarrierStatus.UNKNOWN,
}
_AUSTRALIA: Final = {None, "AU", "AUS"}


def report_of(
    tracking: Tracking, *, carrier: CarrierId, number: TrackingNumber, now: datetime
) -> TrackingReport:
    """Read what is known about a number. `now` is when it was received."""
    events = _events(tracking.checkpoints, now)
    status = _status(tracking, events)
    deciding = None
    if status is not CarrierStatus.UNKNOWN:
        deciding = next((event for event in events if event.status is status), None)
    note = NOTES.get(tracking.subtag or "") if status is CarrierStatus.DELIVERED else None
    return TrackingReport(
        carrier=carrier,
        number=number,
        status=status,
        looked_up_at=now,
        events=events,
        deciding_event=deciding,
        estimated_delivery=next(
            (day for text in _estimates(tracking) if (day := day_of(text))), None
        ),
        proof_of_delivery=note,
        unmapped=unmapped(tracking.tag, tracking.subtag),
    )


def _status(tracking: Tracking, events: tuple[TrackingEvent, ...]) -> CarrierStatus:
    status = status_of(tracking.tag, tracking.subtag)
    if status is not CarrierStatus.DELIVERED:
        return status
    back = any(event.status is CarrierStatus.RETURNED for event in events)
    if tracking.return_to_sender or back:
        return CarrierStatus.RETURNED
    moved = next((event.at for event in events if event.status not in _MOVES_NOTHING), None)
    handed = next((one.at for one in events if one.status is CarrierStatus.DELIVERED), None)
    undone = moved is not None and (handed is None or moved > handed)
    return CarrierStatus.UNKNOWN if undone else CarrierStatus.DELIVERED


def _events(checkpoints: Iterable[Checkpoint], now: datetime) -> tuple[TrackingEvent, ...]:
    latest = now + _CLOCKS_DIFFER
    events = (event for one in checkpoints if (event := _event(one)) and event.at <= latest)
    return tuple(sorted(dict.fromkeys(events), key=lambda event: event.at, reverse=True))


def _event(checkpoint: Checkpoint) -> TrackingEvent | None:
    at = time_of(checkpoint.checkpoint_time, _zone(checkpoint))
    if at is None or checkpoint.message is None:
        return None
    place = checkpoint.location or ", ".join(filter(None, (checkpoint.city, checkpoint.state)))
    status = status_of(checkpoint.tag, checkpoint.subtag)
    return TrackingEvent(at, checkpoint.message, place or None, status)


def _zone(checkpoint: Checkpoint) -> tzinfo:
    """Return the zone of a scan's time that has no offset: that of its place."""
    country = checkpoint.country or checkpoint.country_iso3
    return zone_of_state(checkpoint.state) if country in _AUSTRALIA else UTC


def _estimates(tracking: Tracking) -> Iterator[str | None]:
    for one in (
        tracking.courier_estimated_delivery_date,
        tracking.aftership_estimated_delivery_date,
    ):
        yield one.day if one else None
    yield tracking.latest_estimated_delivery.at if tracking.latest_estimated_delivery else None
