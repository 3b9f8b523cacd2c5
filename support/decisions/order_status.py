"""What to say about each parcel: the order system's word and the carrier's, put together.

The newer fact decides, or the more exact one: a carrier's delivery scan against a "shipped" that
was written later. Where the two disagree both are kept, so that the reply can say so.
Source: Kmart's agent procedure, "Common Order Status Definitions" and "Explain Status".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from support.decisions.disagreement import Reason, Word, decide
from support.decisions.eta import Eta, eta_of
from support.decisions.parcel_states import (
    BEFORE_DISPATCH,
    FINISHED,
    FROM_CARRIER,
    FROM_ORDER_SYSTEM,
    STILL_COMING,
    UNDER_WAY,
    ParcelState,
)
from support.decisions.published import NOTHING_PUBLISHED, Published
from support.facts import Evidence, Fact
from support.ids import LineId
from support.systems.carriers.models import TrackingEvent, TrackingReport
from support.systems.orders.models import DeliveryMethod, Order, Parcel, ParcelStatus

_CLOCKS_DIFFER_BY = timedelta(minutes=15)


class CarrierProblem(StrEnum):
    """Why nothing is known from the carrier about a parcel that has a tracking number."""

    NOT_FOUND = "not_found"
    UNREACHABLE = "unreachable"
    NOT_CONNECTED = "not_connected"


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a parcel is looked at: the order it belongs to, who told, and the time.

    `now` is aware; `zone` is the zone of the place the parcel goes to.
    """

    order: Order
    told: Evidence
    now: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class ParcelStanding:
    """All there is to tell about one parcel.

    `since` is when the parcel came to stand so, where that is known. `other` is the losing word
    when order system and carrier disagree, `reason` why it lost. `report` is the carrier's report
    that was used, and `carrier_problem` says why there is none; `carrier_free_at` is from when the
    carrier can be asked again, where it said so. `published` is what published times
    say about it, however it stands.
    """

    parcel: Parcel
    state: Fact[ParcelState]
    since: datetime | None
    eta: Fact[Eta] | None
    report: TrackingReport | None = None
    other: Word | None = None
    reason: Reason | None = None
    carrier_problem: CarrierProblem | None = None
    published: Published = NOTHING_PUBLISHED
    carrier_free_at: datetime | None = None

    @property
    def scan(self) -> TrackingEvent | None:
        """The carrier's event that decides, or its newest one where none was named."""
        return _scan(self.report)


def stand(
    parcel: Parcel,
    place: Place,
    *,
    report: TrackingReport | None,
    report_source: str,
    carrier_problem: CarrierProblem | None,
    published: Published = NOTHING_PUBLISHED,
) -> ParcelStanding:
    """Put together what order system and carrier say about one parcel.

    `report_source` is the carrier's name for customers. A parcel that is collected in a store
    stands as the store says: what the carrier brings there is not yet the customer's.
    """
    ours = _our_word(parcel, place)
    theirs = _their_word(report, report_source, place.now)
    if theirs is None or method_of(place.order, parcel) is DeliveryMethod.CLICK_AND_COLLECT:
        winner, loser, reason = ours, None, None
    else:
        winner, loser, reason = decide(ours, theirs, place.now)
    state = winner.state.value
    eta = eta_of(
        parcel,
        told=place.told,
        report=report,
        report_source=report_source,
        today=place.now.astimezone(place.zone).date(),
        published=_published_eta(published, state),
    )
    return ParcelStanding(
        parcel=parcel,
        state=winner.state,
        since=winner.since,
        eta=eta if state in STILL_COMING and not place.order.cancelled_at else None,
        report=report,
        other=loser,
        reason=reason,
        carrier_problem=carrier_problem,
        published=published,
    )


def _published_eta(published: Published, state: ParcelState) -> Fact[Eta] | None:
    """Return the date worked out from published times, while it is open when the parcel comes."""
    open_in = BEFORE_DISPATCH if published.collection else UNDER_WAY
    return published.eta if state in open_in else None


def _our_word(parcel: Parcel, place: Place) -> Word:
    cancelled_at = place.order.cancelled_at
    state = FROM_ORDER_SYSTEM[parcel.status]
    since = _since(parcel)
    if cancelled_at is not None and state in BEFORE_DISPATCH:
        state, since = ParcelState.CANCELLED, cancelled_at
    return Word(Fact(state, place.told), _past(since, place.now))


def _since(parcel: Parcel) -> datetime | None:
    if parcel.status is ParcelStatus.DELIVERED and parcel.delivered_at:
        return parcel.delivered_at
    if parcel.status is ParcelStatus.SHIPPED and parcel.status_at is None:
        return parcel.dispatched_at
    return parcel.status_at


def _their_word(report: TrackingReport | None, source: str, now: datetime) -> Word | None:
    if report is None:
        return None
    state = FROM_CARRIER[report.status]
    scan = _scan(report)
    since = _past(scan.at, now) if scan else None
    if state is ParcelState.UNCLEAR and since is None:
        return None
    return Word(Fact(state, Evidence(source, report.looked_up_at)), since)


def _scan(report: TrackingReport | None) -> TrackingEvent | None:
    if report is None:
        return None
    return report.deciding_event or next(iter(report.events), None)


def _past(moment: datetime | None, now: datetime) -> datetime | None:
    """Return a time unless it lies in the future: such a record is wrong, and is not told."""
    return moment if moment is not None and moment <= now + _CLOCKS_DIFFER_BY else None


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Something ordered that is in no parcel (yet): which line, and how many of it."""

    line_id: LineId
    quantity: int


def unpacked(order: Order) -> tuple[Unpacked, ...]:
    """Return what was ordered but is in no parcel and was not refunded.

    Parcels that do not say what is in them may hold anything, and refunds that do not name their
    lines may be for anything, so then nothing can be called unpacked.
    """
    if any(not parcel.items for parcel in order.parcels):
        return ()
    if any(not refund.line_ids for refund in order.refunds):
        return ()
    refunded = {line_id for refund in order.refunds for line_id in refund.line_ids}
    packed: dict[LineId, int] = {}
    for parcel in order.parcels:
        for item in parcel.items:
            packed[item.line_id] = packed.get(item.line_id, 0) + item.quantity
    return tuple(
        Unpacked(line.id, line.quantity - packed.get(line.id, 0))
        for line in order.lines
        if line.quantity > packed.get(line.id, 0) and line.id not in refunded
    )


def method_of(order: Order, parcel: Parcel) -> DeliveryMethod:
    """Return how this parcel reaches the customer: its own method, else the order's."""
    if parcel.method is not None:
        return parcel.method
    if parcel.status in {ParcelStatus.READY_TO_COLLECT, ParcelStatus.COLLECTED}:
        return DeliveryMethod.CLICK_AND_COLLECT
    if parcel.carrier is not None and order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT:
        return DeliveryMethod.STANDARD if order.delivery.address else order.delivery.method
    return order.delivery.method


def all_finished(standings: Iterable[ParcelStanding]) -> bool:
    """Say whether every parcel has come to its end, delivered, collected or cancelled."""
    return all(standing.state.value in FINISHED for standing in standings)
