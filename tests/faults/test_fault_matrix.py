"""Each system, failing in each way: what is read, how soon, and that nothing is done twice."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from tests.faults.failing_world import Assisted, Fault, failing_world
from tests.orders import line_json, order_json, parcel_json

LONGEST_SECONDS = 6
DELIVERED = parcel_json(status="delivered", delivered_at="2026-11-24T12:00:00+11:00")
PICKING = parcel_json(
    status="picking", carrier=None, tracking_number=None, dispatched_at=None, status_at=None
)
TOY_HAVEN = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
faults = pytest.mark.parametrize("fault", list(Fault))
SCANNED = "2026-11-24T09:00:00+11:00"


@dataclass(frozen=True)
class Carrier:
    """Who brings Sam's parcel, which of the systems tells of it, and what it tells."""

    id: str
    name: str
    system: str
    number: str
    body: Mapping[str, Any]

    async def brings_the_parcel(self, customer: Assisted) -> None:
        await customer.put_order(
            order_json(parcel_json(carrier=self.id, tracking_number=self.number))
        )
        await customer.put_tracking(self.id, self.number, dict(self.body))


def _article(number: str) -> dict[str, Any]:
    scan = {"date": SCANNED, "description": "In transit", "location": "SUNSHINE WEST VIC"}
    item = {"article_id": number, "status": "In transit", "events": [scan]}
    return {"tracking_results": [{"tracking_id": number, "trackable_items": [item]}]}


CARRIERS = (
    Carrier(
        "australia_post",
        "Australia Post",
        "australia_post",
        "JDQ019457101000930308",
        _article("JDQ019457101000930308"),
    ),
    Carrier("startrack", "StarTrack", "australia_post", "6XXX12345678", _article("6XXX12345678")),
    Carrier(
        "couriersplease",
        "CouriersPlease",
        "aftership",
        "CPABC0001",
        {
            "tracking_number": "CPABC0001",
            "slug": "couriers-please",
            "tag": "InTransit",
            "subtag": "InTransit_001",
            "checkpoints": [
                {"checkpoint_time": SCANNED, "message": "In transit", "tag": "InTransit"}
            ],
        },
    ),
)
carriers = pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.id)


@pytest.fixture
async def customer(redis: Redis) -> AsyncIterator[Assisted]:
    async with failing_world(redis) as customer:
        await customer.put_order(order_json())
        yield customer
        assert max(customer.seconds) < LONGEST_SECONDS


@faults
async def test_a_failing_order_system(customer: Assisted, fault: Fault) -> None:
    customer.network.break_down("orders", fault)
    said = await customer.begin("where is my order", "track_order")
    text = customer.text

    customer.network.mend()
    again = await customer.begin("try again", "track_order")

    assert said == [ResponseKey.ORDER_SYSTEM_UNAVAILABLE]
    assert "I can't reach the order system right now" in text
    assert ResponseKey.PARCEL_SHIPPED in again


@faults
@carriers
async def test_a_failing_carrier(customer: Assisted, fault: Fault, carrier: Carrier) -> None:
    await carrier.brings_the_parcel(customer)
    customer.network.break_down(carrier.system, fault)
    said = await customer.begin("where is my order", "track_order")

    assert ResponseKey.PARCEL_SHIPPED in said
    assert f"I couldn't reach {carrier.name} just now" in customer.text
    assert "last updated at 3:00 pm on Thursday 19 November" in customer.text
    assert ResponseKey.PARCEL_DELIVERED not in said


@faults
@carriers
async def test_a_carrier_that_fails_after_it_has_told(
    customer: Assisted, fault: Fault, carrier: Carrier
) -> None:
    await carrier.brings_the_parcel(customer)
    await customer.begin("where is my order", "track_order")
    customer.network.break_down(carrier.system, fault)
    customer.carriers_time += timedelta(hours=1)

    said = await customer.begin("and now?", "track_order")

    assert ResponseKey.PARCEL_CARRIER_STALE in said
    assert "its part of this was looked up at 12:30 pm on Tuesday 24 November" in customer.text


