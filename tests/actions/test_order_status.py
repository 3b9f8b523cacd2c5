from datetime import date, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from actions.address import WrongAddress
from actions.marketplace import MarketplaceOrder
from actions.missing_items import MissingItems
from actions.missing_parcel import MissingParcel
from actions.order_topic import OrderTopic
from actions.responses import ResponseKey
from actions.status_topics import OrderStatus
from actions.tracking_topics import TrackingHistory, TrackingTrouble
from support.ids import CarrierId, TrackingNumber
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.errors import SystemRateLimited, SystemUnreachable
from support.systems.orders.models import Order
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.knowledge import SOURCE, hours, library
from tests.orders import NOW, hours_ago, line_json, order, parcel_json

AUSTRALIA_POST = CarrierId("australia_post")
NUMBER = TrackingNumber("JDQ019457101000930308")
PUBLISHED = library(
    {
        KnowledgeKey.TRACKING_UPDATES: hours(48, least=24),
        KnowledgeKey.TRACKING_AFTER_SHIPPING: hours(48),
    }
)


async def tell(
    order: Order,
    redis: Redis,
    carriers: MemoryCarriers | None = None,
    *,
    topic: type[OrderTopic] = OrderStatus,
    knowledge: Library = PUBLISHED,
) -> tuple[list[ResponseKey], Conversation]:
    talk = Conversation()
    services = services_for_tests(order, redis=redis, carriers=carriers, knowledge=knowledge)
    said = await talk.turn(topic(services), order_number=order.number, email=order.contact.email)
    return said, talk


def australia_post(status: CarrierStatus, **different: Any) -> MemoryCarriers:
    event = TrackingEvent(at=hours_ago(2), description="A scan", location="SUNSHINE WEST VIC")
    report = TrackingReport(
        **{
            "carrier": AUSTRALIA_POST,
            "number": NUMBER,
            "status": status,
            "looked_up_at": NOW,
            "events": (event,),
            "deciding_event": event,
        }
        | different
    )
    carriers = MemoryCarriers()
    carriers.add(report)
    return carriers


@pytest.mark.parametrize(
    ("status", "key"),
    [
        ("processing", ResponseKey.PARCEL_PROCESSING),
        ("picking", ResponseKey.PARCEL_PICKING),
        ("shipped", ResponseKey.PARCEL_SHIPPED),
        ("out_for_delivery", ResponseKey.PARCEL_OUT_FOR_DELIVERY),
        ("delivered", ResponseKey.PARCEL_DELIVERED),
        ("cancelled", ResponseKey.PARCEL_CANCELLED),
        ("lost_in_space", ResponseKey.PARCEL_UNKNOWN),
    ],
)
async def test_each_status_is_told_by_its_own_text(
    status: str, key: ResponseKey, redis: Redis
) -> None:
    said, _ = await tell(order(parcel_json(status=status)), redis)

    assert key in said


@pytest.mark.parametrize(
    ("status", "key"),
    [
        ("processing", ResponseKey.PARCEL_PROCESSING_COLLECT),
        ("picking", ResponseKey.PARCEL_PICKING_COLLECT),
        ("ready_to_collect", ResponseKey.PARCEL_READY_TO_COLLECT),
        ("collected", ResponseKey.PARCEL_COLLECTED),
    ],
)
async def test_click_and_collect_speaks_of_collecting(
    status: str, key: ResponseKey, redis: Redis
) -> None:
    store = {"id": "s1", "name": "Kmart Geelong", "address": "1 High St VIC", "hours": "24 hours"}
    parcel = parcel_json(status=status, carrier=None, tracking_number=None)

    said, _ = await tell(
        order(parcel, delivery={"method": "click_and_collect", "store": store}), redis
    )

    assert key in said
    assert ResponseKey.ORDER_CLICK_AND_COLLECT in said
    assert ResponseKey.PARCEL_CARRIER_LINK not in said


async def test_what_goes_to_a_store_is_offered_neither_tracking_nor_another_address(
    redis: Redis,
) -> None:
    parcel = parcel_json(status="processing", carrier=None, tracking_number=None)

    said, _ = await tell(order(parcel, delivery={"method": "click_and_collect"}), redis)

    assert ResponseKey.NEXT_NOT_SENT not in said


