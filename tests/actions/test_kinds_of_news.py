import re

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.decisions.follow_up import Mark
from support.ids import TrackingNumber
from support.knowledge.keys import KnowledgeKey
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.cases.models import CaseKind, CaseRequest, CaseState
from tests.actions.followed import CASE, DELIVERED, NUMBER, Followed, with_case
from tests.actions.rendering import worded
from tests.actions.services import now
from tests.knowledge import business_days, library
from tests.orders import hours_ago, order, parcel_json

SMS_OF_TWO_SEGMENTS = 306
PLAIN = re.compile(r"[A-Za-z0-9 \n@$_!\"#%&'()*+,\-./:;<=>?]*")
"""Signs that a text message carries seven bits each."""

KINDS_OF_NEWS = {
    "dispatched": {"status": "shipped", "status_at": "2026-11-24T08:00:00+11:00"},
    "out_for_delivery": {"status": "out_for_delivery", "status_at": "2026-11-24T08:00:00+11:00"},
    "delivered": DELIVERED,
    "ready_to_collect": {"status": "ready_to_collect", "status_at": "2026-11-24T08:00:00+11:00"},
}
CARRIERS_NEWS = (
    CarrierStatus.DELAYED,
    CarrierStatus.ATTEMPTED,
    CarrierStatus.READY_FOR_COLLECTION,
    CarrierStatus.HELD,
    CarrierStatus.FAILED,
    CarrierStatus.RETURNED,
    CarrierStatus.PARTLY_DELIVERED,
)


def short(customer: Followed) -> bool:
    """Say whether the last news fits two text messages."""
    text = "\n".join(worded(customer.talk.messages, "sms"))
    return len(text) <= SMS_OF_TWO_SEGMENTS and PLAIN.fullmatch(text) is not None


@pytest.mark.parametrize("kind", KINDS_OF_NEWS)
async def test_every_kind_of_news_is_short_by_text_message_and_told_once(
    kind: str, redis: Redis
) -> None:
    customer = Followed(order(parcel_json(status="picking", dispatched_at=None)), redis)
    await customer.follow()
    customer.change(parcel_json(**KINDS_OF_NEWS[kind]))

    assert await customer.look()
    assert short(customer), worded(customer.talk.messages, "sms")
    assert await customer.look() == []


@pytest.mark.parametrize("status", CARRIERS_NEWS)
async def test_a_carriers_news_is_short_by_text_message_and_told_once(
    status: CarrierStatus, redis: Redis
) -> None:
    carriers = MemoryCarriers()
    customer = Followed(order(parcel_json(promised_by="2026-11-23")), redis, carriers=carriers)
    await customer.follow()
    scan = TrackingEvent(description="Scanned", status=status, at=hours_ago(1))
    number = TrackingNumber("JDQ019457101000930308")
    carriers.add(
        TrackingReport(
            carrier=AUSTRALIA_POST,
            number=number,
            status=status,
            events=(scan,),
            deciding_event=scan,
            looked_up_at=now(),
        )
    )

    assert ResponseKey.FOLLOW_UP_NEWS in await customer.look()
    assert short(customer), worded(customer.talk.messages, "sms")
    assert await customer.look() == []


async def test_a_case_that_moved_is_short_by_text_message(redis: Redis) -> None:
    customer = await with_case(redis)
    customer.cases.move(CASE, CaseState.WITH_CARRIER)

    assert await customer.look()
    assert short(customer), worded(customer.talk.messages, "sms")


async def test_a_date_out_of_published_times_is_followed_too(redis: Redis) -> None:
    known = library({KnowledgeKey.STANDARD_METRO: business_days(3, 5)})
    sent = parcel_json(promised_by=None, dispatched_at="2026-11-24T08:00:00+11:00")
    customer = Followed(order(sent), redis, knowledge=known)
    await customer.follow()
    moved = parcel_json(promised_by=None, dispatched_at="2026-11-12T08:00:00+11:00")
    customer.change(moved)

    said = await customer.look()

    assert said == [ResponseKey.FOLLOW_UP_NEWS, ResponseKey.FOLLOW_UP_OVERDUE_PUBLISHED]
    assert short(customer), worded(customer.talk.messages, "sms")
    assert await customer.look() == []


async def test_whoever_knows_news_finds_the_follow_up_by_number_parcel_and_case(
    redis: Redis,
) -> None:
    customer = await with_case(redis)
    kept = customer.services.follow_ups

    for mark in (
        Mark.order(NUMBER),
        Mark.tracking("JDQ019457101000930308"),
        Mark.reference(CASE),
    ):
        assert await kept.hurry(mark, now=now()) == 1


async def test_a_case_opened_later_is_found_after_the_next_look(redis: Redis) -> None:
    customer = Followed(order(), redis)
    await customer.follow()
    request = CaseRequest(kind=CaseKind.REFUND_REQUEST, order_number=NUMBER)
    await customer.cases.open(request, idempotency_key="1")
    await customer.look()

    assert await customer.services.follow_ups.hurry(Mark.reference(CASE), now=now()) == 1
