"""Late: when a parcel counts as late, and what can then be offered.

Source: Kmart's agent procedure, "Parcel delayed: check carrier service alerts for disruptions and
communicate expected delays to the customer; offer refund/return/alternative where appropriate".
What is appropriate the procedure does not say: a remedy is offered where its knowledge entry allows
it and the way the parcel stands leaves room for it. Customer service decides about each request.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Final

from support.decisions.answers import Answer
from support.decisions.eta import Eta
from support.decisions.order_status import ParcelStanding
from support.decisions.parcel_states import STILL_COMING, ParcelState
from support.facts import Fact


class Lateness(StrEnum):
    """How an order stands against its dates."""

    LATE = "late"
    ON_TIME = "on_time"
    WITHOUT_DATE = "without_date"
    NOTHING_COMING = "nothing_coming"


_HELD_UP: Final = frozenset(
    {
        ParcelState.HELD,
        ParcelState.FAILED,
        ParcelState.RETURNED,
        ParcelState.BOOKING_CANCELLED,
        ParcelState.UNCLEAR,
    }
)
"""States without a date to tell, in which a promised day that has passed is a broken promise."""

_ON_ITS_WAY: Final = frozenset(
    {
        ParcelState.SHIPPED,
        ParcelState.SCHEDULED,
        ParcelState.DELAYED,
        ParcelState.SPLIT,
        ParcelState.OUT_FOR_DELIVERY,
        ParcelState.ATTEMPTED,
        ParcelState.HELD,
        ParcelState.UNCLEAR,
    }
)
"""States in which the customer may still get something that could be returned."""

_GOES_BACK: Final = frozenset({ParcelState.RETURNED})
"""States in which waiting brings nothing."""

_WITH_CUSTOMER: Final = frozenset({ParcelState.ATTEMPTED, ParcelState.AWAITING_COLLECTION})
REMEDIES: Final = (Answer.REFUND, Answer.RETURN, Answer.ALTERNATIVE)
"""What can be asked for instead of waiting."""


def is_late(standing: ParcelStanding, *, today: date) -> bool:
    """Say whether a parcel is past its day, or the carrier speaks of a delay. `today` is local."""
    state = standing.state.value
    if standing.eta is not None and standing.eta.value.overdue:
        return True
    promised = standing.parcel.promised_by
    broken = promised is not None and promised < today
    return state is ParcelState.DELAYED or (state in _HELD_UP and broken)


def lateness(
    standings: Collection[ParcelStanding], *, today: date, cancelled: bool = False
) -> Lateness:
    """Return how an order's parcels stand against their dates; one late parcel makes it late."""
    if cancelled:
        return Lateness.NOTHING_COMING
    if any(is_late(one, today=today) for one in standings):
        return Lateness.LATE
    coming = [one for one in standings if one.state.value in STILL_COMING | {ParcelState.HELD}]
    if standings and not coming:
        return Lateness.NOTHING_COMING
    return Lateness.ON_TIME if any(one.eta for one in coming) else Lateness.WITHOUT_DATE


def waits_for_customer(standings: Collection[ParcelStanding]) -> bool:
    """Say whether what happens next is the customer's with every parcel: no date matters then."""
    return bool(standings) and all(one.state.value in _WITH_CUSTOMER for one in standings)


def expected_last(standings: Collection[ParcelStanding]) -> Fact[Eta] | None:
    """Return the last date of an order's parcels; None where no parcel has one."""
    dates = [one.eta for one in standings if one.eta is not None]
    return max(dates, key=lambda eta: eta.value.day, default=None)


def options(state: ParcelState, *, allowed: Collection[Answer]) -> tuple[Answer, ...]:
    """Return what to offer for a late parcel; `allowed` are the remedies that may be asked for.

    Only what arrived or is on its way can be returned. For what the carrier sends back there is
    nothing to wait for.
    """
    remedies = [one for one in REMEDIES if one in allowed and _fits(one, state)]
    return tuple(remedies) if state in _GOES_BACK else (Answer.WAIT, *remedies)


def _fits(remedy: Answer, state: ParcelState) -> bool:
    return remedy is not Answer.RETURN or state in _ON_ITS_WAY