async def test_a_ready_order_names_store_address_and_hours(redis: Redis) -> None:
    store = {"id": "s1", "name": "Kmart Geelong", "address": "1 High St VIC", "hours": "24 hours"}
    parcel = parcel_json(status="ready_to_collect", carrier=None, tracking_number=None)

    _, talk = await tell(
        order(parcel, delivery={"method": "click_and_collect", "store": store}), redis
    )

    assert talk.said(ResponseKey.PARCEL_STORE)["store"] == "Kmart Geelong"
    assert talk.said(ResponseKey.PARCEL_STORE_ADDRESS)["address"] == "1 High St VIC"
    assert talk.said(ResponseKey.PARCEL_STORE_HOURS)["hours"] == "24 hours"


async def test_carrier_number_link_scan_and_date_are_told_with_their_evidence(
    redis: Redis,
) -> None:
    said, talk = await tell(order(), redis, australia_post(CarrierStatus.IN_TRANSIT))

    carrier = talk.said(ResponseKey.PARCEL_CARRIER_LINK)
    assert carrier["carrier"] == "Australia Post"
    assert carrier["tracking_number"] == NUMBER
    assert NUMBER in carrier["link"]
    assert talk.said(ResponseKey.PARCEL_SCAN)["evidence"] == [
        {"source": "Australia Post", "at": NOW.isoformat()}
    ]
    assert talk.said(ResponseKey.PARCEL_ETA_PROMISED)["date"] == "Wednesday 25 November"
    assert talk.said(ResponseKey.PARCEL_ETA_PROMISED)["evidence"] == [
        {"source": "Kmart order system", "at": NOW.isoformat()}
    ]
    assert ResponseKey.PARCEL_SHIPPED in said


async def test_times_are_told_in_the_zone_of_the_delivery_address(redis: Redis) -> None:
    delivery = {"method": "standard", "address": {"suburb": "Perth", "state": "WA"}}

    _, talk = await tell(order(delivery=delivery), redis, australia_post(CarrierStatus.IN_TRANSIT))

    assert talk.said(ResponseKey.PARCEL_SCAN)["at"] == "7:30 am on Tuesday 24 November"


async def test_every_parcel_is_told_in_a_bubble_of_its_own(redis: Redis) -> None:
    lines = [line_json(), line_json(id="2", name="Toaster", quantity=2)]
    two = order(
        parcel_json(status="delivered"),
        parcel_json(id="P2", items=[{"line_id": "2", "quantity": 2}], tracking_number="X"),
        lines=lines,
    )

    said, talk = await tell(two, redis)

    bubbles = [message for message in talk.messages if not message.get("joins")]
    assert [bubble["response"] for bubble in bubbles] == [
        ResponseKey.ORDER_STANDARD,
        ResponseKey.PARCEL_TITLE,
        ResponseKey.PARCEL_TITLE,
        ResponseKey.NEXT_ARRIVED,
    ]
    assert bubbles[2]["items"] == "Toaster × 2"  # noqa: RUF001 - customers read this
    assert ResponseKey.PARCEL_DELIVERED in said
    assert ResponseKey.PARCEL_SHIPPED in said


async def test_a_disagreement_names_both_sources(redis: Redis) -> None:
    _, talk = await tell(order(), redis, australia_post(CarrierStatus.DELIVERED))

    told = talk.said(ResponseKey.PARCEL_SOURCES_DISAGREE_SINCE)
    assert told["other_source"] == "Kmart order system"
    assert told["other_state"] == "shipped"
    assert told["evidence"] == [{"source": "Kmart order system", "at": NOW.isoformat()}]
    assert talk.said(ResponseKey.PARCEL_REASON_NEWER)["source"] == "Australia Post"


async def test_an_unreachable_carrier_leaves_the_order_systems_word_with_its_age(
    redis: Redis,
) -> None:
    carriers = MemoryCarriers()
    carriers.failure = SystemUnreachable("australia_post")

    said, talk = await tell(order(), redis, carriers)

    assert ResponseKey.PARCEL_SHIPPED in said
    told = talk.said(ResponseKey.PARCEL_CARRIER_UNREACHABLE_SINCE)
    assert told["status_at"] == "3:00 pm on Thursday 19 November"


