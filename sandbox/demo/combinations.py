"""Demo orders of other brands, sellers and carriers, and of several parcels."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sandbox.demo.customers import CUSTOMERS
from sandbox.demo.pieces import (
    GEELONG_STORE,
    LAMPS,
    PETS,
    TARGET,
    TARGET_STORE,
    DemoOrder,
    eparcel,
    line,
    order,
    parcel,
    to_home,
    to_store,
)
from sandbox.demo.scans import article, consignment
from sandbox.demo.times import Clock
from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK

_COURIERSPLEASE: Final = CarrierId("couriersplease")


def combinations(now: datetime) -> Iterator[DemoOrder]:
    """Yield the orders."""
    yield _target_express(now)
    yield _marketplace(now)
    yield _several_parcels(now)
    yield _mixed_methods(now)
    yield _collected(now)
    yield _partly_delivered(now)


def _target_express(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "NSW")
    number = TrackingNumber("6KMT00194577")
    sent = clock.ago(days=1, at="14:10")
    whole = order(
        "410200348",
        CUSTOMERS["Aisha"],
        clock.ago(days=2),
        to_home("88 Trial St", "Newtown", "NSW", "2042", "express"),
        brand="target",
        lines=[line("1", "Target Linen Blend Midi Dress", "70114523", seller=TARGET)],
        parcels=[
            parcel(
                "P1",
                ["1"],
                "shipped",
                sent,
                carrier=STARTRACK,
                tracking_number=number,
                promised_by=clock.business_day(1),
                dispatched_at=sent,
            )
        ],
    )
    scans = consignment(
        number,
        "In Transit",
        (clock.hours_ago(4), "In Transit", "SYD"),
        (sent, "Picked Up", "SYD"),
        lagging=(sent, "Picked Up", "SYD"),
    )
    return DemoOrder(
        whole, "Target, express with StarTrack, on its way", {(STARTRACK, number): scans}
    )


def _marketplace(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "SA")
    sent = clock.ago(days=2, at="13:00")
    whole = order(
        "410200349",
        CUSTOMERS["Noah"],
        clock.ago(days=6),
        to_home("5 Model St", "Norwood", "SA", "5067"),
        lines=[line("1", "Rattan Floor Lamp", "MP-550123", seller=LAMPS)],
        parcels=[
            parcel(
                "P1",
                ["1"],
                "shipped",
                sent,
                carrier=_COURIERSPLEASE,
                tracking_number=TrackingNumber("CPA0194578"),
                promised_by=clock.business_day(4),
                dispatched_at=sent,
            )
        ],
    )
    return DemoOrder(whole, "Marketplace seller, sent with a carrier that cannot be asked")


def _several_parcels(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "VIC")
    first, second = eparcel(194579), TrackingNumber("6KMT00194580")
    sent, there = clock.ago(days=4, at="13:30"), clock.ago(days=1, at="14:47")
    promised = clock.business_day(3)
    shared = {"promised_by": promised, "dispatched_at": sent}
    whole = order(
        "410200350",
        CUSTOMERS["Grace"],
        clock.ago(days=6),
        to_home("21 Pattern Ct", "Ballarat", "VIC", "3350"),
        lines=[
            line("1", "Anko Velvet Cushion", "43201145"),
            line("2", "Anko 4-Tier Shelf", "42775031"),
            line("3", "Orthopaedic Dog Bed", "MP-610077", seller=PETS),
        ],
        parcels=[
            parcel(
                "P1",
                ["1"],
                "delivered",
                there,
                carrier=AUSTRALIA_POST,
                tracking_number=first,
                delivered_at=there,
                **shared,
            ),
            parcel(
                "P2", ["2"], "shipped", sent, carrier=STARTRACK, tracking_number=second, **shared
            ),
            parcel("P3", ["3"], "processing", clock.ago(days=6), promised_by=clock.business_day(8)),
        ],
    )
    tracking = {
        (AUSTRALIA_POST, first): article(
            first,
            "Delivered",
            (there, "Delivered - Signed for at the door", "BALLARAT VIC"),
            (clock.ago(days=1, at="07:31"), "Onboard for delivery", "BALLARAT VIC"),
        ),
        (STARTRACK, second): consignment(
            second,
            "At Delivery Depot",
            (clock.hours_ago(16), "At Delivery Depot", "BAL"),
            (sent, "Picked Up", "MEL"),
            lagging=(sent, "Picked Up", "MEL"),
        ),
    }
    shows = "Three parcels: delivered, on its way with StarTrack, a Marketplace one not sent yet"
    return DemoOrder(whole, shows, tracking)


def _mixed_methods(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "VIC")
    number = eparcel(194581)
    sent = clock.ago(days=1, at="15:45")
    whole = order(
        "410200351",
        CUSTOMERS["Liam"],
        clock.ago(days=2),
        to_home("9 Sketch Ln", "Lara", "VIC", "3212"),
        lines=[
            line("1", "Anko Gas BBQ Cover", "42660218"),
            line("2", "Anko Outdoor Solar Lights 10 Pack", "43098876"),
        ],
        parcels=[
            parcel(
                "P1",
                ["1"],
                "ready_to_collect",
                clock.ago(days=1, at="12:20"),
                method="click_and_collect",
                store=GEELONG_STORE,
            ),
            parcel(
                "P2",
                ["2"],
                "shipped",
                sent,
                carrier=AUSTRALIA_POST,
                tracking_number=number,
                promised_by=clock.business_day(4),
                dispatched_at=sent,
            ),
        ],
    )
    scans = article(number, "In transit", (sent, "Received by Australia Post", "TRUGANINA VIC"))
    shows = "One parcel to collect, the other one delivered to the address"
    return DemoOrder(whole, shows, {(AUSTRALIA_POST, number): scans})


def _collected(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "NSW")
    whole = order(
        "410200363",
        CUSTOMERS["Hugo"],
        clock.ago(days=6),
        to_store(TARGET_STORE),
        brand="target",
        lines=[line("1", "Target Baby Swaddle 3 Pack", "70220981", seller=TARGET)],
        parcels=[parcel("P1", ["1"], "collected", clock.ago(days=3, at="17:55"))],
    )
    return DemoOrder(whole, "Target Click & Collect, collected")


def _partly_delivered(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "ACT")
    number = TrackingNumber("6KMT00194593")
    sent, there = clock.ago(days=3, at="16:05"), clock.ago(days=1, at="13:18")
    whole = order(
        "410200364",
        CUSTOMERS["Willow"],
        clock.ago(days=5),
        to_home("30 Draft Pl", "Belconnen", "ACT", "2617"),
        lines=[line("1", "Anko 6-Piece Outdoor Dining Setting", "43244470")],
        parcels=[
            parcel(
                "P1",
                ["1"],
                "shipped",
                sent,
                carrier=STARTRACK,
                tracking_number=number,
                promised_by=clock.business_day(2),
                dispatched_at=sent,
            )
        ],
    )
    scans = consignment(
        number,
        "Partial Delivery",
        (there, "Partial Delivery", "CBR"),
        (sent, "Picked Up", "SYD"),
        items=3,
        lagging=(clock.ago(days=1, at="07:20"), "On Board for Delivery", "CBR"),
    )
    return DemoOrder(
        whole, "Three boxes, of which some were delivered", {(STARTRACK, number): scans}
    )
