"""The sandbox's carriers, asked through the assistant's own adapter."""

import httpx
import pytest

from sandbox.demo import demo_orders
from support.ids import TrackingNumber
from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.errors import SystemAnswerMalformed, SystemRateLimited, SystemRefused
from tests.sandbox.conftest import NOW

PATH = "/australia-post/shipping/v1/track"
KEYS = {"Authorization": "Basic a2V5OnBhc3N3b3Jk", "Account-Number": "0000123456"}
NUMBER = TrackingNumber("JDQ019457101000930308")


@pytest.fixture
def carrier(client: httpx.AsyncClient) -> AustraliaPostTracking:
    url = "http://127.0.0.1:8800/australia-post"
    return AustraliaPostTracking(client, url, "0000123456", "key", "password")


async def track(carrier: AustraliaPostTracking, number: str) -> TrackingReport:
    asked = Asked(AUSTRALIA_POST, TrackingNumber(number))
    told = (await carrier.track_all([asked]))[asked]
    if isinstance(told, TrackingReport):
        return told
    raise told


_EXPECTED = {
    "410200341": [CarrierStatus.IN_TRANSIT],
    "410200346": [CarrierStatus.OUT_FOR_DELIVERY],
    "410200347": [CarrierStatus.DELIVERED],
    "410200348": [CarrierStatus.IN_TRANSIT],
    "410200350": [CarrierStatus.DELIVERED, CarrierStatus.IN_TRANSIT],
    "410200351": [CarrierStatus.IN_TRANSIT],
    "410200353": [CarrierStatus.IN_TRANSIT],
    "410200354": [CarrierStatus.IN_TRANSIT],
    "410200356": [CarrierStatus.DELIVERED],
    "410200357": [CarrierStatus.OUT_FOR_DELIVERY],
    "410200358": [CarrierStatus.ATTEMPTED],
    "410200359": [CarrierStatus.READY_FOR_COLLECTION],
    "410200360": [CarrierStatus.RETURNED],
    "410200362": [CarrierStatus.DELAYED],
    "410200364": [CarrierStatus.PARTLY_DELIVERED],
}
_NEVER_SCANNED = {"410200349", "410200361"}


async def test_every_demo_parcel_is_where_its_order_shows_it(carrier: AustraliaPostTracking):
    found = {
        order.number: [
            (await track(carrier, parcel.tracking_number)).status
            for parcel in order.parcels
            if parcel.tracking_number
        ]
        for order in demo_orders(NOW)
        if order.number not in _NEVER_SCANNED
    }
    assert {number: statuses for number, statuses in found.items() if statuses} == _EXPECTED


async def test_a_number_that_nobody_knows_is_not_found(carrier: AustraliaPostTracking):
    with pytest.raises(TrackingNotFound):
        await track(carrier, "JDQ000000001000930300")


async def test_several_numbers_are_answered_at_once(client: httpx.AsyncClient):
    answer = await client.get(PATH, params={"tracking_ids": f"{NUMBER}, nobody"}, headers=KEYS)
    results = answer.json()["tracking_results"]
    assert [result["tracking_id"] for result in results] == [NUMBER, "NOBODY"]
    assert results[1]["errors"][0]["code"] == "ESB-10001"


async def test_more_than_ten_numbers_are_refused(client: httpx.AsyncClient):
    answer = await client.get(PATH, params={"tracking_ids": ",".join("a" * 11)}, headers=KEYS)
    assert answer.status_code == 400


@pytest.mark.parametrize("missing", ["Authorization", "Account-Number"])
async def test_credentials_are_needed(client: httpx.AsyncClient, missing: str):
    headers = {name: value for name, value in KEYS.items() if name != missing}
    answer = await client.get(PATH, params={"tracking_ids": NUMBER}, headers=headers)
    assert answer.status_code == 401


async def test_what_was_put_is_served_verbatim_with_its_status(client: httpx.AsyncClient):
    body = b'{ "errors" : [] }\n'
    put = await client.put(
        "/sandbox/carriers/startrack/tracking/6kmt00000001",
        content=body,
        headers={"X-Status": "503", "Content-Type": "application/problem+json"},
    )
    assert put.status_code == 204
    answer = await client.get(PATH, params={"tracking_ids": "6KMT00000001"}, headers=KEYS)
    assert (answer.content, answer.status_code) == (body, 503)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("system", ["carriers", "australia_post"])
@pytest.mark.parametrize(
    ("mode", "failure"),
    [
        ("error", SystemRefused),
        ("malformed", SystemAnswerMalformed),
        ("rate_limited", SystemRateLimited),
    ],
)
async def test_it_fails_as_told(
    client: httpx.AsyncClient,
    carrier: AustraliaPostTracking,
    system: str,
    mode: str,
    failure: type[Exception],
):
    await client.put(f"/sandbox/faults/{system}", json={"mode": mode})
    with pytest.raises(failure):
        await track(carrier, NUMBER)


async def test_a_fault_of_one_carrier_leaves_the_other_one_alone(
    client: httpx.AsyncClient, carrier: AustraliaPostTracking
):
    await client.put("/sandbox/faults/startrack", json={"mode": "error"})
    assert (await track(carrier, NUMBER)).status is CarrierStatus.IN_TRANSIT
    with pytest.raises(SystemRefused):
        await track(carrier, "6KMT00194577")
