"""What has changed about an order since somebody who follows it was told last."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Self

from support.decisions.case_status import Filed, all_settled
from support.decisions.order_status import ParcelStanding, unpacked
from support.decisions.parcel_states import FINISHED, ParcelState
from support.systems.cases.models import Case, CaseState
from support.systems.marketplace.models import TicketState
from support.systems.orders.models import Order

Snapshot = Mapping[str, str]
"""How things stood: one word for each thing that is followed."""


class Subject(StrEnum):
    """What is followed."""

    PARCEL = "parcel"
    DUE = "due"
    CASE = "case"
    TICKET = "ticket"


class Marked(StrEnum):
    """What a system that knows news may name a followed order by."""

    ORDER = "order"
    TRACKING = "tracking"
    REFERENCE = "reference"


class Mark(NamedTuple):
    """One name of that kind."""

    kind: Marked
    name: str

    @classmethod
    def order(cls, number: str) -> Self:
        """Return an order's own number."""
        return cls(Marked.ORDER, number)

    @classmethod
    def tracking(cls, number: str) -> Self:
        """Return the number under which a carrier has a parcel."""
        return cls(Marked.TRACKING, number)

    @classmethod
    def reference(cls, reference: str) -> Self:
        """Return the reference of a case or a ticket."""
        return cls(Marked.REFERENCE, reference)


class Change(NamedTuple):
    """Something that is not as it was."""

    subject: Subject
    id: str


_SAYS_NOTHING = frozenset({ParcelState.UNCLEAR, ParcelState.UNKNOWN})
"""A note that we cannot read is no news."""

_OVER = FINISHED | {ParcelState.RETURNED}
_NEW_IS_NEWS = frozenset({Subject.PARCEL})
"""A parcel that was not there is news; a case was opened with the customer's knowledge."""


def snapshot(standings: Iterable[ParcelStanding], filed: Iterable[Filed]) -> dict[str, str]:
    """Return how an order's parcels, cases and tickets stand."""
    words: dict[str, str] = {}
    for one in standings:
        if one.state.value not in _SAYS_NOTHING:
            words[_key(Subject.PARCEL, one.parcel.id)] = one.state.value
        if one.eta is not None:
            late = " overdue" if one.eta.value.overdue else ""
            words[_key(Subject.DUE, one.parcel.id)] = f"{one.eta.value.day}{late}"
    for each in filed:
        if each.state not in {CaseState.UNKNOWN, TicketState.UNKNOWN}:
            subject = Subject.CASE if isinstance(each, Case) else Subject.TICKET
            words[_key(subject, each.reference)] = each.state
    return words


def marks_of(standings: Iterable[ParcelStanding], filed: Iterable[Filed]) -> frozenset[Mark]:
    """Return what parcels, cases and tickets are called by the systems that know them."""
    numbers = {one.parcel.tracking_number for one in standings if one.parcel.tracking_number}
    references = {Mark.reference(str(one.reference)) for one in filed}
    return frozenset({Mark.tracking(str(number)) for number in numbers} | references)


def changes(before: Snapshot, now: Snapshot) -> tuple[Change, ...]:
    """Return what is not as it was. What cannot be seen now has not changed."""
    return tuple(
        _change(key) for key, word in now.items() if word != before.get(key) and _news(key, before)
    )


def merged(before: Snapshot, now: Snapshot) -> dict[str, str]:
    """Return what is known after a look: a system that did not answer makes nothing forgotten."""
    return {**before, **now}


def is_over(order: Order, standings: Sequence[ParcelStanding], filed: Sequence[Filed]) -> bool:
    """Say whether nothing about an order can change any more, as far as anybody can tell."""
    if not all_settled(filed):
        return False
    if order.cancelled_at is not None and not standings:
        return True
    arrived = bool(standings) and all(one.state.value in _OVER for one in standings)
    return arrived and not (order.cancelled_at is None and unpacked(order))


def _news(key: str, before: Snapshot) -> bool:
    return key in before or _change(key).subject in _NEW_IS_NEWS


def _key(subject: Subject, name: str) -> str:
    return f"{subject} {name}"


def _change(key: str) -> Change:
    subject, _, name = key.partition(" ")
    return Change(Subject(subject), name)
