"""Asks the carriers about an order's parcels and puts their word beside the order system's."""

import asyncio
from datetime import datetime

from support.decisions.order_status import (
    CarrierProblem,
    ParcelStanding,
    Place,
    method_of,
    stand,
)
from support.decisions.published import (
    NOTHING_PUBLISHED,
    Publications,
    Published,
    published_for,
)
from support.facts import Evidence
from support.systems.carriers.errors import CarrierNotConnected, TrackingNotFound
from support.systems.carriers.interface import Carriers
from support.systems.carriers.models import TrackingReport
from support.systems.errors import SystemFailure
from support.systems.orders.models import Order, Parcel
from support.times import zone_of


async def standings_of(
    order: Order,
    *,
    told: Evidence,
    carriers: Carriers,
    now: datetime,
    publications: Publications | None = None,
) -> tuple[ParcelStanding, ...]:
    """Return how each parcel stands, in the order system's order; carriers are asked at once.

    `now` is aware. A carrier that cannot be asked never hides what the order system knows. Without
    `publications` no date is worked out from published times.
    """
    place = Place(order, told, now, zone_of(order))
    answers = await asyncio.gather(*(_ask(parcel, carriers) for parcel in order.parcels))
    return tuple(
        stand(
            parcel,
            place,
            report=report,
            report_source=carriers.profile(parcel.carrier).name if parcel.carrier else "",
            carrier_problem=problem,
            published=_published(order, parcel, publications, now),
        )
        for parcel, (report, problem) in zip(order.parcels, answers, strict=True)
    )


def _published(
    order: Order, parcel: Parcel, publications: Publications | None, now: datetime
) -> Published:
    if publications is None:
        return NOTHING_PUBLISHED
    return published_for(order, parcel, method_of(order, parcel), publications, now)


async def _ask(
    parcel: Parcel, carriers: Carriers
) -> tuple[TrackingReport | None, CarrierProblem | None]:
    if parcel.carrier is None or parcel.tracking_number is None:
        return None, None
    try:
        return await carriers.track(parcel.carrier, parcel.tracking_number), None
    except TrackingNotFound:
        return None, CarrierProblem.NOT_FOUND
    except CarrierNotConnected:
        return None, CarrierProblem.NOT_CONNECTED
    except SystemFailure:
        return None, CarrierProblem.UNREACHABLE
