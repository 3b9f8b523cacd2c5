"""Why a parcel cannot be followed, until when that is normal, and from when on it is not.

Source: Kmart's agent procedure, "Why is tracking not updating?" and "No tracking info available".
How long is too long is for what was published to say: where nothing was, nothing is too long.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from support.decisions.order_status import CarrierProblem, ParcelStanding
from support.decisions.parcel_states import BEFORE_DISPATCH, STILL_COMING, ParcelState
from support.knowledge.models import Span, Unit
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.orders.models import Parcel, ParcelStatus

_FOLLOWED: Final = STILL_COMING | {ParcelState.HELD, ParcelState.UNCLEAR}
OUT_OF_SIGHT: Final = frozenset({CarrierProblem.UNREACHABLE, CarrierProblem.NOT_CONNECTED})


class Reason(StrEnum):
    """Why tracking shows nothing, or nothing new."""

    TO_COLLECT = "to_collect"
    NOT_SENT = "not_sent"
    SELLER_HAS_NOT_SENT = "seller_has_not_sent"
    OUT_OF_SIGHT = "out_of_sight"
    NOT_RECOGNISED = "not_recognised"
    NOT_SCANNED = "not_scanned"
    SCANNED = "scanned"


@dataclass(frozen=True, slots=True)
class Waits:
    """How long things take as far as it was published: `most` of each span is waited for."""

    after_scan: Span | None = None
    after_shipping: Span | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How a parcel reaches the customer."""

    collected_in_store: bool = False
    sold_by_marketplace: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What is the matter with a parcel's tracking.

    `since` is the last scan, or the dispatch where there was none; `until` is when the published
    wait after it ends. `overdue`: it has ended, so something should be started.
    """

    reason: Reason
    since: datetime | None = None
    until: datetime | None = None
    overdue: bool = False


def finding(standing: ParcelStanding, way: Way, waits: Waits, *, now: datetime) -> Finding | None:
    """Return what is the matter with a parcel's tracking; None where there is nothing to follow.

    `now` is aware. A report from before the carrier became unreachable
    is as old as it says: what happened since then is not known.
    """
    state, report = standing.state.value, standing.report
    if state not in _FOLLOWED:
        return None
    if way.collected_in_store:
        return Finding(Reason.TO_COLLECT)
    if state in BEFORE_DISPATCH:
        return _not_sent(standing, way)
    if report is not None and _is_scanned(report):
        as_of = report.looked_up_at if report.is_stale else now
        return _measured(Reason.SCANNED, report.events[0].at, waits.after_scan, as_of)
    if standing.carrier_problem in OUT_OF_SIGHT:
        return Finding(Reason.OUT_OF_SIGHT)
    unknown = standing.carrier_problem is CarrierProblem.NOT_FOUND
    reason = Reason.NOT_RECOGNISED if unknown else Reason.NOT_SCANNED
    return _measured(reason, _sent_at(standing.parcel), waits.after_shipping, now)


def _not_sent(standing: ParcelStanding, way: Way) -> Finding:
    """Say whether it should have been sent by now: promised by a day, or published as a time."""
    late = standing.eta is not None and standing.eta.value.overdue
    if way.sold_by_marketplace:
        return Finding(Reason.SELLER_HAS_NOT_SENT, overdue=late)
    published = standing.published.dispatch
    return Finding(
        Reason.NOT_SENT, overdue=late or (published and published.value.overdue) or False
    )


def _is_scanned(report: TrackingReport) -> bool:
    """Say whether the carrier has had it in hand: an announcement is no scan."""
    return bool(report.events) and report.status is not CarrierStatus.PRE_TRANSIT


def _sent_at(parcel: Parcel) -> datetime | None:
    if parcel.dispatched_at is not None:
        return parcel.dispatched_at
    return parcel.status_at if parcel.status is ParcelStatus.SHIPPED else None


def _measured(
    reason: Reason, since: datetime | None, wait: Span | None, as_of: datetime
) -> Finding:
    longest = _longest(wait) if wait else None
    if since is None or longest is None:
        return Finding(reason, since)
    until = since + longest
    return Finding(reason, since, until, overdue=until < as_of)


_HOURS: Final[Mapping[Unit, int]] = {Unit.HOURS: 1, Unit.DAYS: 24}


def _longest(span: Span) -> timedelta | None:
    """Return the longer end; None for business days, which no clock counts."""
    hours = _HOURS.get(span.unit)
    return timedelta(hours=span.most * hours) if hours else None


def is_too_early_to_track(since: datetime | None, *, wait: Span | None, now: datetime) -> bool:
    """Say whether tracking need not work yet for what was sent at this time."""
    longest = _longest(wait) if wait else None
    return since is not None and longest is not None and now - since < longest
