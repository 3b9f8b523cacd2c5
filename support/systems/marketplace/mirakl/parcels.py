"""Parcels out of Mirakl's shipments and their tracking milestones, and of orders without any.

Nothing is called delivered that Mirakl does not call so: RECEIVED, or a carrier's newest milestone.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Final

from support.ids import CarrierId, LineId, ParcelId, TrackingNumber
from support.systems.carriers.registry import normalised_carrier
from support.systems.marketplace.mirakl.models import (
    Day,
    Milestone,
    MiraklOrder,
    OrderLine,
    Shipment,
)
from support.systems.orders.models import Parcel, ParcelItem, ParcelStatus

_SHIPMENTS: Final[Mapping[str, ParcelStatus]] = {
    "SHIPPING": ParcelStatus.PICKING,
    "SHIPMENT_PREPARED": ParcelStatus.PICKING,
    "READY_FOR_PICK_UP": ParcelStatus.PICKING,
    "SHIPPED": ParcelStatus.SHIPPED,
    "RECEIVED": ParcelStatus.DELIVERED,
    "CANCELED": ParcelStatus.CANCELLED,
}
_LINES: Final[Mapping[str, ParcelStatus]] = {
    "STAGING": ParcelStatus.PROCESSING,
    "WAITING_ACCEPTANCE": ParcelStatus.PROCESSING,
    "WAITING_DEBIT": ParcelStatus.PROCESSING,
    "WAITING_DEBIT_PAYMENT": ParcelStatus.PROCESSING,
    "SHIPPING": ParcelStatus.PICKING,
    "SHIPPED": ParcelStatus.SHIPPED,
    "RECEIVED": ParcelStatus.DELIVERED,
    "REFUSED": ParcelStatus.CANCELLED,
    "CANCELED": ParcelStatus.CANCELLED,
}
_MILESTONES: Final[Mapping[str, ParcelStatus]] = {
    "IN_TRANSIT": ParcelStatus.SHIPPED,
    "OUT_FOR_DELIVERY": ParcelStatus.OUT_FOR_DELIVERY,
    "DELIVERED": ParcelStatus.DELIVERED,
}
_LEFT: Final = frozenset({"SHIPPED", "TO_COLLECT", "CLOSED"})
"""Shipments that left the seller, and of which the carrier's milestones may say more."""


def parcels_of(order: MiraklOrder, shipments: Iterable[Shipment]) -> tuple[Parcel, ...]:
    """Return a seller's parcels; where Mirakl has no shipments, one for each state of the lines."""
    own = [shipment for shipment in shipments if shipment.order_id == order.order_id]
    if own:
        return tuple(_of_shipment(shipment, order) for shipment in own)
    states = dict.fromkeys(line.order_line_state for line in order.order_lines)
    return tuple(_of_lines(order, state, number) for number, state in enumerate(states, start=1))


def _of_shipment(shipment: Shipment, order: MiraklOrder) -> Parcel:
    tracking = shipment.tracking
    status, at = _status(shipment)
    number = tracking.tracking_number if tracking else None
    carrier = tracking.carrier_name if tracking else None
    return Parcel(
        id=ParcelId(shipment.id),
        items=tuple(
            ParcelItem(line_id=LineId(line.order_line_id), quantity=line.quantity)
            for line in shipment.shipment_lines
            if line.order_line_id
        ),
        status=status,
        status_at=at,
        carrier=_carrier(carrier),
        tracking_number=TrackingNumber(number) if number else None,
        promised_by=_promised(order) or _expected(shipment),
        dispatched_at=shipment.shipped_date,
        delivered_at=at if status is ParcelStatus.DELIVERED else None,
    )


def _of_lines(order: MiraklOrder, state: str, number: int) -> Parcel:
    lines = [line for line in order.order_lines if line.order_line_state == state]
    status = _LINES.get(state, ParcelStatus.UNKNOWN)
    sent = max((line.shipped_date for line in lines if line.shipped_date), default=None)
    tracked = order.shipping_tracking if sent else None
    return Parcel(
        id=ParcelId(f"{order.order_id}-{number}"),
        items=tuple(_item(line) for line in lines),
        status=status,
        status_at=_since(status, sent, lines),
        carrier=_carrier(order.shipping_company) if sent else None,
        tracking_number=TrackingNumber(tracked) if tracked else None,
        promised_by=_promised(order),
        dispatched_at=sent,
        delivered_at=_since(status, sent, lines) if status is ParcelStatus.DELIVERED else None,
    )


def _status(shipment: Shipment) -> tuple[ParcelStatus, datetime | None]:
    """Return how far a shipment is, and since when as far as that is said exactly."""
    newest = _newest(shipment.tracking.milestones) if shipment.tracking else None
    if newest is not None and shipment.status in _LEFT:
        return _MILESTONES.get(newest.type, ParcelStatus.UNKNOWN), _exact(newest.occurrence_date)
    status = _SHIPMENTS.get(shipment.status, ParcelStatus.UNKNOWN)
    return status, shipment.shipped_date if status is ParcelStatus.SHIPPED else None


def _newest(milestones: Iterable[Milestone]) -> Milestone | None:
    """Return the newest milestone: of one day the last that is listed, hours not always being told.

    Those without a day are left out.
    """
    dated = [one for one in milestones if one.occurrence_date]
    newest: Milestone | None = None
    for one in dated:
        if newest is None or _day(one) >= _day(newest):
            newest = one
    return newest


def _day(milestone: Milestone) -> date:
    return milestone.occurrence_date.date if milestone.occurrence_date else date.min


def _exact(day: Day | None) -> datetime | None:
    """Return a point in time, None where its hour or zone is not known."""
    if day is None or day.time is None or not day.offset:
        return None
    try:
        hour = time.fromisoformat(f"{day.time.replace(tzinfo=None).isoformat()}{day.offset}")
    except ValueError:
        return None
    return datetime.combine(day.date, hour)


def _since(
    status: ParcelStatus, sent: datetime | None, lines: Iterable[OrderLine]
) -> datetime | None:
    if status is ParcelStatus.SHIPPED:
        return sent
    received = [line.received_date for line in lines if line.received_date]
    return max(received, default=None) if status is ParcelStatus.DELIVERED else None


def _item(line: OrderLine) -> ParcelItem:
    return ParcelItem(line_id=LineId(line.order_line_id), quantity=line.quantity)


def _carrier(name: str | None) -> CarrierId | None:
    return normalised_carrier(name) or None if name else None


def _promised(order: MiraklOrder) -> date | None:
    window = order.delivery_date
    return window.latest.date() if window and window.latest else None


def _expected(shipment: Shipment) -> date | None:
    tracking = shipment.tracking
    expected = tracking.carrier_estimated_delivery_date if tracking else None
    return expected.latest.date if expected and expected.latest else None
