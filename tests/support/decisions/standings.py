"""Parcels as they stand, for tests of decisions: built from JSON and a carrier's report."""

from datetime import datetime
from typing import Any

from support.decisions.order_status import CarrierProblem, ParcelStanding, Place, stand
from support.facts import Evidence
from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.orders.models import Order
from support.times import zone_of
from tests.orders import NOW, order, parcel_json


def standings_of(
    whole: Order,
    *,
    report: TrackingReport | None = None,
    problem: CarrierProblem | None = None,
) -> list[ParcelStanding]:
    """Return how an order's parcels stand, all with the same report."""
    place = Place(whole, Evidence("Kmart order system", NOW), NOW, zone_of(whole))
    return [
        stand(parcel, place, report=report, report_source="Australia Post", carrier_problem=problem)
        for parcel in whole.parcels
    ]


def standing(
    *,
    report: TrackingReport | None = None,
    problem: CarrierProblem | None = None,
    **parcel: Any,
) -> ParcelStanding:
    """Return how the one parcel of an order stands, changed where named."""
    return standings_of(order(parcel_json(**parcel)), report=report, problem=problem)[0]


def scanned(
    *at: datetime,
    status: CarrierStatus = CarrierStatus.IN_TRANSIT,
    looked_up_at: datetime = NOW,
    is_stale: bool = False,
) -> TrackingReport:
    """Return a report with scans at these times, the newest first."""
    events = tuple(TrackingEvent(at=one, description="A scan") for one in at)
    return TrackingReport(
        carrier=CarrierId("australia_post"),
        number=TrackingNumber("JDQ019457101000930308"),
        status=status,
        looked_up_at=looked_up_at,
        events=events,
        deciding_event=events[0] if events else None,
        is_stale=is_stale,
    )