@faults
async def test_a_failing_case_system(customer: Assisted, fault: Fault) -> None:
    await customer.put_order(order_json(DELIVERED))
    await customer.begin("it says delivered but its not here", "delivered_not_received")
    for answer in ("not_there", "not_there", "no"):
        await customer.press(answer)
    customer.network.break_down("cases", fault)

    said = await customer.yes()
    text = customer.text
    again = await customer.yes()
    customer.network.mend()
    opened = await customer.yes()

    assert said == again == [ResponseKey.CASE_SYSTEM_UNAVAILABLE]
    assert "Customer service's system isn't answering right now" in text
    assert opened[0] is ResponseKey.CASE_OPENED
    assert len(await customer.told("cases")) == 1


@faults
async def test_a_failing_marketplace(customer: Assisted, fault: Fault) -> None:
    await customer.put_order(order_json(lines=[line_json(seller=TOY_HAVEN)]))
    await customer.begin("my thing came smashed", "marketplace_order")
    customer.network.break_down("marketplace", fault)

    said = await customer.yes()
    text = customer.text
    customer.network.mend()
    opened = await customer.yes()

    assert said == [ResponseKey.MARKETPLACE_UNAVAILABLE]
    assert "The Marketplace's system isn't answering right now" in text
    assert opened[0] is ResponseKey.TICKET_OPENED
    assert len(await customer.told("marketplace")) == 1


@faults
async def test_a_case_that_cannot_be_read(customer: Assisted, fault: Fault) -> None:
    await customer.begin("where is my order", "track_order")
    customer.network.break_down("cases", fault)

    said = await customer.say("what about my case", "case_status")

    assert said == [ResponseKey.CASE_SYSTEM_UNAVAILABLE_TOO]


@faults
async def test_an_order_system_that_fails_when_a_case_is_to_be_opened(
    customer: Assisted, fault: Fault
) -> None:
    await customer.put_order(order_json(DELIVERED))
    await customer.begin("it says delivered but its not here", "delivered_not_received")
    for answer in ("not_there", "not_there", "no"):
        await customer.press(answer)
    customer.network.break_down("orders", fault)

    said = await customer.yes()
    customer.network.mend()
    opened = await customer.yes()

    assert said == [ResponseKey.ORDER_SYSTEM_UNAVAILABLE]
    assert opened[0] is ResponseKey.CASE_OPENED
    assert len(await customer.told("cases")) == 1


@faults
async def test_a_failing_sender(customer: Assisted, fault: Fault) -> None:
    await customer.put_order(order_json(PICKING))
    await customer.begin(
        "wrong address! can u send it to 12 Smith St, Carlton VIC 3053 instead", "wrong_address"
    )
    customer.network.break_down("notifications", fault)

    said = await customer.yes()
    text = customer.text
    customer.network.mend()
    sent = await customer.yes()

    assert said == [ResponseKey.SENDER_UNAVAILABLE]
    assert "I couldn't send the message with your code just now" in text
    assert sent[0] is ResponseKey.CODE_SENT_BY_EMAIL


async def test_all_systems_slow_at_once_still_answer_in_time(customer: Assisted) -> None:
    for system in ("australia_post", "aftership", "cases", "marketplace", "notifications"):
        customer.network.break_down(system, Fault.SLOW)

    said = await customer.begin("what about my case", "case_status")

    assert said
    assert max(customer.seconds) < LONGEST_SECONDS


async def test_a_system_that_stays_away_no_longer_takes_anybodys_time(customer: Assisted) -> None:
    customer.network.break_down("orders", Fault.SLOW)
    for _ in range(6):
        await customer.begin("where is my order", "track_order")

    assert customer.seconds[-1] < 0.5
