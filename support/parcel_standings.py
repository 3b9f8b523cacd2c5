"""Asks the carriers about an order's parcels and puts their word beside the order system's."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

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
from support.systems.errors import SystemFailure, SystemRateLimited
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
    answers = await asyncio.gather(*(_ask(parcel, carriers, now) for parcel in order.parcels))
    standings = (
        stand(
            parcel,
            place,
            report=answer.report,
            report_source=carriers.profile(parcel.carrier).name if parcel.carrier else "",
            carrier_problem=answer.problem,
            published=_published(order, parcel, publications, now),
        )
        for parcel, answer in zip(order.parcels, answers, strict=True)
    )
    return tuple(
        replace(standing, carrier_free_at=answer.free_at)
        for standing, answer in zip(standings, answers, strict=True)
    )


def _published(
    order: Order, parcel: Parcel, publications: Publications | None, now: datetime
) -> Published:
    if publications is None:
        return NOTHING_PUBLISHED
    return published_for(order, parcel, method_of(order, parcel), publications, now)


class _Answer(NamedTuple):
    report: TrackingReport | None = None
    problem: CarrierProblem | None = None
    free_at: datetime | None = None


async def _ask(parcel: Parcel, carriers: Carriers, now: datetime) -> _Answer:
    if parcel.carrier is None or parcel.tracking_number is None:
        return _Answer()
    try:
        return _Answer(await carriers.track(parcel.carrier, parcel.tracking_number))
    except TrackingNotFound:
        return _Answer(problem=CarrierProblem.NOT_FOUND)
    except CarrierNotConnected:
        return _Answer(problem=CarrierProblem.NOT_CONNECTED)
    except SystemRateLimited as failure:
        wait = failure.retry_after
        free_at = _next_minute(now + wait) if wait is not None else None
        return _Answer(problem=CarrierProblem.UNREACHABLE, free_at=free_at)
    except SystemFailure:
        return _Answer(problem=CarrierProblem.UNREACHABLE)


def _next_minute(moment: datetime) -> datetime:
    """Return the first whole minute that is not before a time: what is said has no seconds."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)