async def test_a_stale_report_is_told_with_the_time_it_was_looked_up(redis: Redis) -> None:
    carriers = australia_post(CarrierStatus.IN_TRANSIT, looked_up_at=hours_ago(5), is_stale=True)

    _, talk = await tell(order(), redis, carriers)

    told = talk.said(ResponseKey.PARCEL_CARRIER_STALE)
    assert told["looked_up"] == "7:30 am on Tuesday 24 November"


async def test_a_report_kept_for_long_is_not_called_stale(redis: Redis) -> None:
    carriers = australia_post(CarrierStatus.DELIVERED, looked_up_at=hours_ago(30))

    said, _ = await tell(order(), redis, carriers)

    assert ResponseKey.PARCEL_CARRIER_STALE not in said


@pytest.mark.parametrize(
    ("dispatched", "key"),
    [
        ("2026-11-24T09:00:00+11:00", ResponseKey.PARCEL_TRACKING_NOT_FOUND),
        ("2026-11-14T09:00:00+11:00", ResponseKey.PARCEL_NOTHING_TO_TRACK),
    ],
    ids=["just sent", "sent long ago"],
)
async def test_a_number_the_carrier_does_not_know_is_said_to_be_so(
    dispatched: str, key: ResponseKey, redis: Redis
) -> None:
    carriers = MemoryCarriers()
    carriers.failure = TrackingNotFound(AUSTRALIA_POST, NUMBER)

    said, talk = await tell(order(parcel_json(status_at=dispatched)), redis, carriers)

    assert key in said
    assert {"source": "Australia Post", "at": NOW.isoformat()} in talk.said(key)["evidence"]


async def test_how_soon_tracking_works_is_told_with_its_source_or_not_at_all(redis: Redis) -> None:
    carriers = MemoryCarriers()
    carriers.failure = TrackingNotFound(AUSTRALIA_POST, NUMBER)
    just_sent = order(parcel_json(status_at="2026-11-24T09:00:00+11:00"))

    _, talk = await tell(just_sent, redis, carriers)
    unpublished, _ = await tell(just_sent, redis, carriers, knowledge=library())

    message = talk.said(ResponseKey.PARCEL_TRACKING_NOT_FOUND)
    assert message["wait"] == "up to 48 hours"
    assert SOURCE in {one["source"] for one in message["evidence"]}
    assert ResponseKey.PARCEL_TRACKING_NOT_FOUND not in unpublished


async def test_a_carrier_that_cannot_be_asked_is_said_to_be_so(redis: Redis) -> None:
    said, _ = await tell(order(parcel_json(carrier="sendle")), redis)

    assert ResponseKey.PARCEL_CARRIER_NOT_CONNECTED in said


async def test_a_note_that_nobody_knows_is_quoted_and_not_explained(redis: Redis) -> None:
    said, talk = await tell(order(), redis, australia_post(CarrierStatus.UNKNOWN))

    assert ResponseKey.PARCEL_UNCLEAR in said
    assert ResponseKey.PARCEL_ETA_PROMISED not in said
    assert talk.said(ResponseKey.PARCEL_SCAN)["scan"] == "A scan"


async def test_a_cancelled_order_with_a_parcel_on_its_way_is_told_as_a_contradiction(
    redis: Redis,
) -> None:
    said, _ = await tell(order(cancelled_at="2026-11-20T10:00:00+11:00"), redis)

    assert ResponseKey.PARCEL_ORDER_IS_CANCELLED in said
    assert ResponseKey.PARCEL_ETA_PROMISED not in said


async def test_a_sellers_parcel_left_the_seller_not_us(redis: Redis) -> None:
    seller = {"id": "s-7", "name": "Outback Toys", "marketplace": True}

    said, _ = await tell(order(lines=[line_json(seller=seller)]), redis)

    assert ResponseKey.PARCEL_SHIPPED_SELLER in said


async def test_overdue_is_told_as_overdue(redis: Redis) -> None:
    said, talk = await tell(order(parcel_json(promised_by="2026-11-20")), redis)

    assert talk.said(ResponseKey.PARCEL_OVERDUE)["date"] == "Friday 20 November"
    assert ResponseKey.PARCEL_ETA_PROMISED not in said


async def test_the_carriers_estimate_is_told_when_nothing_was_promised(redis: Redis) -> None:
    carriers = australia_post(CarrierStatus.IN_TRANSIT, estimated_delivery=date(2026, 11, 27))

    _, talk = await tell(order(parcel_json(promised_by=None)), redis, carriers)

    assert talk.said(ResponseKey.PARCEL_ETA_CARRIER)["date"] == "Friday 27 November"


