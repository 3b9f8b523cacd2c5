"""What stories about parcels are put together from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sandbox.demo.pieces import Json, eparcel, parcel
from sandbox.demo.scans import Scan, article, consignment
from sandbox.demo.times import Clock
from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.registry import STARTRACK

_SENT_AT: Final = "15:00"


@dataclass(frozen=True, slots=True)
class Chances:
    """What varies within a story. `days` and `hours` are ages, `promised` in business days."""

    carrier: CarrierId
    days: int
    hours: int
    promised: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a story takes place. `serial` is unique, `lines` are the ids of what is inside."""

    clock: Clock
    id: str
    serial: int
    lines: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """A parcel as the systems tell it, and the states that may truly be named for it."""

    parcel: Json
    states: frozenset[str]
    answer: Json | None = None


def sent_parcel(
    setting: Setting, chances: Chances, scan: Scan, *, days: int, stands: frozenset[str]
) -> Told:
    """Return a parcel that was sent so many days ago, and that the carrier scanned last so."""
    sent = setting.clock.ago(days=days, at=_SENT_AT)
    number = number_of(setting, chances.carrier)
    whole = parcel_of(
        setting,
        "shipped",
        sent,
        carrier=chances.carrier,
        tracking_number=number,
        promised_by=promise(setting, chances),
        dispatched_at=sent,
    )
    return Told(whole, stands, _answer(chances.carrier, number, scan, sent))


def _answer(carrier: CarrierId, number: TrackingNumber, scan: Scan, sent: datetime) -> Json:
    """Return what the carrier answers: its newest scan, and the first one on the evening sent."""
    if carrier == STARTRACK:
        picked_up = (sent + timedelta(hours=2), "Picked Up", "MEL")
        return consignment(number, scan[1], scan, picked_up, lagging=picked_up)
    received = (sent + timedelta(hours=2), "Received by Australia Post", "TRUGANINA VIC")
    announced = (sent, "Shipping information received by Australia Post", None)
    return article(number, scan[1].split(" - ")[0], scan, received, announced)


def in_transit(setting: Setting, chances: Chances) -> tuple[str, str]:
    """Return the words and the place of a scan on the way."""
    if chances.carrier == STARTRACK:
        return "In Transit", "SYD"
    return "Item processed at facility", setting.place


def delivery(chances: Chances) -> str:
    """Return the words of a delivery scan."""
    if chances.carrier == STARTRACK:
        return "Delivered"
    return f"Delivered - {chances.note}" if chances.note else "Delivered"


def number_of(setting: Setting, carrier: CarrierId) -> TrackingNumber:
    """Return a tracking number in the carrier's shape."""
    if carrier == STARTRACK:
        return TrackingNumber(f"6KMT{setting.serial:08d}")
    return eparcel(setting.serial)


def promise(setting: Setting, chances: Chances) -> str | None:
    """Return the day that was promised at the checkout, if any."""
    if chances.promised is None:
        return None
    return setting.clock.business_day(chances.promised)


def parcel_of(setting: Setting, status: str, at: datetime, **details: Any) -> Json:
    """Return the order system's parcel."""
    return parcel(setting.id, setting.lines, status, at, **details)


def states(*names: str) -> frozenset[str]:
    """Return states by their names."""
    return frozenset(names)
