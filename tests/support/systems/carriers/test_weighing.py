"""A status word against the scans: which of them counts, and when a delivery stands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.australia_post.mapping import status_of
from support.systems.carriers.australia_post.models import answer_from
from support.systems.carriers.australia_post.reading import report_of
from support.systems.carriers.models import CarrierStatus, TrackingReport
from tests.support.systems.carriers.bodies import NUMBER, Json, answer, article, result, scan

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
S = CarrierStatus


def ago(hours: float, description: str, location: str | None = None) -> Json:
    return scan((NOW - timedelta(hours=hours)).isoformat(), description, location)


def read(*results: Json) -> TrackingReport:
    body = answer_from(answer(*results))
    assert body is not None
    carrier, number = CarrierId("australia_post"), TrackingNumber(NUMBER)
    return report_of(body.tracking_results, carrier=carrier, number=number, now=NOW)


def one(status: str | None, *scans: Json) -> TrackingReport:
    return read(result(article(*scans, status=status)))


def item(name: str, *scans: Json, status: str | None = None) -> Json:
    return article(*scans, status=status, number=name)


DELIVERY = ago(2, "Delivered")
IN_FULL = {"status": "Delivered in Full"}
WITH_SCAN = IN_FULL | {"events": [DELIVERY]}
DELIVERED_ITEM = item("A", DELIVERY, status="Item Delivered")


@pytest.mark.parametrize(
    ("items", "meaning"),
    [
        ((item("A", DELIVERY), item("B", ago(1, "In transit"))), S.PARTLY_DELIVERED),
        ((item("A", DELIVERY), item("B", ago(3, "In transit"))), S.PARTLY_DELIVERED),
        ((item("A", ago(2, "In transit")), item("B", ago(1, "In transit"))), S.IN_TRANSIT),
        ((item("A", ago(4, "Onboard"), ago(1, "In transit", "PERTH WA")),), S.IN_TRANSIT),
        ((item("A", DELIVERY), item("B", ago(1, "Delivered"))), S.DELIVERED),
        ((item("A", DELIVERY), item("B")), S.DELIVERED),
    ],
)
def test_a_delivered_result_is_held_against_each_items_scans(
    items: tuple[Json, ...], meaning: CarrierStatus
):
    assert read(result(*items, status="Delivered")).status is meaning


@pytest.mark.parametrize(
    ("whole", "items", "meaning"),
    [
        (IN_FULL, (item("A", ago(1, "X"), status="In Transit"), DELIVERED_ITEM), "partly"),
        (WITH_SCAN, (DELIVERED_ITEM, item("B", ago(1, "Freight odd"), status="Odd")), "partly"),
        (WITH_SCAN, (DELIVERED_ITEM, item("B", status="Returned to sender")), "partly"),
        (
            WITH_SCAN,
            (DELIVERED_ITEM, item("B", ago(3, "Picked Up"), status="Returned to sender")),
            "partly",
        ),
        (WITH_SCAN, (item("B", ago(1, "Freight odd"), status="Odd"),), "mixed"),
        (WITH_SCAN, (item("B", ago(3, "On Board for Delivery"), status="Item Delivered"),), "in"),
        (WITH_SCAN, (item("B", ago(3, "Picked Up"), status="In Transit"),), "in"),
        (WITH_SCAN, (DELIVERED_ITEM, item("B")), "in"),
        (IN_FULL | {"events": [ago(3, "On Board for Delivery")]}, (DELIVERED_ITEM,), "in"),
    ],
)
def test_a_delivered_consignment_stands_while_no_item_speaks_against_it(
    whole: Json, items: tuple[Json, ...], meaning: str
):
    meanings = {"partly": S.PARTLY_DELIVERED, "mixed": S.MIXED, "in": S.DELIVERED}
    assert read(result(*items, consignment=whole)).status is meanings[meaning]


@pytest.mark.parametrize(
    ("later", "meaning"),
    [
        ("Return to sender", S.RETURNED),
        ("Item returned to sender - refused", S.RETURNED),
        ("In transit, PERTH WA", S.IN_TRANSIT),
        ("Onboard for delivery", S.OUT_FOR_DELIVERY),
        ("Attempted delivery - carded", S.ATTEMPTED),
        ("Held at depot", S.HELD),
        ("Customer refused the parcel", S.UNKNOWN),
        ("Proof of delivery available", S.DELIVERED),
        ("Delivery image captured", S.DELIVERED),
        ("Shipping information received by Australia Post", S.DELIVERED),
        ("Delivered", S.DELIVERED),
    ],
)
@pytest.mark.parametrize("word", ["Delivered", None])
def test_what_comes_after_a_delivery_undoes_it_unless_it_is_a_note(
    word: str | None, later: str, meaning: CarrierStatus
):
    report = one(word, DELIVERY, ago(1, later))
    assert report.status is meaning
    assert report.events[0].description == later


@pytest.mark.parametrize(
    ("word", "scans", "meaning"),
    [
        ("In transit", (ago(1, "Delivered"),), S.DELIVERED),
        ("In transit", (ago(1, "Delivered"), ago(5, "In transit")), S.DELIVERED),
        ("In transit", (ago(1, "Attempted delivery"), ago(5, "In transit")), S.ATTEMPTED),
        ("In transit", (ago(1, "In transit"), ago(5, "Delivered")), S.IN_TRANSIT),
        ("In transit", (ago(1, "Refused oddly"), ago(2, "Delivered")), S.UNKNOWN),
        ("Awaiting collection", (ago(1, "In transit"),), S.READY_FOR_COLLECTION),
        ("Awaiting collection", (ago(1, "Delivered"),), S.DELIVERED),
        ("Held by courier", (ago(1, "Delivered"),), S.HELD),
        ("Cancelled", (ago(1, "Delivered"),), S.CANCELLED),
        ("Returned to sender", (ago(1, "Delivered"), ago(3, "Return to sender")), S.RETURNED),
        ("Delivered", (ago(1, "Delivered"), ago(3, "Return to sender")), S.RETURNED),
        (None, (ago(1, "In transit"), ago(3, "Return to sender")), S.RETURNED),
    ],
)
def test_the_newest_telling_scan_wins_over_an_older_word(
    word: str | None, scans: tuple[Json, ...], meaning: CarrierStatus
):
    assert one(word, *scans).status is meaning


def test_a_delivery_scan_of_a_consignment_may_speak_of_one_item_only():
    whole = {"status": "In Transit", "events": [ago(1, "Delivered"), ago(4, "In transit")]}
    other = item("B", ago(3, "In transit"), status="In Transit")
    assert read(result(DELIVERED_ITEM, other, consignment=whole)).status is S.PARTLY_DELIVERED
    assert read(result(DELIVERED_ITEM, consignment=whole)).status is S.DELIVERED
    assert read(result(consignment=whole)).status is S.UNKNOWN


def test_a_scan_in_the_future_decides_nothing_and_is_not_told():
    report = one("In transit", ago(-1, "Delivered"), ago(3, "In transit"))
    assert (report.status, len(report.events)) == (S.IN_TRANSIT, 1)
    report = one("Delivered", ago(-0.5, "Delivered"), ago(3, "In transit"))
    assert (report.status, len(report.events)) == (S.IN_TRANSIT, 1)
    assert one("In transit", ago(-0.2, "Delivered")).status is S.DELIVERED


@pytest.mark.parametrize("count", [{"number_of_items": 3}, {"item_count": "3"}])
def test_more_articles_than_are_listed_are_not_all_delivered(count: Json):
    articles = [DELIVERED_ITEM, item("B", DELIVERY, status="Delivered")]
    assert read(result({"items": articles} | count)).status is S.PARTLY_DELIVERED
    assert read(result(*articles, **count)).status is S.PARTLY_DELIVERED


def test_a_shortage_is_a_part_delivery_only_where_something_was_delivered():
    shortage = {"status": "Final Shortage"}
    assert read(result(DELIVERED_ITEM, consignment=shortage)).status is S.PARTLY_DELIVERED
    assert read(result(item("A", ago(1, "Picked Up")), consignment=shortage)).status is S.UNKNOWN


def test_a_pickup_by_the_carrier_is_not_told_as_a_collection():
    (event,) = one(None, ago(1, "Ready for Pickup")).events
    assert (event.description, event.status) == ("Ready for the carrier to pick up", S.PRE_TRANSIT)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Lost", S.FAILED),
        ("Item lost in depot", S.FAILED),
        ("Undeliverable", S.FAILED),
        ("Cannot be delivered", S.FAILED),
        ("Article damaged", S.UNKNOWN),
        ("Being returned to sender", S.RETURNED),
        ("RETURN TO SENDER", S.RETURNED),
        ("Return to sender cancelled", S.UNKNOWN),
        ("Your delivery is being held", S.HELD),
        ("Held at GEELONG DC", S.HELD),
        ("Delivered to Post Office for collection", S.READY_FOR_COLLECTION),
        ("Awaiting collection at GEELONG LPO", S.READY_FOR_COLLECTION),
        ("Available for collection", S.READY_FOR_COLLECTION),
        ("Ready for collection", S.READY_FOR_COLLECTION),
        ("Ready for Pickup", S.PRE_TRANSIT),
        ("Awaiting collection by carrier", S.UNKNOWN),
        ("Left with neighbour", S.DELIVERED),
        ("Delivered - Left with neighbour", S.DELIVERED),
        ("Redirected", S.IN_TRANSIT),
        ("Onboard with driver", S.OUT_FOR_DELIVERY),
        ("On board with driver", S.OUT_FOR_DELIVERY),
        ("With driver", S.OUT_FOR_DELIVERY),
        ("Attempted delivery - carded", S.ATTEMPTED),
        ("Not delivered", S.UNKNOWN),
        ("Delivered to sender", S.UNKNOWN),
        ("Quantum", S.UNKNOWN),
    ],
)
def test_words(text: str, meaning: CarrierStatus):
    assert status_of(text) is meaning


_WORDS = [
    "Delivered",
    "In transit",
    "Onboard for delivery",
    "Return to sender",
    "Held at depot",
    "Proof of delivery available",
    "Odd",
]
_ITEM = st.builds(
    lambda scans, status: article(*scans, status=status, number="A"),
    st.lists(st.builds(ago, st.integers(min_value=-2, max_value=5), st.sampled_from(_WORDS))),
    st.sampled_from([*_WORDS, None]),
)


@given(st.lists(_ITEM, max_size=3), _ITEM, st.sampled_from([*_WORDS, None]))
def test_the_deciding_scan_has_the_status_that_is_reported(
    items: list[Json], whole: Json, status: str | None
):
    report = read(result(*items, consignment=whole, status=status))
    assert report.deciding_event is None or report.deciding_event.status is report.status


@given(st.lists(_ITEM, max_size=2), st.sampled_from(["Delivered", None]))
def test_an_item_that_was_seen_since_its_delivery_keeps_all_from_being_delivered(
    items: list[Json], status: str | None
):
    moved = item("B", ago(0, "In transit"), DELIVERY, status="Delivered")
    assert read(result(*items, moved, status=status)).status is not S.DELIVERED
    whole = {"status": "Delivered in Full", "events": [ago(1, "Delivered")]}
    assert read(result(*items, moved, consignment=whole)).status is not S.DELIVERED
