"""How an order can stand, in a world of tests.actions.worlds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from support.ids import TrackingNumber
from support.knowledge.library import Library
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.orders.models import Order
from tests.actions.worlds import World
from tests.orders import NOW

_Case = tuple[str, Order, *tuple[TrackingReport, ...]]
_OWN: Mapping[str, str] = {"brand": "kmart"}
"""Published times are Kmart's alone, and so are the orders that need them."""


@dataclass(frozen=True)
class Situation:
    """An order, and what its carrier says."""

    name: str
    world: World
    order: Order
    carriers: MemoryCarriers
    knowledge: Library


def situations(world: World) -> Iterator[Situation]:
    """Yield how an order can stand in a world."""
    known = world.knowledge()
    for kinds in (_ways, _times, _arrived, _several, _of_sellers, _to_store, _told_twice, _odd):
        for name, one, *reports in kinds(world):
            yield Situation(name, world, one, MemoryCarriers(reports), known)


def _ways(world: World) -> Iterator[_Case]:
    """Yield what the order system or the carrier may call how it stands."""
    for status in CarrierStatus:
        yield f"carrier {status}", world.order(), world.report(status)
    for status in ("processing", "picking", "out_for_delivery", "unknown", "cancelled"):
        yield status, world.order(world.parcel(status=status))
    for method in ("unknown", "express"):
        delivery = {"method": method, "address": dict(world.address), "store": None}
        yield f"{method} way", world.order(world.sent(30), delivery=delivery)


def _times(world: World) -> Iterator[_Case]:
    """Yield what may be known of when it comes."""
    yield "on its way", world.order()
    yield "late", world.order(world.late)
    yield "late, held up", world.order(world.late), world.report(CarrierStatus.DELAYED)
    yield "not sent", world.order(world.unsent, **_OWN)
    yield "not sent for long", world.order(world.unsent, placed_at=world.time(480), **_OWN)
    for days in (0, 4, 6, 8, 11, 13, 15, 40):
        yield f"sent {days} days ago", world.order(world.sent(24 * days + 2), **_OWN)
    delayed = world.report(CarrierStatus.DELAYED)
    yield "delayed as published", world.order(world.sent(20), **_OWN), delayed
    nobody_knows = world.parcel(promised_by=None, dispatched_at=None, status_at=None)
    yield "sent, nobody knows when", world.order(nobody_knows, **_OWN)
    day = date.fromisoformat(world.day(3))
    estimate = world.report(CarrierStatus.IN_TRANSIT, estimated_delivery=day)
    yield "estimated", world.order(world.parcel(promised_by=None)), estimate
    both = {"postcode": "2230" if world.days else "6532", "suburb": None, "state": None}
    delivery = {"method": "standard", "address": {"line1": "1 Example St", **both}, "store": None}
    yield "ambiguous", world.order(world.sent(30), **_OWN, delivery=delivery)


def _arrived(world: World) -> Iterator[_Case]:
    yield "delivered", world.order(world.delivered())
    yield "just delivered", world.order(world.delivered(1))
    yield "delivered long ago", world.order(world.delivered(480))
    proof = world.report(CarrierStatus.DELIVERED, proof_of_delivery=f"Left at {world.depot}")
    yield "proven", world.order(world.delivered(480)), proof
    yield "cancelled order", world.order(cancelled_at=world.time(10))
    refund = {"amount": 20.0 + world.days, "at": world.time(3), "line_ids": ["1"]}
    yield "refunded", world.order(world.late, refunds=[refund])


def _several(world: World) -> Iterator[_Case]:
    """Yield orders in two parcels, or in one and something left over."""
    one, two = [{"line_id": "1", "quantity": 1}], [{"line_id": "2", "quantity": 1}]
    here, there = world.delivered(items=one), world.delivered(items=two, id="P2")
    first, second = world.parcel(items=one), world.parcel(items=two, id="P2")
    late, later = {**world.late, "items": one}, {**world.late, "items": two, "id": "P2"}
    yield "two parcels", world.order(first, second)
    yield "one here, one late", world.order(here, later)
    yield "one here, one coming", world.order(here, second)
    third = world.parcel(items=[], id="P3")
    yield "three parcels", world.order(first, second, *[third] * (1 + world.days))
    yield "two arrived", world.order(here, there)
    yield "two late", world.order(late, later)
    yield "half packed", world.order(first)
    yield "half arrived", world.order(here)
    yield "half cancelled", world.order(here, cancelled_at=world.time(9))
    nameless = ({**each, "items": []} for each in (here, second))
    yield "contents unknown", world.order(*nameless)


