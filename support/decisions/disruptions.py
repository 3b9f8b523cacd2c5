"""Which disruptions hold a parcel up.

Source: Kmart's agent procedure, "Parcel delayed: check carrier service alerts for disruptions and
communicate expected delays to the customer".
"""

from collections.abc import Iterable, Sequence
from datetime import date

from support.ids import CarrierId
from support.knowledge.disruptions import Disruption
from support.places.states import State, state_named
from support.systems.carriers.registry import normalised_carrier


def affecting(
    disruptions: Iterable[Disruption],
    *,
    carrier: CarrierId | None,
    state: str | None,
    postcode: str | None,
    today: date,
) -> Sequence[Disruption]:
    """Return those that a parcel's carrier and destination are in today, the newest first.

    What is not known of a parcel is in no list: a disruption is never named on a guess. `state` is
    written as in an address.
    """
    known_state = state_named(state) if state else None
    known_carrier = normalised_carrier(carrier) if carrier else None
    found = [
        one
        for one in disruptions
        if _carries(one, known_carrier)
        and _reaches(one, known_state, postcode)
        and is_current(one, today)
    ]
    return sorted(found, key=lambda one: one.from_, reverse=True)


def is_current(disruption: Disruption, today: date) -> bool:
    """Say whether it has begun and is not over."""
    return disruption.from_ <= today and not is_over(disruption, today)


def is_over(disruption: Disruption, today: date) -> bool:
    """Say whether its last day has passed; where the end is not known it has not."""
    return disruption.until is not None and disruption.until < today


def _carries(disruption: Disruption, carrier: CarrierId | None) -> bool:
    return not disruption.carriers or carrier in disruption.carriers


def _reaches(disruption: Disruption, state: State | None, postcode: str | None) -> bool:
    if disruption.states and state not in disruption.states:
        return False
    written = (postcode or "").strip()
    return not disruption.postcodes or any(one.holds(written) for one in disruption.postcodes)
