"""Parcels out of commercetools' deliveries, its states of lines and its state of the shipment.

A delivery is what has left: whatever is in one counts as sent, whatever else the order says. What
is in none is a parcel of its own for each state, and not yet sent unless the order says so.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from support.ids import LineId, ParcelId, TrackingNumber
from support.systems.carriers.registry import normalised_carrier
from support.systems.orders import models as ours
from support.systems.orders.commercetools.models import (
    CommercetoolsOrder,
    Delivery,
    DeliveryItem,
    LineItem,
    Parcel,
    ShippingInfo,
)
from support.systems.orders.commercetools.own_fields import day_of, time_of, word_of
from support.systems.orders.commercetools.words import method_of, status_of
from support.systems.orders.models import DeliveryMethod, ParcelStatus

_NOT_SENT: Final = (
    ParcelStatus.PROCESSING,
    ParcelStatus.PICKING,
    ParcelStatus.READY_TO_COLLECT,
)
_HOW_FAR: Final = (
    ParcelStatus.UNKNOWN,
    ParcelStatus.SHIPPED,
    ParcelStatus.OUT_FOR_DELIVERY,
    ParcelStatus.DELIVERED,
    ParcelStatus.COLLECTED,
)
_WORDS_OF_SHIPMENT: Final = {
    None: ParcelStatus.PROCESSING,
    "Pending": ParcelStatus.PROCESSING,
    "Backorder": ParcelStatus.PROCESSING,
    "Delayed": ParcelStatus.PROCESSING,
    "Partial": ParcelStatus.PROCESSING,
    "Ready": ParcelStatus.PICKING,
    "Shipped": ParcelStatus.SHIPPED,
    "Delivered": ParcelStatus.DELIVERED,
    "Canceled": ParcelStatus.CANCELLED,
}
_AT_THE_STORE: Final = {
    ParcelStatus.PICKING: ParcelStatus.READY_TO_COLLECT,
    ParcelStatus.DELIVERED: ParcelStatus.COLLECTED,
}


def parcels_of(order: CommercetoolsOrder, method: DeliveryMethod) -> tuple[ours.Parcel, ...]:
    """Return an order's parcels: those that were sent, then what was not."""
    reader = _Parcels(order, method)
    return (*reader.sent(), *reader.left())


