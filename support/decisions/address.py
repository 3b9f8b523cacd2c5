"""An order goes to the wrong address: what can be asked of whom, and whether an address will do.

Source: Kmart's agent procedure, "Wrong Address": before dispatch fulfilment is asked to correct it,
after dispatch the carrier is asked to redirect or return the parcel. Which it is follows from how
each parcel stands, never from whether a system takes the request.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from support.decisions.identity import Deed
from support.decisions.parcel_states import BEFORE_DISPATCH, ParcelState
from support.places.localities import localities_named, localities_of
from support.places.postal_address import Part, PostalAddress
from support.systems.orders.models import DeliveryMethod, Parcel


class Stage(StrEnum):
    """How far a parcel is on its way to the wrong address."""

    NOT_DISPATCHED = "not_dispatched"
    WITH_CARRIER = "with_carrier"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    COMING_BACK = "coming_back"
    TO_STORE = "to_store"
    OVER = "over"


CAN_BE_ASKED: Final = frozenset({Stage.NOT_DISPATCHED, Stage.WITH_CARRIER, Stage.OUT_FOR_DELIVERY})
"""Stages in which somebody can still be asked for another address."""

_STAGES: Final = {
    ParcelState.OUT_FOR_DELIVERY: Stage.OUT_FOR_DELIVERY,
    ParcelState.DELIVERED: Stage.DELIVERED,
    ParcelState.PARTLY_DELIVERED: Stage.DELIVERED,
    ParcelState.COLLECTED: Stage.OVER,
    ParcelState.READY_TO_COLLECT: Stage.TO_STORE,
    ParcelState.RETURNED: Stage.COMING_BACK,
    ParcelState.FAILED: Stage.COMING_BACK,
    ParcelState.CANCELLED: Stage.OVER,
}
_UNCERTAIN: Final = frozenset(
    {ParcelState.UNKNOWN, ParcelState.UNCLEAR, ParcelState.BOOKING_CANCELLED}
)


def stage_of(parcel: Parcel, state: ParcelState, method: DeliveryMethod) -> Stage:
    """Return how far a parcel is.

    Where its state does not say, it is with the carrier once there is a dispatch or a number.
    """
    if method is DeliveryMethod.CLICK_AND_COLLECT and state is not ParcelState.COLLECTED:
        return Stage.OVER if state is ParcelState.CANCELLED else Stage.TO_STORE
    if state in BEFORE_DISPATCH:
        return Stage.NOT_DISPATCHED
    if state in _UNCERTAIN:
        sent = parcel.dispatched_at or parcel.tracking_number
        return Stage.WITH_CARRIER if sent else Stage.NOT_DISPATCHED
    return _STAGES.get(state, Stage.WITH_CARRIER)


def deed_of(stage: Stage) -> Deed:
    """Return what asking for another address is at this stage."""
    return Deed.CHANGE_ADDRESS if stage is Stage.NOT_DISPATCHED else Deed.REDIRECT


class Doubt(StrEnum):
    """Why an address will not do as it is."""

    NOTHING_GIVEN = "nothing_given"
    POST_BOX = "post_box"
    AS_BEFORE = "as_before"
    UNKNOWN_POSTCODE = "unknown_postcode"
    UNKNOWN_SUBURB = "unknown_suburb"
    OTHER_POSTCODE = "other_postcode"
    OTHER_STATE = "other_state"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an address will do: it does without a doubt.

    `missing` are the parts to ask for; `listed` is what the list of postcodes has instead: the
    suburb's postcodes, or the state that suburb and postcode lie in.
    """

    doubt: Doubt | None = None
    missing: tuple[Part, ...] = ()
    listed: tuple[str, ...] = ()


FINE: Final = Judgement()
_MOST_LISTED: Final = 3


def judge(
    address: PostalAddress, *, current: PostalAddress | None = None, no_boxes: bool = False
) -> Judgement:
    """Return the first thing to settle about an address; where nothing is, it can be read back.

    What does not agree comes before what is missing: it may be why.
    """
    if address.is_empty:
        return Judgement(Doubt.NOTHING_GIVEN)
    if address.box and no_boxes:
        return Judgement(Doubt.POST_BOX)
    disagreement = _disagreement(address)
    if disagreement:
        return disagreement
    if address.missing:
        return incomplete(address)
    if current is not None and address.is_same_place(current):
        return Judgement(Doubt.AS_BEFORE)
    return FINE


def incomplete(address: PostalAddress) -> Judgement:
    """Return what is missing, whatever else there is about an address."""
    return Judgement(Doubt.INCOMPLETE, address.missing) if address.missing else FINE


def _disagreement(address: PostalAddress) -> Judgement | None:
    """Return where suburb, state and postcode do not agree, as far as they are given."""
    suburb, state, postcode = address.suburb, address.state, address.postcode
    if postcode and not localities_of(postcode):
        return Judgement(Doubt.UNKNOWN_POSTCODE)
    places = localities_named(suburb) if suburb else ()
    if suburb and not places:
        return Judgement(Doubt.UNKNOWN_SUBURB)
    if postcode and suburb and postcode not in {place.postcode for place in places}:
        of_state = [place for place in places if state in (None, place.state)]
        return Judgement(Doubt.OTHER_POSTCODE, listed=_few({one.postcode for one in of_state}))
    there = places or (localities_of(postcode) if postcode else ())
    states = {str(place.state) for place in there if postcode in (None, place.postcode)}
    if state and states and state not in states:
        return Judgement(Doubt.OTHER_STATE, listed=_few(states))
    return None


def _few(values: Collection[str]) -> tuple[str, ...]:
    """Return what can be said in a sentence; nothing where it is too much for one."""
    return tuple(sorted(values)) if len(values) <= _MOST_LISTED else ()