def _of_sellers(world: World) -> Iterator[_Case]:
    theirs = {"lines": [world.from_seller("1", world.items[0])]}
    yield "seller's", world.order(**theirs)
    yield "seller's, late", world.order(world.late, **theirs)
    yield "seller's, delivered", world.order(world.delivered(), **theirs)
    yield "seller's, not sent", world.order(world.unsent, **theirs)
    other = {"id": "other", "name": f"{world.seller} Annexe", "marketplace": True}
    lines = [*theirs["lines"], world.line("2", name=world.items[1], seller=other)]
    both = [{"line_id": "1", "quantity": 1}, {"line_id": "2", "quantity": 1}]
    yield "two sellers", world.order(world.delivered(items=both), lines=lines)


def _to_store(world: World) -> Iterator[_Case]:
    delivery = {"method": "click_and_collect", "address": None, "store": dict(world.store)}
    waiting = {**world.unsent, "status": "ready_to_collect"}
    yield "ready at store", world.order(waiting, delivery=delivery)
    for status in ("processing", "shipped", "delivered", "collected"):
        yield f"{status} to store", world.order({**waiting, "status": status}, delivery=delivery)
    for days in (-3, 2):
        promised = {**waiting, "status": "picking", "promised_by": world.day(days)}
        yield f"promised to store for {days}", world.order(promised, delivery=delivery)
    for ago in (1, 3, 14, 50):
        ordered = {"placed_at": world.time(ago), "delivery": delivery}
        yield f"ordered to store {ago}", world.order(world.unsent, **_OWN, **ordered)


def _told_twice(world: World) -> Iterator[_Case]:
    """Yield where the order system and the carrier do not say the same."""
    moving = world.report(CarrierStatus.IN_TRANSIT)
    yield "disagree", world.order(world.delivered(40)), moving
    yield "disagree, newer", world.order(world.delivered(2)), world.report(CarrierStatus.HELD)
    shipped_later = world.parcel(status_at=world.time(1))
    yield "disagree, exact", world.order(shipped_later), world.report(CarrierStatus.DELIVERED)
    timeless = world.delivered(delivered_at=None, status_at=None)
    unseen = world.report(CarrierStatus.IN_TRANSIT, events=(), deciding_event=None)
    yield "disagree, no time", world.order(timeless), unseen
    on_board = world.parcel(status="out_for_delivery", status_at=None, dispatched_at=None)
    yield "disagree, on board", world.order(on_board), world.report(CarrierStatus.RETURNED)


def _odd(world: World) -> Iterator[_Case]:
    """Yield where something is not on record."""
    yield "no parcel", world.order(parcels=[])
    yield "no carrier", world.order(world.parcel(carrier=None))
    yield "no number", world.order(world.parcel(tracking_number=None))
    other = "couriersplease" if world.days else "team_global_express"
    yield "another carrier", world.order(world.parcel(carrier=other))
    old = NOW - timedelta(hours=2 + world.days)
    yield (
        "stale",
        world.order(),
        world.report(CarrierStatus.IN_TRANSIT, is_stale=True, looked_up_at=old),
    )
    long_ago = world.scanned(24 * 9, world.depot)
    yield (
        "stands still",
        world.order(world.sent(24 * 10)),
        world.report(CarrierStatus.IN_TRANSIT, events=(long_ago,), deciding_event=long_ago),
    )
    nowhere = world.scanned(3, None)
    yield (
        "placeless scan",
        world.order(),
        world.report(CarrierStatus.IN_TRANSIT, events=(nowhere,), deciding_event=nowhere),
    )
    announced = world.report(CarrierStatus.PRE_TRANSIT, events=(), deciding_event=None)
    yield "no scans", world.order(world.sent(480)), announced
    yield "no scans yet", world.order(), announced
    at_post = {"carrier": AUSTRALIA_POST, "number": TrackingNumber("JDQ019457101000930308")}
    by_post = world.parcel(carrier=at_post["carrier"], tracking_number=at_post["number"])
    waits = world.report(CarrierStatus.READY_FOR_COLLECTION, **at_post)
    yield "at the post office", world.order(by_post), waits
