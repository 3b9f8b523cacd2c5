"""What published times say about one parcel.

They are Kmart's own: neither Target nor a Marketplace seller has published any that we know of, so
their parcels have none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from support.decisions.collection_time import CollectionTime, collection_time
from support.decisions.delivery_time import DeliveryTime, counted_from, delivery_time
from support.decisions.eta import Eta, EtaBasis
from support.decisions.region import Destination, PlaceName, destination_of
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import Span
from support.places.regions import Regions
from support.places.states import State
from support.systems.orders.models import (
    Brand,
    DeliveryMethod,
    Line,
    Order,
    Parcel,
    ParcelStatus,
)
from support.times import state_of_store, zone_of, zone_of_state


@dataclass(frozen=True, slots=True)
class Publications:
    """Where published times and delivery regions are looked up; data, read once."""

    knowledge: Library
    regions: Regions


@dataclass(frozen=True, slots=True)
class DispatchTime:
    """How long it takes until an order is sent. `overdue`: that time is over."""

    span: Span
    overdue: bool


@dataclass(frozen=True, slots=True)
class Published:
    """All of it; each is None where nothing was published, or nothing that applies.

    `delivery` is counted from when the parcel is sent, `dispatch` is how long that takes, and
    `collection` is for one that is collected. `eta` is the date that comes out of `collection`, or
    out of `delivery` where the day on which it was sent is on record.
    """

    delivery: Fact[DeliveryTime] | None = None
    eta: Fact[Eta] | None = None
    dispatch: Fact[DispatchTime] | None = None
    collection: Fact[CollectionTime] | None = None


NOTHING_PUBLISHED: Final = Published()


def published_for(
    order: Order,
    parcel: Parcel,
    method: DeliveryMethod,
    publications: Publications,
    now: datetime,
) -> Published:
    """Return what was published for a parcel that goes this way. `now` is aware."""
    if order.brand is not Brand.KMART or _sold_by_others(order, parcel):
        return NOTHING_PUBLISHED
    knowledge = publications.knowledge
    if method is DeliveryMethod.CLICK_AND_COLLECT:
        return _to_collect(_collection(order, parcel, knowledge, now))
    destination = _destination(order, publications.regions)
    if destination is None:
        return NOTHING_PUBLISHED
    delivery = delivery_time(knowledge, method, destination)
    return Published(
        delivery=delivery,
        eta=_eta(_sent_on(order, parcel, now), delivery, destination, _today(order, now)),
        dispatch=_dispatch(order, destination, knowledge, now),
    )


def _to_collect(time: Fact[CollectionTime] | None) -> Published:
    if time is None:
        return NOTHING_PUBLISHED
    eta = Eta(time.value.day, EtaBasis.PUBLISHED, time.value.overdue)
    return Published(eta=Fact(eta, time.evidence), collection=time)


def _sold_by_others(order: Order, parcel: Parcel) -> bool:
    """Say whether anything in a parcel may be a Marketplace seller's, whose own times apply."""
    return any(line.seller.marketplace for line in _lines(order, parcel))


def _lines(order: Order, parcel: Parcel) -> Iterable[Line]:
    inside = {item.line_id for item in parcel.items}
    return [line for line in order.lines if line.id in inside] or order.lines


def _destination(order: Order, regions: Regions) -> Destination | None:
    address = order.delivery.address
    if address is None:
        return None
    return destination_of(PlaceName(address.suburb, address.state, address.postcode), regions)


def _today(order: Order, now: datetime) -> date:
    return now.astimezone(zone_of(order)).date()


def _sent_on(order: Order, parcel: Parcel, now: datetime) -> date | None:
    """Return the local day of the shipping notification; None where it is not on record."""
    sent_at = parcel.dispatched_at
    if sent_at is None and parcel.status is ParcelStatus.SHIPPED:
        sent_at = parcel.status_at
    if sent_at is None or sent_at > now:
        return None
    return sent_at.astimezone(zone_of(order)).date()


def _eta(
    sent_on: date | None,
    delivery: Fact[DeliveryTime] | None,
    destination: Destination,
    today: date,
) -> Fact[Eta] | None:
    if sent_on is None or delivery is None:
        return None
    days = counted_from(sent_on, delivery.value.span, destination.states)
    if days is None:
        return None
    eta = Eta(days.last, EtaBasis.PUBLISHED, days.last < today, earliest=days.first)
    return Fact(eta, delivery.evidence)


def _dispatch(
    order: Order, destination: Destination, knowledge: Library, now: datetime
) -> Fact[DispatchTime] | None:
    """Return how long sending takes; None where it cannot be said whether that is over."""
    span = knowledge.span(KnowledgeKey.PROCESSING)
    if span is None:
        return None
    placed = order.placed_at.astimezone(zone_of(order)).date()
    days = counted_from(placed, span.value, destination.states)
    if days is None:
        return None
    return Fact(DispatchTime(span.value, days.last < _today(order, now)), span.evidence)


def _collection(
    order: Order, parcel: Parcel, knowledge: Library, now: datetime
) -> Fact[CollectionTime] | None:
    written = state_of_store(parcel.store or order.delivery.store)
    if written is None:
        return None
    return collection_time(
        order.placed_at,
        knowledge=knowledge,
        states=frozenset({State(written)}),
        zone=zone_of_state(written),
        now=now,
    )
