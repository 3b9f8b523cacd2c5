"""Carriers' webhooks, through the running gateway, with each vendor's real way to be believed."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.directory import CarrierDirectory
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import DOORDASH, UBER_DIRECT
from tests.fakes.chat import RunningGateway, running_gateway

Json = dict[str, Any]
SECRET = "aftership-secret"
KEY = "uber-key"
AUTHORIZATION = "Basic " + base64.b64encode(b"doordash:password").decode()
COURIERS_PLEASE = CarrierId("couriersplease")


@pytest.fixture
async def gateway(redis_url: str, redis: Redis) -> AsyncIterator[RunningGateway]:  # noqa: ARG001
    async with running_gateway(
        redis_url,
        aftership_webhook_secret=SECRET,
        uber_direct_webhook_key=KEY,
        doordash_webhook_authorization=AUTHORIZATION,
    ) as running:
        yield running


def ago(**time: float) -> datetime:
    return datetime.now(UTC) - timedelta(**time)


def uber(status: str, at: datetime, mark: str = "evt_1", **fields: Any) -> Json:
    return {
        "status": status,
        "kind": "event.delivery_status",
        "created": at.isoformat().replace("+00:00", "Z"),
        "live_mode": True,
        "delivery_id": "del_ABC123",
        "id": mark,
        "data": {"id": "del_ABC123", "external_id": "410200341-P1", "status": status},
    } | fields


def doordash(name: str, at: datetime, **fields: Any) -> Json:
    return {
        "event_name": name,
        "external_delivery_id": "D-12345",
        "created_at": at.isoformat(),
        "dasher_name": "Kim",
    } | fields


def aftership(tag: str, subtag: str, at: datetime, mark: str = "e-1", **fields: Any) -> Json:
    scan = {
        "checkpoint_time": at.isoformat(),
        "tag": tag,
        "subtag": subtag,
        "message": "Scan",
        "city": "Perth",
    }
    message = {
        "tracking_number": "CPABC0001",
        "slug": "couriers-please",
        "tag": tag,
        "subtag": subtag,
        "checkpoints": [scan],
    }
    return {
        "ts": int(at.timestamp()),
        "event": "tracking_update",
        "event_id": mark,
        "msg": message | fields,
    }


async def tell(gateway: RunningGateway, vendor: str, body: Json, **headers: str) -> httpx.Response:
    """Send a notice as the vendor does."""
    content = json.dumps(body).encode()
    shown = {
        "aftership": {
            "aftership-hmac-sha256": base64.b64encode(
                hmac.new(SECRET.encode(), content, hashlib.sha256).digest()
            ).decode()
        },
        "uber_direct": {
            "x-uber-signature": hmac.new(KEY.encode(), content, hashlib.sha256).hexdigest()
        },
        "doordash": {"authorization": AUTHORIZATION},
    }
    return await gateway.http.post(
        f"/v1/carriers/{vendor}/notices", content=content, headers=shown[vendor] | headers
    )


async def became(gateway: RunningGateway, vendor: str, body: Json) -> str:
    response = await tell(gateway, vendor, body)
    assert response.status_code == 200, response.text
    return str(response.json()["became"])


async def known(redis: Redis, carrier: CarrierId, number: str) -> TrackingReport | None:
    return await LastKnown(redis).report(carrier, TrackingNumber(number))


@pytest.mark.parametrize(
    ("vendor", "header", "wrong"),
    [
        ("aftership", "aftership-hmac-sha256", "AAAA"),
        ("uber_direct", "x-uber-signature", "0" * 64),
        ("doordash", "authorization", "Basic AAAA"),
        ("doordash", "authorization", ""),
    ],
)
async def test_what_is_not_the_vendors_is_refused_and_changes_nothing(
    gateway: RunningGateway, redis: Redis, vendor: str, header: str, wrong: str
):
    bodies = {
        "aftership": aftership("Delivered", "Delivered_001", ago(minutes=5)),
        "uber_direct": uber("delivered", ago(minutes=5)),
        "doordash": doordash("DASHER_DROPPED_OFF", ago(minutes=5)),
    }
    response = await tell(gateway, vendor, bodies[vendor], **{header: wrong})
    assert response.status_code == 401
    assert response.json()["code"] == "not_genuine"
    assert await redis.keys("carrier:*") == []


async def test_a_signature_of_another_body_does_not_hold(gateway: RunningGateway):
    good = json.dumps(uber("pickup", ago(minutes=5))).encode()
    signature = hmac.new(KEY.encode(), good, hashlib.sha256).hexdigest()
    body = uber("delivered", ago(minutes=5))
    response = await tell(gateway, "uber_direct", body, **{"x-uber-signature": signature})
    assert response.status_code == 401


async def test_uber_is_known_by_its_own_id_and_by_the_shops(gateway: RunningGateway, redis: Redis):
    assert await became(gateway, "uber_direct", uber("dropoff", ago(minutes=5))) == "kept"
    for number in ("DEL_ABC123", "410200341-P1"):
        report = await known(redis, UBER_DIRECT, number)
        assert report is not None
        assert report.status is CarrierStatus.OUT_FOR_DELIVERY


async def test_what_a_carrier_told_by_itself_is_told_to_customers(
    gateway: RunningGateway, redis: Redis
):
    await tell(gateway, "doordash", doordash("DASHER_DROPPED_OFF", ago(minutes=5)))
    directory = CarrierDirectory({}, LastKnown(redis))
    report = await directory.track(CarrierId("DoorDash"), TrackingNumber("d-12345"))
    assert report.status is CarrierStatus.DELIVERED
    assert not report.is_stale


async def test_a_notice_that_comes_again_is_taken_once(gateway: RunningGateway):
    body = uber("dropoff", ago(minutes=5))
    assert [await became(gateway, "uber_direct", body) for _ in range(3)] == [
        "kept",
        "repeated",
        "repeated",
    ]


async def test_a_notice_that_was_overtaken_changes_nothing(gateway: RunningGateway, redis: Redis):
    late = uber("dropoff", ago(minutes=20), "evt_1")
    assert (
        await became(gateway, "uber_direct", uber("delivered", ago(minutes=5), "evt_2")) == "kept"
    )
    assert await became(gateway, "uber_direct", late) == "older"
    report = await known(redis, UBER_DIRECT, "DEL_ABC123")
    assert report is not None
    assert report.status is CarrierStatus.DELIVERED


async def test_notices_of_the_same_time_end_with_the_last_on_the_way(
    gateway: RunningGateway, redis: Redis
):
    at = ago(minutes=5)
    assert await became(gateway, "doordash", doordash("DASHER_DROPPED_OFF", at)) == "kept"
    assert await became(gateway, "doordash", doordash("DASHER_PICKED_UP", at)) == "older"
    report = await known(redis, DOORDASH, "D-12345")
    assert report is not None
    assert report.status is CarrierStatus.DELIVERED


async def test_scans_that_are_told_one_by_one_are_kept_together(
    gateway: RunningGateway, redis: Redis
):
    for minutes, name in ((30, "DASHER_CONFIRMED"), (20, "DASHER_PICKED_UP")):
        await tell(gateway, "doordash", doordash(name, ago(minutes=minutes)))
    report = await known(redis, DOORDASH, "D-12345")
    assert report is not None
    assert [event.description for event in report.events] == [
        "Picked up from the store",
        "A driver is on the way to the store",
    ]


async def test_what_goes_back_to_the_store_is_never_delivered(
    gateway: RunningGateway, redis: Redis
):
    body = uber("delivered", ago(minutes=5), delivery_id="ret_ABC123", data={})
    await tell(gateway, "uber_direct", body)
    report = await known(redis, UBER_DIRECT, "RET_ABC123")
    assert report is not None
    assert report.status is CarrierStatus.RETURNED


@pytest.mark.parametrize(
    ("vendor", "body", "carrier", "number"),
    [
        ("uber_direct", uber("teleported", ago(minutes=5)), UBER_DIRECT, "DEL_ABC123"),
        ("doordash", doordash("DASHER_DELIVERED_MAYBE", ago(minutes=5)), DOORDASH, "D-12345"),
        (
            "aftership",
            aftership("Quantum", "Delivered", ago(minutes=5)),
            COURIERS_PLEASE,
            "CPABC0001",
        ),
    ],
)
async def test_an_unknown_word_stays_unknown(
    gateway: RunningGateway, redis: Redis, vendor: str, body: Json, carrier: CarrierId, number: str
):
    assert await became(gateway, vendor, body) == "kept"
    report = await known(redis, carrier, number)
    assert report is not None
    assert (report.status, report.deciding_event) == (CarrierStatus.UNKNOWN, None)


@pytest.mark.parametrize(
    ("vendor", "body"),
    [
        ("uber_direct", uber("delivered", ago(days=5))),
        ("aftership", aftership("Delivered", "Delivered_001", ago(days=5))),
        ("doordash", doordash("DASHER_DROPPED_OFF", ago(days=5))),
        ("uber_direct", uber("delivered", ago(hours=-1))),
    ],
)
async def test_what_was_recorded_long_ago_and_is_played_again_is_left_aside(
    gateway: RunningGateway, redis: Redis, vendor: str, body: Json
):
    assert await became(gateway, vendor, body) == "outdated"
    assert await redis.keys("carrier:*") == []


@pytest.mark.parametrize(
    ("vendor", "body"),
    [
        ("uber_direct", {"kind": "event.courier_update", "delivery_id": "d", "status": "pickup"}),
        ("uber_direct", {"kind": "event.delivery_status"}),
        ("aftership", {"event": "tracking_update", "msg": {}}),
        ("aftership", aftership("Pending", "Pending_001", ago(minutes=1))),
        ("doordash", {"event_name": "DASHER_DROPPED_OFF"}),
    ],
)
async def test_a_notice_that_tells_nothing_of_a_parcel_is_thanked_for(
    gateway: RunningGateway, redis: Redis, vendor: str, body: Json
):
    assert await became(gateway, vendor, body) == "nothing"
    assert await redis.keys("carrier:*") == []


@pytest.mark.parametrize("vendor", ["aftership", "uber_direct", "doordash"])
@pytest.mark.parametrize("body", [[], {}, "delivered", 7])
async def test_what_is_no_notice_is_refused(gateway: RunningGateway, vendor: str, body: Any):
    response = await tell(gateway, vendor, body)
    assert (response.status_code, response.json()["code"]) == (400, "unreadable")


async def test_a_vendor_that_is_not_set_up_is_not_there(redis_url: str):
    async with running_gateway(redis_url) as gateway:
        response = await tell(gateway, "uber_direct", uber("delivered", ago(minutes=5)))
    assert response.status_code == 404


async def test_a_parcel_with_many_scans_is_taken_and_a_huge_body_is_not(gateway: RunningGateway):
    many = aftership("InTransit", "InTransit_001", ago(minutes=5), padding="x" * 100_000)
    huge = aftership("InTransit", "InTransit_001", ago(minutes=5), "e-2", padding="x" * 600_000)
    assert await became(gateway, "aftership", many) == "kept"
    assert (await tell(gateway, "aftership", huge)).status_code == 413


async def test_the_answers_are_counted(gateway: RunningGateway):
    await tell(gateway, "uber_direct", uber("dropoff", ago(minutes=5)))
    counted = gateway.services.metrics.registry.get_sample_value(
        "gateway_carrier_notices_total", {"vendor": "uber_direct", "became": "kept"}
    )
    assert counted == 1
