"""Every shape of an answer, and what it must be read as."""

from datetime import UTC, datetime

import pytest

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.australia_post.models import answer_from
from support.systems.carriers.australia_post.reading import report_of
from support.systems.carriers.models import CarrierStatus, TrackingReport
from tests.support.systems.carriers.bodies import (
    DELIVERED,
    NUMBER,
    ONBOARD,
    SCANNED,
    Json,
    answer,
    article,
    result,
    scan,
)

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def read(*results: Json, number: str = NUMBER) -> TrackingReport:
    body = answer_from(answer(*results))
    assert body is not None
    return report_of(
        body.tracking_results,
        carrier=CarrierId("australia_post"),
        number=TrackingNumber(number),
        now=NOW,
    )


def status(*results: Json, number: str = NUMBER) -> CarrierStatus:
    return read(*results, number=number).status


def startrack(consignment: object, *items: Json) -> Json:
    return result(*items, consignment=consignment)


def test_an_articles_own_status_counts():
    report = read(result(article(SCANNED, status="In transit"), status="In transit"))
    assert report.status is CarrierStatus.IN_TRANSIT
    assert report.deciding_event is not None
    assert report.deciding_event.description == "Item processed at facility"
    assert report.looked_up_at == NOW


def test_a_status_that_is_only_on_the_result_counts():
    assert status(result(article(DELIVERED), status="Delivered")) is CarrierStatus.DELIVERED


def test_without_any_status_the_newest_telling_scan_counts():
    told = scan("2026-11-24T12:00:00+11:00", "Notification sent to the customer")
    assert status(result(article(told, ONBOARD, SCANNED))) is CarrierStatus.OUT_FOR_DELIVERY


def test_a_vendors_unknown_is_read_off_its_scans():
    assert status(result(article(ONBOARD, SCANNED, status="Unknown"))) is (
        CarrierStatus.OUT_FOR_DELIVERY
    )
    assert status(result(article(status="Unknown"))) is CarrierStatus.UNKNOWN


@pytest.mark.parametrize("word", ["Quantum delivered", "Article damaged", "Delivered to agent"])
def test_a_word_that_no_table_knows_stays_unknown_whatever_the_scans_say(word: str):
    report = read(result(article(DELIVERED, status=word), status=word))
    assert (report.status, report.deciding_event) == (CarrierStatus.UNKNOWN, None)
    assert status(startrack({"status": word}, article(DELIVERED, status="Delivered"))) is (
        CarrierStatus.UNKNOWN
    )


def test_an_unknown_word_on_the_result_is_not_read_off_the_scans_either():
    assert status(result(article(DELIVERED), status="Quantum")) is CarrierStatus.UNKNOWN


def test_the_newest_scan_is_not_always_the_deciding_one():
    later = scan("2026-11-24T13:00:00+11:00", "Proof of delivery available", "MELBOURNE VIC")
    report = read(result(article(later, DELIVERED, ONBOARD, status="Delivered")))
    assert report.events[0].description == "Proof of delivery available"
    assert report.deciding_event is not None
    assert report.deciding_event.description == "Delivered"


def test_a_consignments_articles_are_found_in_items():
    nested = {
        "consignment_id": NUMBER,
        "items": [article(DELIVERED, status="Delivered", number="A")],
    }
    assert status(result(nested)) is CarrierStatus.DELIVERED


def test_a_consignment_is_delivered_only_when_every_article_is():
    one = article(DELIVERED, status="Delivered", number="A")
    other = article(ONBOARD, status="In transit", number="B")
    assert status(result({"items": [one, other]})) is CarrierStatus.PARTLY_DELIVERED
    assert status(result({"items": [one, one]})) is CarrierStatus.DELIVERED


def test_an_article_that_is_not_listed_may_still_be_out():
    nested = {"number_of_items": 2, "items": [article(DELIVERED, status="Delivered", number="A")]}
    assert status(result(nested)) is CarrierStatus.PARTLY_DELIVERED


def test_articles_that_differ_without_a_delivery_are_mixed():
    one = article(status="In transit", number="A")
    other = article(status="Held by courier", number="B")
    assert status(result(one, other)) is CarrierStatus.MIXED


def test_only_the_article_that_was_asked_for_counts():
    one = article(DELIVERED, status="Delivered", number="A1")
    other = article(ONBOARD, SCANNED, status="In transit", number="B1")
    nested = {"consignment_id": NUMBER, "number_of_items": 2, "items": [one, other]}
    report = read(result(nested), number="A1")
    assert report.status is CarrierStatus.DELIVERED
    assert [event.description for event in report.events] == ["Delivered"]
    assert status(result(nested), number="B1") is CarrierStatus.OUT_FOR_DELIVERY


@pytest.mark.parametrize(
    "shape", [lambda whole: whole, lambda whole: [whole]], ids=["object", "list"]
)
def test_startracks_consignment_counts_although_its_items_lag(shape):  # noqa: ANN001
    whole = {"status": "Delivered in Full", "events": [DELIVERED]}
    report = read(startrack(shape(whole), article(ONBOARD, status="On Board for Delivery")))
    assert report.status is CarrierStatus.DELIVERED
    assert report.deciding_event is not None
    assert report.deciding_event.at == datetime(2026, 11, 24, 0, 26, tzinfo=UTC)


