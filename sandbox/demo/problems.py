"""Demo orders with which something is wrong."""

from collections.abc import Iterator
from datetime import datetime

from sandbox.demo.customers import CUSTOMERS
from sandbox.demo.pieces import DemoOrder, line, order, parcel, to_home
from sandbox.demo.scans import not_found
from sandbox.demo.sent_order import SentOrder
from sandbox.demo.times import Clock


def problems(now: datetime) -> Iterator[DemoOrder]:
    """Yield the orders."""
    yield _cancelled(now)
    yield _partly_refunded(now)
    yield _unknown_status(now)
    yield from _disagreeing(now)
    yield from _not_handed_over(now)
    yield from _late(now)
    yield _not_found_yet(now)


def _cancelled(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "TAS")
    cancelled = clock.ago(days=3, at="10:40")
    whole = order(
        "410200352",
        CUSTOMERS["Chloe"],
        clock.ago(days=4),
        to_home("14 Outline Rd", "Sandy Bay", "TAS", "7005"),
        lines=[line("1", "Anko Espresso Coffee Machine", "43187265")],
        parcels=[parcel("P1", ["1"], "cancelled", cancelled)],
        cancelled_at=cancelled,
        refunds=[
            {
                "amount": 99.0,
                "at": cancelled.isoformat(timespec="seconds"),
                "line_ids": ["1"],
                "reason": "Cancelled at the customer's request",
            }
        ],
    )
    return DemoOrder(whole, "Cancelled and refunded in full")


def _partly_refunded(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "QLD")
    refunded = clock.ago(days=2, at="16:12")
    demo = SentOrder(
        number="410200353",
        customer=CUSTOMERS["Ethan"],
        delivery=to_home("60 Figure St", "Cairns", "QLD", "4870"),
        lines=(
            line("1", "Anko Bath Towel", "42900310"),
            line("2", "Anko Bamboo Bath Mat", "42900877"),
        ),
        consignment=194583,
        scans=((clock.ago(days=1, at="20:18"), "Item processed at facility", "BRISBANE QLD"),),
        shows="One item could not be supplied and was refunded, the other one is on its way",
    ).with_australia_post(clock)
    demo.order["parcels"].append(parcel("P2", ["2"], "cancelled", refunded))
    demo.order["refunds"] = [
        {
            "amount": 15.0,
            "at": refunded.isoformat(timespec="seconds"),
            "line_ids": ["2"],
            "reason": "Out of stock",
        }
    ]
    return demo


def _unknown_status(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "NT")
    whole = order(
        "410200355",
        CUSTOMERS["Oliver"],
        clock.ago(days=2),
        to_home("2 Concept Dr", "Palmerston", "NT", "0830"),
        lines=[line("1", "Anko Pedestal Fan", "43051123")],
        parcels=[parcel("P1", ["1"], "quality_hold", clock.ago(days=1, at="08:30"))],
    )
    return DemoOrder(whole, "A status that nobody has explained to the assistant")


def _disagreeing(now: datetime) -> Iterator[DemoOrder]:
    clock = Clock.of_state(now, "VIC")
    yield SentOrder(
        number="410200356",
        customer=CUSTOMERS["Isla"],
        delivery=to_home("17 Specimen St", "Bendigo", "VIC", "3550"),
        lines=(line("1", "Anko Round Wall Mirror", "43166054"),),
        consignment=194586,
        scans=(
            (clock.hours_ago(3), "Delivered", "BENDIGO VIC"),
            (clock.hours_ago(7), "Onboard for delivery", "BENDIGO VIC"),
        ),
        status="Delivered",
        shows="Order system: shipped. Carrier, later: delivered",
    ).with_australia_post(clock)
    early = SentOrder(
        number="410200357",
        customer=CUSTOMERS["Leo"],
        delivery=to_home("4 Instance Ave", "Frankston", "VIC", "3199"),
        lines=(line("1", "Anko Kids Play Kitchen", "42811906"),),
        consignment=194587,
        scans=(
            (clock.hours_ago(1), "Onboard for delivery", "SEAFORD VIC"),
            (clock.ago(days=1, at="18:30"), "Item processed at facility", "DANDENONG VIC"),
        ),
        status="Onboard for delivery",
        shows="Order system: delivered. Carrier, later: out for delivery",
    ).with_australia_post(clock)
    said = clock.hours_ago(6).isoformat(timespec="seconds")
    early.order["parcels"][0] |= {"status": "delivered", "status_at": said, "delivered_at": said}
    yield early


