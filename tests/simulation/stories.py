"""What can have happened to a parcel: its JSON, the carrier's answer about it, and how it stands.

Each story is consistent in itself: the carrier scans after the parcel was sent, and a promise lies
where the story puts it. A new one is a function here and its name in `Story`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from sandbox.demo.scans import not_found
from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK
from tests.simulation.pieces import (
    Chances,
    Setting,
    Told,
    delivery,
    in_transit,
    number_of,
    parcel_of,
    promise,
    sent_parcel,
    states,
)

COURIERSPLEASE: Final = CarrierId("couriersplease")


class Story(StrEnum):
    """How a parcel got where it is."""

    PROCESSING = "processing"
    PICKING = "picking"
    MOVING = "moving"
    STUCK = "stuck"
    JUST_SENT = "just_sent"
    OVERDUE = "overdue"
    DELAYED = "delayed"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    DELIVERED_TO_THE_CARRIER_ONLY = "delivered_to_the_carrier_only"
    ATTEMPTED = "attempted"
    AWAITING_COLLECTION = "awaiting_collection"
    RETURNED = "returned"
    SELLER_PROCESSING = "seller_processing"
    SELLER_SENT = "seller_sent"
    SELLER_DELIVERED = "seller_delivered"
    STORE_PROCESSING = "store_processing"
    STORE_PICKING = "store_picking"
    STORE_READY = "store_ready"
    STORE_COLLECTED = "store_collected"


Teller = Callable[[Setting, Chances], Told]


def tell(story: Story, setting: Setting, chances: Chances) -> Told:
    """Return the parcel of a story."""
    return _TELLERS[story](setting, chances)


def _not_sent(status: str) -> Teller:
    def told(setting: Setting, chances: Chances) -> Told:
        at = setting.clock.hours_ago(chances.hours)
        return Told(
            parcel_of(setting, status, at, promised_by=promise(setting, chances)), states(status)
        )

    return told


def _moving(setting: Setting, chances: Chances) -> Told:
    scan = (setting.clock.hours_ago(chances.hours), *in_transit(setting, chances))
    return sent_parcel(setting, chances, scan, days=chances.days + 2, stands=states("shipped"))


def _stuck(setting: Setting, chances: Chances) -> Told:
    scan = (setting.clock.ago(days=chances.days + 3, at="20:15"), *in_transit(setting, chances))
    return sent_parcel(setting, chances, scan, days=chances.days + 5, stands=states("shipped"))


def _overdue(setting: Setting, chances: Chances) -> Told:
    late = replace(chances, promised=-1 - chances.days)
    scan = (setting.clock.hours_ago(chances.hours), *in_transit(setting, chances))
    return sent_parcel(setting, late, scan, days=chances.days + 7, stands=states("shipped"))


def _delayed(setting: Setting, chances: Chances) -> Told:
    posted = replace(chances, carrier=AUSTRALIA_POST)
    scan = (setting.clock.hours_ago(chances.hours), "Possible delay", setting.place)
    return sent_parcel(
        setting, posted, scan, days=chances.days + 3, stands=states("delayed", "shipped")
    )


def _out_for_delivery(setting: Setting, chances: Chances) -> Told:
    words = {AUSTRALIA_POST: "Onboard for delivery", STARTRACK: "On Board for Delivery"}
    scan = (setting.clock.hours_ago(min(chances.hours, 8)), words[chances.carrier], setting.place)
    stands = states("out for delivery", "shipped")
    return sent_parcel(setting, chances, scan, days=chances.days + 3, stands=stands)


def _attempted(setting: Setting, chances: Chances) -> Told:
    posted = replace(chances, carrier=AUSTRALIA_POST)
    scan = (setting.clock.hours_ago(chances.hours), "Attempted delivery", setting.place)
    stands = states("delivery attempted", "shipped")
    return sent_parcel(setting, posted, scan, days=chances.days + 3, stands=stands)


def _awaiting_collection(setting: Setting, chances: Chances) -> Told:
    posted = replace(chances, carrier=AUSTRALIA_POST)
    scan = (setting.clock.hours_ago(chances.hours), "Awaiting collection", setting.place)
    stands = states("awaiting collection", "shipped")
    return sent_parcel(setting, posted, scan, days=chances.days + 4, stands=stands)


def _returned(setting: Setting, chances: Chances) -> Told:
    posted = replace(chances, carrier=AUSTRALIA_POST)
    scan = (setting.clock.hours_ago(chances.hours), "Returned to sender", setting.place)
    stands = states("returned to sender", "shipped")
    return sent_parcel(setting, posted, scan, days=chances.days + 6, stands=stands)


def _just_sent(setting: Setting, chances: Chances) -> Told:
    sent = setting.clock.hours_ago(chances.hours)
    number = number_of(setting, AUSTRALIA_POST)
    whole = parcel_of(
        setting,
        "shipped",
        sent,
        carrier=AUSTRALIA_POST,
        tracking_number=number,
        promised_by=promise(setting, chances),
        dispatched_at=sent,
    )
    return Told(whole, states("shipped", "not scanned yet"), not_found(number))


def _delivered_to_the_carrier_only(setting: Setting, chances: Chances) -> Told:
    scan = (setting.clock.hours_ago(chances.hours), delivery(chances), setting.place)
    return sent_parcel(
        setting, chances, scan, days=chances.days + 4, stands=states("delivered", "shipped")
    )


def _delivered(setting: Setting, chances: Chances) -> Told:
    at = setting.clock.ago(days=chances.days, at="14:47")
    scan = (at, delivery(chances), setting.place)
    told = sent_parcel(setting, chances, scan, days=chances.days + 4, stands=states("delivered"))
    written = at.isoformat(timespec="seconds")
    there = {"status": "delivered", "status_at": written, "delivered_at": written}
    return replace(told, parcel=told.parcel | there)


def _seller_sent(setting: Setting, chances: Chances) -> Told:
    sent = setting.clock.ago(days=chances.days + 1, at="13:00")
    whole = parcel_of(
        setting,
        "shipped",
        sent,
        carrier=COURIERSPLEASE,
        tracking_number=TrackingNumber(f"CPA{setting.serial:07d}"),
        promised_by=promise(setting, chances),
        dispatched_at=sent,
    )
    return Told(whole, states("shipped"))


def _seller_delivered(setting: Setting, chances: Chances) -> Told:
    told = _seller_sent(setting, replace(chances, days=chances.days + 2))
    at = setting.clock.ago(days=chances.days, at="11:20").isoformat(timespec="seconds")
    there = {"status": "delivered", "status_at": at, "delivered_at": at}
    return Told(told.parcel | there, states("delivered"))


def _in_store(status: str, *, state: str | None = None) -> Teller:
    def told(setting: Setting, chances: Chances) -> Told:
        at = setting.clock.hours_ago(chances.hours)
        return Told(parcel_of(setting, status, at), states(state or status.replace("_", " ")))

    return told


_TELLERS: Final[Mapping[Story, Teller]] = {
    Story.PROCESSING: _not_sent("processing"),
    Story.PICKING: _not_sent("picking"),
    Story.MOVING: _moving,
    Story.STUCK: _stuck,
    Story.JUST_SENT: _just_sent,
    Story.OVERDUE: _overdue,
    Story.DELAYED: _delayed,
    Story.OUT_FOR_DELIVERY: _out_for_delivery,
    Story.DELIVERED: _delivered,
    Story.DELIVERED_TO_THE_CARRIER_ONLY: _delivered_to_the_carrier_only,
    Story.ATTEMPTED: _attempted,
    Story.AWAITING_COLLECTION: _awaiting_collection,
    Story.RETURNED: _returned,
    Story.SELLER_PROCESSING: _not_sent("processing"),
    Story.SELLER_SENT: _seller_sent,
    Story.SELLER_DELIVERED: _seller_delivered,
    Story.STORE_PROCESSING: _in_store("processing"),
    Story.STORE_PICKING: _in_store("picking"),
    Story.STORE_READY: _in_store("ready_to_collect"),
    Story.STORE_COLLECTED: _in_store("collected"),
}