def test_of_several_consignments_all_must_be_delivered():
    wholes = [{"status": "Delivered in Full"}, {"status": "In Transit"}]
    assert status(startrack(wholes)) is CarrierStatus.PARTLY_DELIVERED


def test_an_item_seen_elsewhere_after_the_delivery_makes_it_mixed():
    whole = {"status": "Delivered", "events": [DELIVERED]}
    later = scan("2026-11-24T12:30:00+11:00", "Freight Handling", "MEL")
    assert status(startrack(whole, article(later, status="In Transit"))) is CarrierStatus.MIXED


def test_a_consignment_under_way_with_delivered_items_is_partly_delivered():
    whole = {"status": "In Transit", "events": [SCANNED]}
    assert status(startrack(whole, article(DELIVERED, status="Item Delivered"))) is (
        CarrierStatus.PARTLY_DELIVERED
    )


def test_ready_for_pickup_waits_for_the_carrier():
    assert status(startrack({"status": "Ready for Pickup"})) is CarrierStatus.PRE_TRANSIT


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Partial Delivery", CarrierStatus.PARTLY_DELIVERED),
        ("Final Shortage", CarrierStatus.UNKNOWN),
        ("To be Re-Delivered", CarrierStatus.ATTEMPTED),
        ("Booked In", CarrierStatus.SCHEDULED),
        ("At Delivery Depot", CarrierStatus.IN_TRANSIT),
        ("Unsuccessful Delivery", CarrierStatus.ATTEMPTED),
    ],
)
def test_startracks_words(word: str, meaning: CarrierStatus):
    assert status(startrack({"status": word})) is meaning


def test_a_consignment_without_status_is_read_off_its_scans_except_a_delivery():
    assert status(startrack({"events": [ONBOARD]}, article(SCANNED))) is (
        CarrierStatus.OUT_FOR_DELIVERY
    )
    assert status(startrack({"events": [DELIVERED]})) is CarrierStatus.UNKNOWN


def test_track_items_for_details_means_the_items_count():
    hint = "Track items for detailed delivery information"
    assert status(result(article(SCANNED, status="In transit"), status=hint)) is (
        CarrierStatus.IN_TRANSIT
    )
    assert status(result(article(ONBOARD), status=hint)) is CarrierStatus.OUT_FOR_DELIVERY


def test_scans_come_once_newest_first_in_utc():
    report = read(result(article(SCANNED, ONBOARD, SCANNED, status="In transit")))
    assert [event.at for event in report.events] == [
        datetime(2026, 11, 23, 20, 2, tzinfo=UTC),
        datetime(2026, 11, 23, 8, 40, tzinfo=UTC),
    ]


def test_a_perth_scan_has_the_offset_that_is_written_and_else_the_east_coasts():
    written = scan("2026-11-24T10:00:00+11:00", "Delivered", "PERTH WA")
    unwritten = scan("2026-11-24T09:00:00", "Onboard for delivery", "PERTH WA")
    report = read(result(article(written, unwritten, status="Delivered")))
    assert [event.at.hour for event in report.events] == [23, 22]


def test_tabs_newlines_and_odd_spaces_do_not_matter():
    messy = scan(
        "2026-11-24T11:26:00+11:00", "Delivered\t-\n Left in a  safe place", " GEELONG\tVIC "
    )
    report = read(result(article(messy, status=" Delivered\n")))
    assert report.status is CarrierStatus.DELIVERED
    assert report.events[0].location == "GEELONG VIC"
    assert report.proof_of_delivery == "Left in a safe place"


@pytest.mark.parametrize(
    "broken",
    [
        scan(None, "Delivered"),
        scan("yesterday", "Delivered"),
        scan("0001-01-01T00:00:00+14:00", "Delivered"),
        scan("2026-11-24T11:26:00+11:00", None),
        {"date": 7, "description": ["Delivered"], "location": {}},
    ],
)
def test_a_broken_scan_is_left_out(broken: Json):
    report = read(result(article(broken, SCANNED, status="In transit")))
    assert [event.description for event in report.events] == ["Item processed at facility"]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Delivered - Left with an individual at the address", CarrierStatus.DELIVERED),
        ("Delivered - Parcel locker", CarrierStatus.UNKNOWN),
        ("Delivered - Awaiting collection at GEELONG LPO", CarrierStatus.UNKNOWN),
        ("Delivered at delivery depot", CarrierStatus.UNKNOWN),
        ("Awaiting collection at GEELONG LPO", CarrierStatus.READY_FOR_COLLECTION),
        ("Attempted delivery - Card left", CarrierStatus.ATTEMPTED),
    ],
)
def test_details_behind_a_scans_text_are_understood_or_left_unknown(
    text: str, meaning: CarrierStatus
):
    assert status(result(article(scan("2026-11-24T11:26:00+11:00", text)))) is meaning


def test_no_proof_is_told_of_what_is_not_wholly_delivered():
    safe = scan("2026-11-24T11:26:00+11:00", "Delivered - Left in a safe place")
    one = article(safe, status="Delivered", number="A")
    report = read(result(one, article(status="In transit", number="B")))
    assert report.proof_of_delivery is None