@dataclass(frozen=True, slots=True)
class _Parcels:
    order: CommercetoolsOrder
    method: DeliveryMethod

    def sent(self) -> Iterator[ours.Parcel]:
        for shipment in self.order.shipments:
            for delivery in shipment.deliveries:
                yield from self._of_delivery(delivery, self._method_of(shipment))

    def left(self) -> Iterator[ours.Parcel]:
        """Yield what is in no delivery, one parcel for each state that it is in."""
        groups: dict[ParcelStatus, list[ours.ParcelItem]] = {}
        gone = self._gone()
        for line in self.order.lines:
            for status, quantity in self._states_left(line, gone[line.id]):
                item = ours.ParcelItem(line_id=LineId(line.id), quantity=quantity)
                groups.setdefault(status, []).append(item)
        for number, (status, items) in enumerate(groups.items(), start=1):
            yield ours.Parcel(
                id=ParcelId("rest" if number == 1 else f"rest-{number}"),
                items=tuple(items),
                status=status,
                promised_by=day_of(self.order.own("promisedBy")),
            )

    def _of_delivery(
        self, delivery: Delivery, method: DeliveryMethod | None
    ) -> Iterator[ours.Parcel]:
        boxes = delivery.parcels or (Parcel(id=delivery.id, created_at=delivery.created_at),)
        for box in boxes:
            if box.tracking_data and box.tracking_data.is_return:
                continue
            items = box.items or (delivery.items if len(boxes) == 1 else ())
            yield self._parcel(box, delivery, items, method)

    def _parcel(
        self,
        box: Parcel,
        delivery: Delivery,
        items: tuple[DeliveryItem, ...],
        method: DeliveryMethod | None,
    ) -> ours.Parcel:
        status = self._status(box, delivery, items)
        sent_at = None if status in _NOT_SENT else box.created_at or delivery.created_at
        delivered_at = _first_time(box, delivery, "deliveredAt")
        arrived = status in (ParcelStatus.DELIVERED, ParcelStatus.COLLECTED)
        tracking = box.tracking_data
        number = tracking.tracking_id if tracking else None
        carrier = (tracking.carrier or tracking.provider) if tracking else None
        return ours.Parcel(
            id=ParcelId(box.id),
            items=tuple(
                ours.ParcelItem(line_id=LineId(item.id), quantity=item.quantity) for item in items
            ),
            status=status,
            status_at=delivered_at if arrived else self._shipped_at(status, sent_at),
            carrier=normalised_carrier(carrier) or None if carrier else None,
            tracking_number=TrackingNumber(number) if number else None,
            promised_by=self._promised(box, delivery),
            dispatched_at=sent_at,
            delivered_at=delivered_at if arrived else None,
            method=method,
        )

    def _status(
        self, box: Parcel, delivery: Delivery, items: tuple[DeliveryItem, ...]
    ) -> ParcelStatus:
        told = word_of(box.own("status")) or word_of(delivery.own("status"))
        if told:
            return status_of(told)
        if self.order.shipment_state not in _WORDS_OF_SHIPMENT:
            return ParcelStatus.UNKNOWN
        if self.order.shipment_state == "Delivered":
            return self._at_place(ParcelStatus.DELIVERED)
        states = {self._whole_state(item.id) for item in items}
        known = [state for state in _HOW_FAR if state in states]
        return known[0] if known and states <= set(_HOW_FAR) else ParcelStatus.SHIPPED

    def _whole_state(self, line_id: str) -> ParcelStatus | None:
        """Return the state of a line's pieces, None where they differ or nothing is said."""
        line = next((line for line in self.order.lines if line.id == line_id), None)
        told = {status for status, _ in _told_states(line)} if line else set()
        return next(iter(told)) if len(told) == 1 else None

    def _states_left(self, line: LineItem, gone: int) -> Iterator[tuple[ParcelStatus, int]]:
        """Yield how many pieces that are in no delivery are in which state.

        Which pieces went is not said; those that are furthest along are taken to be the ones.
        """
        left = line.quantity - gone
        ended = self.order.order_state == "Cancelled"
        if left <= 0:
            return
        states = [] if ended else sorted(_told_states(line), key=lambda told: _rank(told[0]))
        for status, quantity in states:
            if left > 0 and quantity > 0:
                yield status, min(quantity, left)
                left -= quantity
        if left > 0:
            yield ParcelStatus.CANCELLED if ended else self._state_of_shipment(), left

    def _state_of_shipment(self) -> ParcelStatus:
        word = _WORDS_OF_SHIPMENT.get(self.order.shipment_state, ParcelStatus.UNKNOWN)
        return self._at_place(word)

    def _at_place(self, status: ParcelStatus) -> ParcelStatus:
        collected = self.method is DeliveryMethod.CLICK_AND_COLLECT
        return _AT_THE_STORE.get(status, status) if collected else status

    def _gone(self) -> Counter[str]:
        gone: Counter[str] = Counter()
        for shipment in self.order.shipments:
            for delivery in shipment.deliveries:
                gone.update(_quantities(delivery))
        return gone

    def _method_of(self, shipment: ShippingInfo) -> DeliveryMethod | None:
        reference = shipment.shipping_method
        key = reference.obj.key if reference and reference.obj else None
        method = method_of(key, shipment.shipping_method_name)
        return None if method in (self.method, DeliveryMethod.UNKNOWN) else method

    def _promised(self, box: Parcel, delivery: Delivery) -> date | None:
        told = (holder.own("promisedBy") for holder in (box, delivery, self.order))
        return next((day for value in told if (day := day_of(value))), None)

    @staticmethod
    def _shipped_at(status: ParcelStatus, sent_at: datetime | None) -> datetime | None:
        return sent_at if status is ParcelStatus.SHIPPED else None


def _quantities(delivery: Delivery) -> Counter[str]:
    """Return what went along: as the delivery says, or else as its parcels say."""
    parcels = (item for parcel in delivery.parcels for item in parcel.items)
    quantities: Counter[str] = Counter()
    for item in delivery.items or parcels:
        quantities[item.id] += item.quantity
    return quantities


def _told_states(line: LineItem) -> list[tuple[ParcelStatus, int]]:
    """Return the states that were expanded; the one that every line begins in says nothing."""
    named = ((one.state.obj.key, one.quantity) for one in line.state if one.state.obj)
    return [(status_of(key), quantity) for key, quantity in named if key and key != "Initial"]


def _rank(status: ParcelStatus) -> int:
    """Return a place in the order of what is least far along first."""
    return (*_NOT_SENT, ParcelStatus.CANCELLED, *_HOW_FAR).index(status)


def _first_time(box: Parcel, delivery: Delivery, name: str) -> datetime | None:
    told = (holder.own(name) for holder in (box, delivery))
    return next((at for value in told if (at := time_of(value))), None)