async def test_without_any_date_none_is_made_up(redis: Redis) -> None:
    said, _ = await tell(order(parcel_json(promised_by=None)), redis)

    assert ResponseKey.PARCEL_NO_DATE in said


async def test_a_marketplace_parcel_names_its_seller(redis: Redis) -> None:
    seller = {"id": "s-7", "name": "Outback Toys", "marketplace": True}

    _, talk = await tell(order(lines=[line_json(seller=seller)]), redis)

    assert talk.said(ResponseKey.PARCEL_SELLER)["seller"] == "Outback Toys"


async def test_cancellation_and_refunds_are_told(redis: Redis) -> None:
    cancelled = order(
        parcel_json(status="cancelled", carrier=None, tracking_number=None),
        cancelled_at="2026-11-19T10:00:00+11:00",
        refunds=[{"amount": 29, "at": "2026-11-20T10:00:00+11:00"}],
    )

    said, talk = await tell(cancelled, redis)

    assert ResponseKey.ORDER_CANCELLED in said
    assert talk.said(ResponseKey.ORDER_REFUNDED_AMOUNT)["amount"] == "$29.00"
    assert ResponseKey.PARCEL_CANCELLED in said


async def test_an_order_without_parcels_is_told_to_have_none(redis: Redis) -> None:
    said, _ = await tell(order(parcels=[]), redis)

    assert ResponseKey.ORDER_NO_PARCELS in said


async def test_what_is_not_packed_yet_is_named(redis: Redis) -> None:
    lines = [line_json(), line_json(id="2", name="Toaster")]

    _, talk = await tell(order(lines=lines), redis)

    assert talk.said(ResponseKey.ORDER_NOT_PACKED)["items"] == "Toaster"


@pytest.mark.parametrize(
    ("topic", "status", "key"),
    [
        (TrackingTrouble, "shipped", ResponseKey.TRACKING_STILL_NOT_RECOGNISED),
        (TrackingTrouble, "processing", ResponseKey.TRACKING_AFTER_DISPATCH),
        (MissingParcel, "delivered", ResponseKey.ASK_LOOKED_AROUND),
        (MissingParcel, "shipped", ResponseKey.MISSING_PARCEL_NOT_DELIVERED),
        (MissingParcel, "collected", ResponseKey.ASK_ASKED_STORE),
        (MissingParcel, "cancelled", ResponseKey.MISSING_PARCEL_CANCELLED),
        (WrongAddress, "delivered", ResponseKey.ASK_LOOKED_AROUND),
        (WrongAddress, "cancelled", ResponseKey.ADDRESS_NOTHING_ON_ITS_WAY),
        (MissingItems, "delivered", ResponseKey.ASK_WHICH_ITEM_PROBLEM),
        (WrongAddress, "picking", ResponseKey.ADDRESS_BEFORE_DISPATCH),
        (WrongAddress, "shipped", ResponseKey.ADDRESS_AFTER_DISPATCH),
        (MarketplaceOrder, "shipped", ResponseKey.NOT_MARKETPLACE),
    ],
)
async def test_each_problem_adds_its_advice_to_the_facts(
    topic: type[OrderTopic], status: str, key: ResponseKey, redis: Redis
) -> None:
    said, _ = await tell(order(parcel_json(status=status)), redis, topic=topic)

    assert key in said


async def test_how_it_was_left_is_told_even_where_the_order_system_decides(redis: Redis) -> None:
    carriers = australia_post(CarrierStatus.DELIVERED, proof_of_delivery="Left in a safe place")
    delivered = parcel_json(status="delivered", delivered_at="2026-11-24T12:00:00+11:00")

    _, talk = await tell(order(delivered), redis, carriers)

    told = talk.said(ResponseKey.PARCEL_PROOF_OF_DELIVERY)
    assert (told["carrier"], told["proof"]) == ("Australia Post", "Left in a safe place")


