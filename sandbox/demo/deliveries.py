"""Demo orders of one parcel that go as planned."""

from collections.abc import Iterator
from datetime import datetime

from sandbox.demo.customers import CUSTOMERS
from sandbox.demo.pieces import (
    CHERMSIDE_STORE,
    GEELONG_STORE,
    DemoOrder,
    eparcel,
    line,
    order,
    parcel,
    to_home,
    to_store,
)
from sandbox.demo.scans import article
from sandbox.demo.times import Clock
from support.systems.carriers.registry import AUSTRALIA_POST


def deliveries(now: datetime) -> Iterator[DemoOrder]:
    """Yield the orders, each status of the brief among them."""
    yield _on_its_way(now)
    yield _processing(now)
    yield _picking_express(now)
    yield _ready_to_collect(now)
    yield _not_ready_to_collect(now)
    yield _out_for_delivery(now)
    yield _delivered(now)


def _on_its_way(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "VIC")
    number = eparcel(194571)
    sent = clock.ago(days=3, at="15:00")
    whole = order(
        "410200341",
        CUSTOMERS["Sam"],
        clock.ago(days=5),
        to_home("1 Example St", "Geelong", "VIC", "3220"),
        lines=[line("1", "Anko 1.7 L Stainless Steel Kettle", "43012345")],
        parcels=[
            parcel(
                "P1",
                ["1"],
                "shipped",
                sent,
                carrier=AUSTRALIA_POST,
                tracking_number=number,
                promised_by=clock.business_day(2),
                dispatched_at=sent,
            )
        ],
    )
    scans = article(
        number,
        "In transit",
        (clock.ago(days=1, at="19:40"), "Item processed at facility", "SUNSHINE WEST VIC"),
        (clock.ago(days=2, at="21:05"), "Received by Australia Post", "TRUGANINA VIC"),
        (sent, "Shipping information received by Australia Post", None),
    )
    shows = "On its way by standard delivery; signed in, Sam has a second order"
    return DemoOrder(whole, shows, {(AUSTRALIA_POST, number): scans})


def _processing(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "VIC")
    placed = clock.hours_ago(5)
    whole = order(
        "410200342",
        CUSTOMERS["Sam"],
        placed,
        to_home("1 Example St", "Geelong", "VIC", "3220"),
        lines=[
            line("1", "Anko Queen Bed Cotton Sheet Set", "43120987"),
            line("2", "Anko Memory Foam Pillow", "42987611", quantity=2),
        ],
        parcels=[parcel("P1", ["1", "2"], "processing", placed, promised_by=clock.business_day(6))],
    )
    whole["parcels"][0]["items"][1]["quantity"] = 2
    return DemoOrder(whole, "Processing: paid, not packed yet; Sam's newest order")


def _picking_express(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "NSW")
    whole = order(
        "410200343",
        CUSTOMERS["Priya"],
        clock.hours_ago(20),
        to_home("12 Sample Rd", "Parramatta", "NSW", "2150", "express"),
        lines=[line("1", "Anko 3.2 L Air Fryer", "43233018")],
        parcels=[
            parcel("P1", ["1"], "picking", clock.hours_ago(2), promised_by=clock.business_day(1))
        ],
    )
    return DemoOrder(whole, "Fulfilment/Picking, express delivery")


def _ready_to_collect(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "VIC")
    whole = order(
        "410200344",
        CUSTOMERS["Jack"],
        clock.ago(days=1, at="10:02"),
        to_store(GEELONG_STORE),
        lines=[line("1", "LEGO Classic Bricks Box", "42871150")],
        parcels=[parcel("P1", ["1"], "ready_to_collect", clock.ago(days=1, at="16:20"))],
    )
    return DemoOrder(whole, "Click & Collect, Ready to Collect")


def _not_ready_to_collect(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "QLD")
    placed = clock.hours_ago(2)
    whole = order(
        "410200345",
        CUSTOMERS["Jack"],
        placed,
        to_store(CHERMSIDE_STORE),
        lines=[line("1", "Anko Kids Scooter", "43077002")],
        parcels=[parcel("P1", ["1"], "processing", placed)],
    )
    return DemoOrder(whole, "Click & Collect, not ready yet")


def _out_for_delivery(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "WA")
    number = eparcel(194575)
    sent = clock.ago(days=6, at="11:30")
    this_morning = clock.ago(at="06:48")
    whole = order(
        "410200346",
        CUSTOMERS["Mei"],
        clock.ago(days=8),
        to_home("7 Demo Cres", "Fremantle", "WA", "6160"),
        lines=[line("1", "Anko 2 Person Dome Tent", "42990417")],
        parcels=[
            parcel(
                "P1",
                ["1"],
                "out_for_delivery",
                this_morning,
                carrier=AUSTRALIA_POST,
                tracking_number=number,
                promised_by=clock.business_day(0),
                dispatched_at=sent,
            )
        ],
    )
    scans = article(
        number,
        "In transit",
        (this_morning, "Onboard for delivery", "BIBRA LAKE WA"),
        (clock.ago(days=1, at="17:12"), "Item processed at facility", "PERTH AIRPORT WA"),
        (sent, "Received by Australia Post", "TRUGANINA VIC"),
    )
    scans["tracking_results"][0]["trackable_items"][0]["status"] = "Onboard for delivery"
    shows = "Out for Delivery in Western Australia: the carrier's times are the east coast's"
    return DemoOrder(whole, shows, {(AUSTRALIA_POST, number): scans})


def _delivered(now: datetime) -> DemoOrder:
    clock = Clock.of_state(now, "QLD")
    number = eparcel(194576)
    sent, there = clock.ago(days=5, at="12:00"), clock.ago(days=1, at="11:26")
    whole = order(
        "410200347",
        CUSTOMERS["Tom"],
        clock.ago(days=7),
        to_home("3/40 Test Ave", "Toowoomba", "QLD", "4350"),
        lines=[line("1", "Anko 20-Piece Dinner Set", "43155290")],
        parcels=[
            parcel(
                "P1",
                ["1"],
                "delivered",
                there,
                carrier=AUSTRALIA_POST,
                tracking_number=number,
                promised_by=clock.business_day(-1),
                dispatched_at=sent,
                delivered_at=there,
            )
        ],
    )
    scans = article(
        number,
        "Delivered",
        (there, "Delivered - Left in a safe place", "TOOWOOMBA QLD"),
        (clock.ago(days=1, at="07:02"), "Onboard for delivery", "TOOWOOMBA QLD"),
        (sent, "Received by Australia Post", "TRUGANINA VIC"),
    )
    return DemoOrder(whole, "Delivered, left in a safe place", {(AUSTRALIA_POST, number): scans})
