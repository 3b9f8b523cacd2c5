"""What to say about each parcel: the order system's word and the carrier's, put together.

The newer and more specific fact decides. Where the two disagree both are kept, so that the reply
can say so. Source: Kmart's agent procedure, "Common Order Status Definitions" and "Explain Status".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from support.decisions.eta import Eta, eta_of
from support.decisions.parcel_states import (
    FINISHED,
    FROM_CARRIER,
    FROM_ORDER_SYSTEM,
    NO_LONGER_COMING,
    PROGRESS,
    REFINES,
    ParcelState,
)
from support.facts import Evidence, Fact
from support.ids import LineId
from support.systems.carriers.models import TrackingEvent, TrackingReport
from support.systems.orders.models import DeliveryMethod, Order, Parcel, ParcelStatus


class CarrierProblem(StrEnum):
    """Why nothing is known from the carrier about a parcel that has a tracking number."""

    NOT_FOUND = "not_found"
    UNREACHABLE = "unreachable"
    NOT_CONNECTED = "not_connected"


@dataclass(frozen=True, slots=True)
class ParcelStanding:
    """All there is to tell about one parcel.

    `since` is when the parcel came to stand so, where that is known. `other` is the losing word
    when order system and carrier disagree. `report` is the carrier's report that was used, and
    `carrier_problem` says why there is none.
    """

    parcel: Parcel
    state: Fact[ParcelState]
    since: datetime | None
    eta: Fact[Eta] | None
    report: TrackingReport | None = None
    other: Fact[ParcelState] | None = None
    other_since: datetime | None = None
    carrier_problem: CarrierProblem | None = None

    @property
    def scan(self) -> TrackingEvent | None:
        """The carrier's event that decides, or its newest one where none was named."""
        if self.report is None:
            return None
        return self.report.deciding_event or next(iter(self.report.events), None)


_BEGINNING = datetime.min.replace(tzinfo=UTC)


def stand(
    parcel: Parcel,
    *,
    told: Evidence,
    report: TrackingReport | None,
    report_source: str,
    carrier_problem: CarrierProblem | None,
    today: date,
) -> ParcelStanding:
    """Put together what order system and carrier say about one parcel.

    `told` is the evidence for the order; `report_source` the carrier's name for customers;
    `today` the date at the place the parcel goes to.
    """
    ours = Fact(FROM_ORDER_SYSTEM[parcel.status], told)
    ours_since = _since(parcel)
    theirs = _carrier_fact(report, report_source)
    theirs_since = _decided_at(report)
    if theirs is None:
        state, since, other, other_since = ours, ours_since, None, None
    elif _carrier_decides(ours.value, ours_since, theirs.value, theirs_since):
        state, since, other, other_since = theirs, theirs_since, ours, ours_since
    else:
        state, since, other, other_since = ours, ours_since, theirs, theirs_since
    if theirs is None or _agree(ours.value, theirs.value):
        other, other_since = None, None
    eta = eta_of(parcel, told=told, report=report, report_source=report_source, today=today)
    return ParcelStanding(
        parcel=parcel,
        state=state,
        since=since,
        eta=eta if state.value not in NO_LONGER_COMING | {ParcelState.READY_TO_COLLECT} else None,
        report=report,
        other=other,
        other_since=other_since,
        carrier_problem=carrier_problem,
    )


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Something ordered that is in no parcel (yet): which line, and how many of it."""

    line_id: LineId
    quantity: int


def unpacked(order: Order) -> tuple[Unpacked, ...]:
    """Return what was ordered but is in no parcel.

    Parcels that do not say what is in them may hold anything, so then nothing can be called
    unpacked. Without any parcel everything is.
    """
    if any(not parcel.items for parcel in order.parcels):
        return ()
    packed: dict[LineId, int] = {}
    for parcel in order.parcels:
        for item in parcel.items:
            packed[item.line_id] = packed.get(item.line_id, 0) + item.quantity
    return tuple(
        Unpacked(line.id, line.quantity - packed.get(line.id, 0))
        for line in order.lines
        if line.quantity > packed.get(line.id, 0)
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


def _since(parcel: Parcel) -> datetime | None:
    if parcel.status is ParcelStatus.DELIVERED and parcel.delivered_at:
        return parcel.delivered_at
    if parcel.status is ParcelStatus.SHIPPED and parcel.status_at is None:
        return parcel.dispatched_at
    return parcel.status_at


def _carrier_fact(report: TrackingReport | None, source: str) -> Fact[ParcelState] | None:
    if report is None:
        return None
    state = FROM_CARRIER[report.status]
    if state is ParcelState.UNKNOWN:
        return None
    return Fact(state, Evidence(source, report.looked_up_at))


def _decided_at(report: TrackingReport | None) -> datetime | None:
    if report is None:
        return None
    event = report.deciding_event or next(iter(report.events), None)
    return event.at if event else None


def _carrier_decides(
    ours: ParcelState, ours_since: datetime | None, theirs: ParcelState, since: datetime | None
) -> bool:
    if ours is ParcelState.UNKNOWN:
        return True
    if theirs in REFINES.get(ours, set()):
        return not (theirs is ParcelState.NOT_SCANNED_YET and ours is not ParcelState.SHIPPED)
    if PROGRESS[theirs] > PROGRESS[ours] and ours not in FINISHED:
        return True
    return (since or _BEGINNING) > (ours_since or _BEGINNING)


def _agree(ours: ParcelState, theirs: ParcelState) -> bool:
    return ours is theirs or theirs in REFINES.get(ours, set())