async def test_every_scan_is_listed_with_its_time_newest_first(redis: Redis) -> None:
    scans = (
        TrackingEvent(at=hours_ago(2), description="Item processed", location="PERTH WA"),
        TrackingEvent(at=hours_ago(30), description="Shipment information received"),
    )
    carriers = australia_post(CarrierStatus.IN_TRANSIT, events=scans)

    said, talk = await tell(order(), redis, carriers, topic=TrackingHistory)

    assert said[-3:] == [
        ResponseKey.TRACKING_HISTORY,
        ResponseKey.TRACKING_HISTORY_EVENT,
        ResponseKey.TRACKING_HISTORY_EVENT_WITHOUT_PLACE,
    ]
    newest = talk.said(ResponseKey.TRACKING_HISTORY_EVENT)
    assert newest["scan"] == "Item processed"
    assert newest["at"] == "10:30 am on Tuesday 24 November"
    assert newest["evidence"] == [{"source": "Australia Post", "at": NOW.isoformat()}]


async def test_an_order_without_scans_is_said_to_have_none(redis: Redis) -> None:
    said, _ = await tell(order(), redis, topic=TrackingHistory)

    assert said[-1] == ResponseKey.TRACKING_HISTORY_EMPTY


async def test_scans_that_cannot_be_seen_are_not_said_to_be_none(redis: Redis) -> None:
    whole = order(parcel_json(carrier="couriersplease"))

    said, talk = await tell(whole, redis, topic=TrackingHistory)

    assert ResponseKey.TRACKING_HISTORY_EMPTY not in said
    assert talk.said(ResponseKey.TRACKING_OUT_OF_SIGHT)["carrier"] == "CouriersPlease"


@pytest.mark.parametrize(
    ("parcel", "key"),
    [
        ({}, ResponseKey.NEXT_COMING),
        ({"promised_by": "2026-11-20"}, ResponseKey.NEXT_LATE),
        ({"status": "delivered"}, ResponseKey.NEXT_ARRIVED),
        ({"status": "processing"}, ResponseKey.NEXT_NOT_SENT),
    ],
)
async def test_what_can_be_asked_next_depends_on_how_it_stands(
    parcel: dict[str, str], key: ResponseKey, redis: Redis
) -> None:
    said, _ = await tell(order(parcel_json(**parcel)), redis)

    assert said[-1] == key


async def test_what_is_called_delivered_by_either_side_may_be_missed(redis: Redis) -> None:
    carriers = australia_post(CarrierStatus.OUT_FOR_DELIVERY)
    delivered = parcel_json(status="delivered", delivered_at="2026-11-23T12:00:00+11:00")

    said, _ = await tell(order(delivered), redis, carriers, topic=MissingParcel)

    assert ResponseKey.ASK_LOOKED_AROUND in said
    assert ResponseKey.MISSING_PARCEL_NOT_DELIVERED not in said


async def test_tracking_that_stands_still_for_too_long_is_not_called_normal(redis: Redis) -> None:
    old = TrackingEvent(at=hours_ago(190), description="A scan")
    carriers = australia_post(CarrierStatus.IN_TRANSIT, events=(old,), deciding_event=old)

    said, talk = await tell(order(), redis, carriers, topic=TrackingTrouble)

    message = talk.said(ResponseKey.TRACKING_STUCK)
    assert message["wait"] == "24 to 48 hours"
    assert {one["source"] for one in message["evidence"]} == {"Australia Post", SOURCE}
    assert ResponseKey.TRACKING_WAIT not in said


async def test_without_a_published_wait_nobody_is_told_what_is_normal(redis: Redis) -> None:
    old = TrackingEvent(at=hours_ago(190), description="A scan")
    carriers = australia_post(CarrierStatus.IN_TRANSIT, events=(old,), deciding_event=old)

    said, _ = await tell(order(), redis, carriers, topic=TrackingTrouble, knowledge=library())

    assert ResponseKey.TRACKING_WAIT_UNKNOWN in said


async def test_a_carrier_that_cannot_be_asked_now_is_said_with_when_it_can(redis: Redis) -> None:
    carriers = MemoryCarriers()
    carriers.failure = SystemRateLimited("australia_post", retry_after=timedelta(seconds=40))

    said, talk = await tell(order(), redis, carriers)

    assert ResponseKey.PARCEL_CARRIER_UNREACHABLE_SINCE in said
    told = talk.said(ResponseKey.PARCEL_CARRIER_FREE_AT)
    assert (told["carrier"], told["free_at"]) == (
        "Australia Post",
        "12:31 pm on Tuesday 24 November",
    )
