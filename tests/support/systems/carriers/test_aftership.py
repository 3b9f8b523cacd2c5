"""AfterShip's answers, in the shape its documentation shows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.aftership.adapter import AfterShipTracking
from support.systems.carriers.aftership.mapping import NOTES, SUBTAGS, TAGS, status_of
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemRateLimited,
    SystemRefused,
)

Json = dict[str, Any]
URL = "http://aftership.test/tracking/2026-07"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
COURIERS_PLEASE = CarrierId("couriersplease")
NUMBER = TrackingNumber("CPABC0001234567")


def checkpoint(time: str, tag: str, subtag: str, message: str = "Scan", **fields: Any) -> Json:
    return {
        "checkpoint_time": time,
        "tag": tag,
        "subtag": subtag,
        "message": message,
        "slug": "couriers-please",
        "country_region": "AUS",
        "events": [],
    } | fields


PICKED_UP = checkpoint("2026-11-22T09:00:00+11:00", "InTransit", "InTransit_002", "Picked up")
ON_BOARD = checkpoint("2026-11-24T07:00:00+11:00", "OutForDelivery", "OutForDelivery_001", "On it")
HANDED = checkpoint("2026-11-24T10:12:00+11:00", "Delivered", "Delivered_003", "Signed by C. Moss")


def tracking(tag: str, subtag: str, *checkpoints: Json, **fields: Any) -> Json:
    return {
        "id": "0b02015fc7fd4f3c8d5490cece4d124d",
        "tracking_number": NUMBER,
        "slug": "couriers-please",
        "active": True,
        "tag": tag,
        "subtag": subtag,
        "signed_by": "C. Moss",
        "checkpoints": list(checkpoints),
    } | fields


def answer(*trackings: Json) -> Json:
    pagination = {"total": len(trackings), "has_next_page": False}
    data = {"pagination": pagination, "trackings": list(trackings)}
    return {"meta": {"code": 200}, "data": data}


async def look_up(
    response: httpx.Response | Json, *, carrier: CarrierId = COURIERS_PLEASE
) -> TrackingReport:
    given = response if isinstance(response, httpx.Response) else httpx.Response(200, json=response)
    transport = httpx.MockTransport(lambda _: given)
    async with httpx.AsyncClient(transport=transport) as client:
        adapter = AfterShipTracking(client, URL, "as-key", now=lambda: NOW)
        asked = Asked(carrier, NUMBER)
        told = (await adapter.track_all([asked]))[asked]
    if isinstance(told, TrackingReport):
        return told
    raise told


async def status(tag: str, subtag: str, *checkpoints: Json, **fields: Any) -> CarrierStatus:
    return (await look_up(answer(tracking(tag, subtag, *checkpoints, **fields)))).status


async def test_the_request_is_the_documented_one():
    asked: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=answer())

    async with httpx.AsyncClient(transport=httpx.MockTransport(respond)) as client:
        adapter = AfterShipTracking(client, URL, "as-key")
        await adapter.track_all([Asked(COURIERS_PLEASE, TrackingNumber(n)) for n in ("A1", "B2")])
    assert asked[0].url.path == "/tracking/2026-07/trackings"
    assert asked[0].url.params["tracking_numbers"] == "A1,B2"
    assert asked[0].headers["as-api-key"] == "as-key"
    assert "as-key" not in repr(adapter)


async def test_a_delivery_is_read_with_its_scans_and_without_who_signed():
    report = await look_up(
        answer(tracking("Delivered", "Delivered_003", PICKED_UP, ON_BOARD, HANDED))
    )
    assert report.status is CarrierStatus.DELIVERED
    assert report.deciding_event is not None
    assert report.deciding_event.at == datetime(2026, 11, 23, 23, 12, tzinfo=UTC)
    assert [event.status for event in report.events] == [
        CarrierStatus.DELIVERED,
        CarrierStatus.OUT_FOR_DELIVERY,
        CarrierStatus.IN_TRANSIT,
    ]
    assert report.proof_of_delivery == "Signed for"
    assert report.looked_up_at == NOW


@pytest.mark.parametrize(
    ("subtag", "meaning"),
    [
        ("Exception_005", CarrierStatus.DELAYED),
        ("Exception_008", CarrierStatus.HELD),
        ("Exception_010", CarrierStatus.RETURNED),
        ("Exception_013", CarrierStatus.FAILED),
        ("Exception_001", CarrierStatus.UNKNOWN),
        ("Exception_012", CarrierStatus.UNKNOWN),
        ("Exception_099", CarrierStatus.UNKNOWN),
    ],
)
async def test_an_exception_means_what_its_subtag_says(subtag: str, meaning: CarrierStatus):
    assert await status("Exception", subtag, PICKED_UP) is meaning


@pytest.mark.parametrize("tag", ["Quantum", "delivered", "", None, 7, "Expired"])
@pytest.mark.parametrize("subtag", ["Quantum_001", "Delivered", "", None, ["Delivered_001"]])
async def test_what_no_table_lists_stays_unknown(tag: Any, subtag: Any):
    report = await look_up(answer(tracking(tag, subtag, HANDED)))
    assert (report.status, report.deciding_event) == (CarrierStatus.UNKNOWN, None)


def test_each_listed_subtag_belongs_to_a_tag_that_says_no_more_than_it():
    for subtag, meaning in SUBTAGS.items():
        tag = subtag.partition("_")[0]
        assert tag in {*TAGS, "Exception", "Expired"}
        assert (meaning is CarrierStatus.DELIVERED) == (tag == "Delivered")
    assert NOTES.keys() <= SUBTAGS.keys()
    assert status_of("InTransit", "InTransit_999") is CarrierStatus.IN_TRANSIT


async def test_a_delivery_to_the_sender_is_a_return():
    assert await status("Delivered", "Delivered_001", HANDED, return_to_sender=True) is (
        CarrierStatus.RETURNED
    )
    back = checkpoint("2026-11-23T10:12:00+11:00", "Exception", "Exception_010")
    assert await status("Delivered", "Delivered_001", back, HANDED) is CarrierStatus.RETURNED


async def test_a_delivery_that_was_followed_by_another_scan_is_unclear():
    later = ON_BOARD | {"checkpoint_time": "2026-11-24T11:00:00+11:00"}
    assert await status("Delivered", "Delivered_001", HANDED, later) is CarrierStatus.UNKNOWN
    assert await status("Delivered", "Delivered_001", ON_BOARD) is CarrierStatus.UNKNOWN
    at_once = ON_BOARD | {"checkpoint_time": HANDED["checkpoint_time"]}
    assert await status("Delivered", "Delivered_001", at_once, HANDED) is CarrierStatus.DELIVERED


@pytest.mark.parametrize(
    "body",
    [
        answer(),
        answer(tracking("Pending", "Pending_001")),
        answer(tracking("InTransit", "InTransit_001", tracking_number="OTHER")),
        answer(tracking("InTransit", "InTransit_001", slug="fedex")),
    ],
    ids=["empty", "pending", "another number", "another carrier"],
)
async def test_what_it_does_not_know_is_not_found(body: Json):
    with pytest.raises(TrackingNotFound):
        await look_up(body)


async def test_a_carrier_that_no_table_names_is_found_by_its_slug():
    report = await look_up(
        answer(tracking("InTransit", "InTransit_001", PICKED_UP, slug="hunter-express")),
        carrier=CarrierId("hunter_express"),
    )
    assert report.carrier == "hunter_express"


async def test_a_scan_without_offset_is_of_its_places_zone():
    naive = ON_BOARD | {"checkpoint_time": "2026-11-24T07:00:00"}
    perth, darwin, abroad = (
        naive | fields
        for fields in (
            {"state": "WA"},
            {"state": "NT"},
            {"state": "CA", "country_region": "USA"},
        )
    )
    hours = [
        (await look_up(answer(tracking("InTransit", "InTransit_001", one)))).events
        for one in (perth, darwin)
    ]
    assert [event.at.strftime("%H:%M") for events in hours for event in events] == [
        "23:00",
        "21:30",
    ]
    report = await look_up(answer(tracking("InTransit", "InTransit_001", abroad)))
    assert report.events == ()  # 07:00 UTC is still to come


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"courier_estimated_delivery_date": {"estimated_delivery_date": "2026-11-26"}}, 26),
        (
            {
                "courier_estimated_delivery_date": {
                    "estimated_delivery_date": "2026-11-27T23:00:00+11:00"
                }
            },
            27,
        ),
        ({"aftership_estimated_delivery_date": {"estimated_delivery_date": "2026-11-28"}}, 28),
        ({"latest_estimated_delivery": {"datetime": "2026-11-29T09:00:00"}}, 29),
    ],
)
async def test_the_expected_day_is_the_couriers_before_a_guess(fields: Json, day: int):
    report = await look_up(answer(tracking("InTransit", "InTransit_001", PICKED_UP, **fields)))
    assert report.estimated_delivery == date(2026, 11, day)


@pytest.mark.parametrize(
    ("response", "failure"),
    [
        (httpx.Response(429, headers={"retry-after": "2"}), SystemRateLimited),
        (httpx.Response(200, json={"meta": {"code": 429}, "data": {}}), SystemRateLimited),
        (httpx.Response(401, json={"meta": {"code": 4001}}), SystemRefused),
        (httpx.Response(200, json={"meta": {"code": 4001}, "data": {}}), SystemRefused),
        (httpx.Response(200, json={"meta": {"code": 200}}), SystemAnswerMalformed),
        (httpx.Response(200, json={"data": {"trackings": "none"}}), TrackingNotFound),
        (httpx.Response(404, json={"meta": {"code": 4004}, "data": {}}), TrackingNotFound),
        (httpx.Response(200, json=[]), SystemAnswerMalformed),
        (httpx.Response(200, text="<html>"), SystemAnswerMalformed),
    ],
)
async def test_failures_are_ours(response: httpx.Response, failure: type[Exception]):
    with pytest.raises(failure):
        await look_up(response)


async def test_when_to_come_back_is_kept():
    with pytest.raises(SystemRateLimited) as caught:
        await look_up(httpx.Response(429, headers={"retry-after": "2"}))
    assert caught.value.retry_after == timedelta(seconds=2)


_ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.lists(st.integers())
_CHECKPOINTS = st.lists(
    st.sampled_from([PICKED_UP, ON_BOARD, HANDED, {}, {"checkpoint_time": "x"}]) | _ODD, max_size=4
)
_FIELDS = st.fixed_dictionaries(
    {"tracking_number": st.just(NUMBER)},
    optional={
        "slug": st.just("couriers-please") | _ODD,
        "tag": st.sampled_from([*TAGS, "Exception", "Weird"]) | _ODD,
        "subtag": st.sampled_from([*SUBTAGS, "Weird_001"]) | _ODD,
        "checkpoints": _CHECKPOINTS | _ODD,
        "courier_estimated_delivery_date": _ODD,
        "latest_estimated_delivery": _ODD | st.just({"datetime": "2026-99-99"}),
        "return_to_sender": _ODD,
        "more": _ODD,
    },
)


def _handed_over(body: Json) -> bool:
    """Whether the vendor's own word for the parcel is a delivery."""
    subtag = body.get("subtag")
    if isinstance(subtag, str) and subtag in SUBTAGS:
        return SUBTAGS[subtag] is CarrierStatus.DELIVERED
    return body.get("tag") == "Delivered"


@given(st.lists(_FIELDS | _ODD, max_size=3))
async def test_whatever_is_answered_nothing_breaks_and_no_delivery_is_made_up(
    bodies: Sequence[Any],
):
    try:
        report = await look_up({"meta": {"code": 200}, "data": {"trackings": list(bodies)}})
    except (SystemFailure, TrackingNotFound):
        return
    words = [_handed_over(body) for body in bodies if isinstance(body, dict)]
    assert report.status is not CarrierStatus.DELIVERED or any(words)