def _not_handed_over(now: datetime) -> Iterator[DemoOrder]:
    clock = Clock.of_state(now, "NSW")
    missed = clock.ago(days=1, at="12:33")
    yield SentOrder(
        number="410200358",
        customer=CUSTOMERS["Ruby"],
        delivery=to_home("8/2 Replica St", "Wollongong", "NSW", "2500"),
        lines=(line("1", "Anko Electric Blanket Queen", "43002245"),),
        consignment=194588,
        scans=(
            (missed, "Attempted delivery", "WOLLONGONG NSW"),
            (clock.ago(days=1, at="07:15"), "Onboard for delivery", "WOLLONGONG NSW"),
        ),
        status="Attempted delivery",
        shows="The carrier tried to deliver and nobody was there",
    ).with_australia_post(clock)
    yield SentOrder(
        number="410200359",
        customer=CUSTOMERS["Max"],
        delivery=to_home("51 Prototype Pde", "Dubbo", "NSW", "2830"),
        lines=(line("1", "Anko Cordless Stick Vacuum", "43210066"),),
        consignment=194589,
        scans=(
            (clock.ago(days=1, at="15:50"), "Awaiting collection", "DUBBO NSW"),
            (clock.ago(days=2, at="12:05"), "Attempted delivery", "DUBBO NSW"),
        ),
        status="Awaiting collection",
        shows="Waits at a post office after an attempted delivery",
    ).with_australia_post(clock)
    yield SentOrder(
        number="410200360",
        customer=CUSTOMERS["Ella"],
        delivery=to_home("33 Mockup Rd", "Orange", "NSW", "2800"),
        lines=(line("1", "Anko Laptop Desk", "42733390"),),
        consignment=194590,
        scans=(
            (clock.ago(days=1, at="09:44"), "Returned to sender", "ORANGE NSW"),
            (clock.ago(days=3, at="13:20"), "Attempted delivery", "ORANGE NSW"),
        ),
        status="Returned to sender",
        shows="The carrier returned it to the sender",
    ).with_australia_post(clock)


def _late(now: datetime) -> Iterator[DemoOrder]:
    clock = Clock.of_state(now, "QLD")
    yield SentOrder(
        number="410200354",
        customer=CUSTOMERS["Zara"],
        delivery=to_home("19 Facsimile St", "Mount Isa", "QLD", "4825"),
        lines=(line("1", "Anko Portable Speaker", "43148812"),),
        consignment=194584,
        scans=((clock.ago(days=8, at="22:40"), "Item processed at facility", "BRISBANE QLD"),),
        days_ago=10,
        promised_in=-3,
        shows="Overdue, and not scanned for more than a week",
    ).with_australia_post(clock)
    yield SentOrder(
        number="410200362",
        customer=CUSTOMERS["Nina"],
        delivery=to_home("6 Likeness Ct", "Rockhampton", "QLD", "4700"),
        lines=(line("1", "Anko Inflatable Pool", "43060619"),),
        consignment=194592,
        scans=((clock.ago(days=1, at="08:05"), "Possible delay", "BRISBANE QLD"),),
        status="Possible delay",
        days_ago=7,
        promised_in=-1,
        shows="Overdue; the carrier speaks of a possible delay",
    ).with_australia_post(clock)


def _not_found_yet(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "VIC")
    demo = SentOrder(
        number="410200361",
        customer=CUSTOMERS["Arlo"],
        delivery=to_home("11 Example Way", "Werribee", "VIC", "3030"),
        lines=(line("1", "Anko Bluetooth Headphones", "43099911"),),
        consignment=194591,
        shows="Just sent: the carrier does not know the tracking number yet",
    ).with_australia_post(clock)
    sent = clock.hours_ago(4).isoformat(timespec="seconds")
    demo.order["parcels"][0] |= {"status_at": sent, "dispatched_at": sent}
    ((place, _),) = demo.tracking.items()
    demo.tracking[place] = not_found(place[1])
    return demo
