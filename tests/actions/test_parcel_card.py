from typing import Any

from redis.asyncio import Redis

from actions.status_topics import OrderStatus
from support.systems.carriers.models import CarrierStatus
from support.systems.orders.models import Order
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.actions.test_order_status import NUMBER, australia_post, tell
from tests.orders import NOW, line_json, order, parcel_json

STORE = {"id": "s1", "name": "Kmart Geelong", "address": "1 High St VIC", "hours": "24 hours"}


def cards(talk: Conversation) -> list[dict[str, Any]]:
    return [card for message in talk.messages for card in message.get("cards", [])]


async def test_a_parcels_bubble_carries_the_same_facts_as_data(redis: Redis):
    _, talk = await tell(order(), redis, australia_post(CarrierStatus.IN_TRANSIT))

    [card] = cards(talk)
    assert (card["kind"], card["order_number"]) == ("parcel", "410200341")
    assert (card["position"], card["count"], card["items"]) == (1, 1, "Kettle")
    assert (card["state"], card["status"]) == ("shipped", "shipped")
    assert card["journey"] == {
        "steps": ["received", "picking", "shipped", "out_for_delivery", "delivered"],
        "reached": 3,
        "needs_attention": False,
    }
    assert card["expected"] == {
        "by": "2026-11-25",
        "earliest": None,
        "spoken": "Wednesday 25 November",
        "overdue": False,
        "source": "Kmart order system",
    }
    assert card["carrier"]["name"] == "Australia Post"
    assert card["carrier"]["tracking_number"] == NUMBER
    assert NUMBER in card["carrier"]["link"]
    assert card["store"] is None
    assert card["told_by"]["at"] == NOW.isoformat()


async def test_each_parcel_has_a_card_of_its_own(redis: Redis):
    lines = [line_json(), line_json(id="2", name="Toaster", quantity=2)]
    parcels = (
        parcel_json(status="delivered"),
        parcel_json(id="P2", items=[{"line_id": "2", "quantity": 2}], tracking_number="X"),
    )

    _, talk = await tell(order(*parcels, lines=lines), redis)

    assert [(card["position"], card["count"], card["state"]) for card in cards(talk)] == [
        (1, 2, "delivered"),
        (2, 2, "shipped"),
    ]


async def test_what_waits_in_a_store_tells_where_and_has_the_stores_way(redis: Redis):
    parcel = parcel_json(status="ready_to_collect", carrier=None, tracking_number=None)

    _, talk = await tell(
        order(parcel, delivery={"method": "click_and_collect", "store": STORE}), redis
    )

    [card] = cards(talk)
    assert card["store"] == {
        "name": "Kmart Geelong",
        "address": "1 High St VIC",
        "hours": "24 hours",
    }
    assert (card["journey"]["steps"][-1], card["journey"]["reached"]) == ("collected", 3)
    assert card["carrier"] is None


async def test_who_is_known_by_phone_number_alone_sees_neither_items_nor_store(redis: Redis):
    seller = {"id": "s-7", "name": "Outback Toys", "marketplace": True}
    parcel = parcel_json(status="ready_to_collect")
    collected: Order = order(
        parcel,
        lines=[line_json(seller=seller)],
        delivery={"method": "click_and_collect", "store": STORE},
    )
    talk = Conversation(sender_phone=collected.contact.phone)
    services = services_for_tests(collected, redis=redis)

    await talk.turn(OrderStatus(services), order_number=collected.number)

    [card] = cards(talk)
    assert (card["items"], card["seller"], card["store"]) == (None, None, None)
    assert card["state"] == "ready_to_collect"
