"""The sandbox's AfterShip, asked through the assistant's own adapter."""

import httpx
import pytest

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.aftership.adapter import AfterShipTracking
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked, Told
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.errors import SystemAnswerMalformed, SystemRateLimited, SystemRefused

URL = "http://127.0.0.1:8800/aftership/tracking/2026-07"
CARRIER = CarrierId("couriersplease")
TRACKING = {
    "tracking_number": "CPABC0001",
    "slug": "couriers-please",
    "tag": "OutForDelivery",
    "subtag": "OutForDelivery_001",
}


async def put(client: httpx.AsyncClient, body: object = TRACKING) -> None:
    answer = await client.put(f"/sandbox/carriers/{CARRIER}/tracking/CPABC0001", json=body)
    assert answer.status_code == 204


async def ask(client: httpx.AsyncClient, number: str = "CPABC0001", key: str = "key") -> Told:
    asked = Asked(CARRIER, TrackingNumber(number))
    return (await AfterShipTracking(client, URL, key).track_all([asked]))[asked]


@pytest.mark.parametrize(
    "body", [TRACKING, {"meta": {"code": 200}, "data": {"trackings": [TRACKING]}}]
)
async def test_what_was_put_is_told(client: httpx.AsyncClient, body: object):
    await put(client, body)
    told = await ask(client)
    assert isinstance(told, TrackingReport)
    assert told.status is CarrierStatus.OUT_FOR_DELIVERY


async def test_a_number_that_nobody_knows_is_not_found(client: httpx.AsyncClient):
    assert isinstance(await ask(client, "NOBODY"), TrackingNotFound)


async def test_a_key_is_needed(client: httpx.AsyncClient):
    with pytest.raises(SystemRefused):
        await ask(client, key="")


@pytest.mark.parametrize("system", ["carriers", "aftership"])
@pytest.mark.parametrize(
    ("mode", "failure"),
    [
        ("error", SystemRefused),
        ("malformed", SystemAnswerMalformed),
        ("rate_limited", SystemRateLimited),
    ],
)
async def test_it_fails_as_told(
    client: httpx.AsyncClient, system: str, mode: str, failure: type[Exception]
):
    await client.put(f"/sandbox/faults/{system}", json={"mode": mode})
    with pytest.raises(failure):
        await ask(client)
