"""Short answers about one parcel: what its status means, whether it can be kept, where it waits."""

from collections.abc import Iterator
from typing import Final

from actions.formatting import state_name
from actions.parcel_wording import ParcelWording
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.order_status import ParcelStanding
from support.decisions.parcel_states import BEFORE_DISPATCH, STILL_COMING, ParcelState
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.systems.carriers.registry import AUSTRALIA_POST

CAME_TO_NOTHING: Final = frozenset(
    {
        ParcelState.CANCELLED,
        ParcelState.BOOKING_CANCELLED,
        ParcelState.RETURNED,
        ParcelState.FAILED,
    }
)
_OVERTAKES_ITS_DATE: Final = frozenset({ParcelState.OUT_FOR_DELIVERY, ParcelState.ATTEMPTED})
"""States that say more of when it comes than the day that was once promised."""

_NOT_UNDERSTOOD: Final = frozenset({ParcelState.UNKNOWN, ParcelState.UNCLEAR})


def is_at_carrier(standing: ParcelStanding) -> bool:
    """Say whether a parcel waits at the carrier to be collected there."""
    return standing.state.value is ParcelState.AWAITING_COLLECTION


def state_and_scan(parcel: ParcelWording) -> Iterator[Say]:
    """Yield how it stands, since when, and what the carrier noted last."""
    yield parcel.state()
    yield from parcel.when()
    yield from parcel.last_scan()


def status(parcel: ParcelWording) -> Iterator[Say]:
    """Yield how it stands and when it comes; of several parcels each in a line."""
    if parcel.count == 1:
        yield parcel.state()
        yield from parcel.last_scan()
        yield from parcel.disagreement()
    else:
        state = parcel.standing.state
        yield parcel.line(ResponseKey.DETAIL_STATE, state.evidence, state=state_name(state.value))
    yield from parcel.eta()


def date(parcel: ParcelWording) -> Iterator[Say]:
    """Yield when it comes; how it stands, where that is settled or nobody can tell."""
    known = tuple(parcel.eta())
    if known and parcel.standing.state.value in _OVERTAKES_ITS_DATE:
        yield parcel.state()
    yield from known or status(parcel)


def meaning(parcel: ParcelWording) -> Iterator[Say]:
    """Yield what its status means; where nobody knows that, what is known instead."""
    yield from state_and_scan(parcel)
    yield from parcel.eta()
    if parcel.standing.state.value in _NOT_UNDERSTOOD:
        yield from parcel.carrier()
        told = (parcel.standing.state.evidence,)
        yield Say(ResponseKey.DETAIL_MEANING_UNKNOWN, checked=told, joins=True)


def at_carrier(parcel: ParcelWording) -> Iterator[Say]:
    """Yield where it waits at the carrier, how long, and who says what to bring."""
    if not is_at_carrier(parcel.standing):
        yield parcel.state()
        return
    told = parcel.standing.state.evidence
    yield parcel.line(ResponseKey.DETAIL_AT_CARRIER, told, carrier=_carrier(parcel))
    yield from parcel.last_scan()
    yield from _kept_for(parcel)
    yield from parcel.carrier()


def hold(parcel: ParcelWording) -> Iterator[Say]:
    """Yield whether it can be kept for somebody who is away."""
    state = parcel.standing.state.value
    yield parcel.state()
    if is_at_carrier(parcel.standing):
        yield from _kept_for(parcel)
    elif state in BEFORE_DISPATCH:
        yield Say(ResponseKey.DETAIL_HOLD_NOT_SENT, checked=(parcel.told,), joins=True)
    elif state in STILL_COMING:
        yield parcel.line(ResponseKey.DETAIL_HOLD_WITH_CARRIER, carrier=_carrier(parcel))
        yield from parcel.carrier()


def _kept_for(parcel: ParcelWording) -> Iterator[Say]:
    """Yield how long the carrier keeps it, where that was published."""
    kept = parcel.knowledge.span(KnowledgeKey.POST_OFFICE_HOLDING)
    if not kept or parcel.standing.parcel.carrier != AUSTRALIA_POST:
        return
    facts = {"time": Fact(kept.value.spoken, kept.evidence)}
    yield Say(ResponseKey.DETAIL_POST_OFFICE_KEEPS, facts=facts, joins=True)
    if other := parcel.knowledge.other_span(KnowledgeKey.POST_OFFICE_HOLDING):
        facts = {"time": Fact(other.value.spoken, other.evidence)}
        yield Say(ResponseKey.DETAIL_POST_OFFICE_KEEPS_LONGER, facts=facts, joins=True)


def _carrier(parcel: ParcelWording) -> str:
    carrier = parcel.standing.parcel.carrier
    return parcel.carriers.profile(carrier).name if carrier else "the carrier"
