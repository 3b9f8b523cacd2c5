"""Shapes of vendors' bodies as they are met in public code and documentation, numbers made up."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.australia_post.mapping import status_of
from support.systems.carriers.doordash.webhook import DoorDashWebhook
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked, Told
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK
from support.systems.carriers.uber_direct.webhook import UberDirectWebhook
from support.systems.errors import SystemRefused

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
Json = dict[str, Any]


async def told(carrier: CarrierId, *numbers: str, body: Json) -> list[Told]:
    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=body)

    asked = [Asked(carrier, TrackingNumber(number)) for number in numbers]
    async with httpx.AsyncClient(transport=httpx.MockTransport(respond)) as client:
        answers = await AustraliaPostTracking(
            client, "https://carrier.test", "1", "k", "p", now=lambda: NOW
        ).track_all(asked)
    return [answers[one] for one in asked]


def scan(description: str, date: str) -> Json:
    return {"location": "PER", "description": description, "date": date}


@pytest.mark.parametrize(
    ("consignment", "last", "article", "status"),
    [
        # The article lags: its word and its scans are older than the consignment's.
        ("Delivered in Full", "Delivered", "Item Delivered", CarrierStatus.DELIVERED),
        (
            "Awaiting Collection",
            "Awaiting collection",
            "In Transit",
            CarrierStatus.READY_FOR_COLLECTION,
        ),
    ],
)
async def test_a_consignment_whose_articles_are_behind_it(
    consignment: str, last: str, article: str, status: CarrierStatus
) -> None:
    body = {
        "tracking_results": [
            {
                "tracking_id": "I3XX00123456",
                "consignment": {
                    "status": consignment,
                    "events": [
                        scan(last, "2020-12-17T11:58:17+11:00"),
                        scan("On Board for Delivery", "2020-12-17T09:24:25+11:00"),
                        scan("Scanned in Transit", "2020-12-16T17:23:30+11:00"),
                    ],
                },
                "trackable_items": [
                    {
                        "article_id": "I3XX00123456FPP00001",
                        "product_type": "FPP",
                        "status": article,
                        "events": [scan("On Board for Delivery", "2020-12-17T09:24:24+11:00")],
                    }
                ],
            }
        ]
    }

    (report,) = await told(STARTRACK, "I3XX00123456", body=body)

    assert isinstance(report, TrackingReport)
    assert report.status is status


async def test_times_without_an_offset_are_the_east_coasts() -> None:
    event = scan("Item processed at facility", "2018-06-18 18:30:12")
    item = {"article_id": "33D7E200120601000935001", "status": "In transit", "events": [event]}
    body = {
        "tracking_results": [
            {"tracking_id": "33D7E200120601000935001", "trackable_items": [item]},
            {"tracking_id": "NOBODYS", "errors": [{"code": "ESB-10001"}]},
        ]
    }

    known, unknown = await told(AUSTRALIA_POST, "33D7E200120601000935001", "NOBODYS", body=body)

    assert isinstance(known, TrackingReport)
    assert known.events[0].at == datetime(2018, 6, 18, 8, 30, 12, tzinfo=UTC)
    assert isinstance(unknown, TrackingNotFound)


@pytest.mark.parametrize(
    ("code", "name"),
    [("ESB-10002", "Product Not Trackable"), ("51104", "INVALID_TRACKING_ID")],
)
async def test_a_number_that_cannot_be_tracked_is_one_the_carrier_does_not_know(
    code: str, name: str
) -> None:
    body = {"errors": [{"code": code, "name": name}]}

    (answer,) = await told(AUSTRALIA_POST, "7XX1000", body=body)

    assert isinstance(answer, TrackingNotFound)


async def test_that_one_of_several_numbers_is_unknown_says_nothing_of_the_others() -> None:
    body = {"errors": [{"code": "51104", "name": "INVALID_TRACKING_ID"}]}

    answers = await told(AUSTRALIA_POST, "7XX1000", "7XX1001", body=body)

    assert [type(one) for one in answers] == [SystemRefused] * 2


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Scanned in Transit", CarrierStatus.IN_TRANSIT),
        ("Unable to complete delivery", CarrierStatus.ATTEMPTED),
        (
            "Unable to be left in a safe place - Location not suitable",
            CarrierStatus.ATTEMPTED,
        ),
        ("Receiver requested Safe Drop", CarrierStatus.UNKNOWN),
        ("Accepted by Driver", CarrierStatus.UNKNOWN),
        ("Deleted", CarrierStatus.UNKNOWN),
        ("Partial Pickup", CarrierStatus.UNKNOWN),
    ],
)
def test_words_of_scans_that_are_met(text: str, status: CarrierStatus) -> None:
    assert status_of(text) is status


def uber(status: str, **data: Any) -> CarrierStatus:
    body = {
        "id": "evt_1",
        "kind": "event.delivery_status",
        "status": status,
        "delivery_id": "del_ABC",
        "created": "2026-11-24T01:00:00Z",
        "data": {"id": "del_ABC", "status": status, "courier_imminent": True, **data},
    }
    (report,) = UberDirectWebhook("k").read(json.dumps(body).encode(), NOW).reports
    return report.status


@pytest.mark.parametrize(
    ("status", "data", "expected"),
    [
        ("delivered", {}, CarrierStatus.DELIVERED),
        (
            "delivered",
            {"undeliverable_action": "", "undeliverable_reason": ""},
            CarrierStatus.DELIVERED,
        ),
        (
            "delivered",
            {
                "undeliverable_action": "leave_at_door",
                "undeliverable_reason": "customer_unavailable",
            },
            CarrierStatus.DELIVERED,
        ),
        (
            "delivered",
            {"undeliverable_action": "discard", "undeliverable_reason": "customer_unavailable"},
            CarrierStatus.FAILED,
        ),
        (
            "delivered",
            {"related_deliveries": [{"id": "del_1", "relationship": "original"}]},
            CarrierStatus.RETURNED,
        ),
        (
            "canceled",
            {"related_deliveries": [{"id": "ret_1", "relationship": "returned"}]},
            CarrierStatus.RETURNED,
        ),
        ("canceled", {"undeliverable_action": "return"}, CarrierStatus.CANCELLED),
        (
            "dropoff",
            {"related_deliveries": [{"id": "ret_1", "relationship": "return"}]},
            CarrierStatus.OUT_FOR_DELIVERY,
        ),
        ("delivered", {"related_deliveries": "none"}, CarrierStatus.DELIVERED),
    ],
)
def test_what_else_uber_says_of_a_delivery_counts(
    status: str, data: Json, expected: CarrierStatus
) -> None:
    assert uber(status, **data) is expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DELIVERY_CREATED", CarrierStatus.PRE_TRANSIT),
        ("dasher_enroute_to_return", CarrierStatus.RETURNED),
        ("DELIVERY_CANCELED", CarrierStatus.CANCELLED),
        ("DASHER_LOCATION_UPDATE", CarrierStatus.UNKNOWN),
    ],
)
def test_doordash_events_that_are_met(event: str, expected: CarrierStatus) -> None:
    body = {"event_name": event, "external_delivery_id": "D-1", "created_at": NOW.isoformat()}

    (report,) = DoorDashWebhook("k").read(json.dumps(body).encode(), NOW).reports

    assert report.status is expected
