from datetime import datetime
from typing import Any

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Span, Unit
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus
from support.systems.cases.models import CaseKind
from support.systems.errors import SystemUnreachable
from support.systems.marketplace.models import TicketReason
from support.systems.orders.models import Order
from tests.actions.chatting import Chat
from tests.knowledge import SOURCE, business_days, hours, library
from tests.orders import NOW, hours_ago, line_json, order, parcel_json
from tests.support.decisions.standings import scanned

PUBLISHED = library(
    {
        KnowledgeKey.TRACKING_UPDATES: hours(48, least=24),
        KnowledgeKey.TRACKING_AFTER_SHIPPING: hours(48),
        KnowledgeKey.PROCESSING: Span(least=0, most=3, unit=Unit.DAYS),
    }
)
SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
WAITING = parcel_json(
    status="processing", carrier=None, tracking_number=None, dispatched_at=None, status_at=None
)


def stuck(redis: Redis, *, last_scan: datetime, whole: Order | None = None) -> Chat:
    carriers = MemoryCarriers([scanned(last_scan)])
    return Chat(whole or order(), redis, knowledge=PUBLISHED, carriers=carriers)


async def complain(chat: Chat, text: str = "tracking hasnt moved") -> list[ResponseKey]:
    return await chat.begin(text, "tracking_not_updating")


async def test_a_recent_scan_is_normal_and_said_until_when(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(24))

    said = await complain(chat)

    told = chat.talk.said(ResponseKey.TRACKING_WAIT)
    assert told["until"] == "12:30 pm on Wednesday 25 November"
    assert told["wait"] == "24 to 48 hours"
    assert told["carrier"] == "Australia Post"
    assert {one["source"] for one in told["evidence"]} == {SOURCE, "Australia Post"}
    assert ResponseKey.ASK_TELL_ME in said
    assert chat.cases.requests == []


async def test_a_scan_past_the_published_wait_gets_the_offer_of_a_search(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))

    offered = await complain(chat)
    said = await chat.say("yes please", "affirm")

    assert offered[-4:] == [
        ResponseKey.TRACKING_STUCK,
        ResponseKey.ASK_START_TRACE,
        ResponseKey.ANSWER_YES,
        ResponseKey.ANSWER_NO,
    ]
    assert said[:4] == [
        ResponseKey.CASE_OPENED,
        ResponseKey.TRACE_STARTED,
        ResponseKey.INVESTIGATION_TIME_UNKNOWN,
        ResponseKey.ASK_TELL_ME,
    ]
    (request,) = chat.cases.requests
    assert (request.kind, request.parcel_id) == (CaseKind.STUCK_PARCEL, "P1")
    assert request.carrier == "australia_post"
    assert hours_ago(190).isoformat() in request.details["last seen"]


async def test_the_offer_names_the_scan_and_the_carrier(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(72))

    await complain(chat)

    told = chat.talk.said(ResponseKey.TRACKING_STUCK)
    assert told["since"] == "12:30 pm on Saturday 21 November"
    assert chat.talk.said(ResponseKey.ASK_START_TRACE)["who"] == "Australia Post"


async def test_without_a_published_wait_nothing_is_called_too_long(redis: Redis) -> None:
    carriers = MemoryCarriers([scanned(hours_ago(190))])
    chat = Chat(order(), redis, knowledge=library(), carriers=carriers)

    said = await complain(chat)

    assert ResponseKey.TRACKING_WAIT_UNKNOWN in said
    assert chat.question == "tell_me"


async def test_no_starts_nothing(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))
    await complain(chat)

    assert await chat.say("nah leave it", "deny") == [ResponseKey.NOTHING_STARTED]
    assert chat.cases.requests == []


async def test_a_long_and_rude_yes_is_a_yes(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))
    await complain(chat)

    said = await chat.say(
        "yes find the bloody thing, i have never been treated like this in my life", "complaint"
    )

    assert ResponseKey.CASE_OPENED in said


async def test_a_question_in_between_is_answered_first(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))
    await complain(chat)

    said = await chat.say("what was the status again", "track_order")

    assert ResponseKey.PARCEL_SHIPPED in said
    assert ResponseKey.ASK_START_TRACE_AGAIN in said


async def test_a_question_in_between_is_no_consent(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))
    await complain(chat)

    said = await chat.say("ok what can you do about it", "affirm")

    assert chat.cases.requests == []
    assert said[0] is ResponseKey.ANSWER_NOT_UNDERSTOOD
    assert ResponseKey.ASK_START_TRACE_AGAIN in said


async def test_a_search_that_is_open_is_told_and_not_started_again(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))
    await complain(chat)
    await chat.press("yes")

    said = await complain(chat, "still not moving!!")

    assert ResponseKey.CASE_IS_OPEN in said
    assert len(chat.cases.requests) == 1


async def test_nothing_is_said_to_be_started_while_the_case_system_fails(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))
    await complain(chat)
    chat.cases.failure = SystemUnreachable("cases")

    assert await chat.press("yes") == [ResponseKey.CASE_SYSTEM_UNAVAILABLE]


async def test_a_parcel_of_a_seller_is_asked_about_with_the_seller(redis: Redis) -> None:
    sold = order(lines=[line_json(seller=SELLER)])
    chat = stuck(redis, last_scan=hours_ago(190), whole=sold)

    offered = await complain(chat)
    said = await chat.press("yes")

    assert ResponseKey.ASK_OPEN_TICKET in offered
    assert ResponseKey.TICKET_OPENED in said
    assert chat.marketplace.requests[0].reason is TicketReason.WHERE_IS_IT
    assert chat.cases.requests == []


async def test_a_button_of_another_question_starts_nothing(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))
    await complain(chat)

    await chat.press("found")

    assert chat.cases.requests == []
    assert chat.question == "start_trace"


@pytest.mark.parametrize(
    ("parcel", "key"),
    [
        ({"dispatched_at": hours_ago(4).isoformat()}, ResponseKey.TRACKING_NOT_RECOGNISED),
        ({"dispatched_at": None, "status_at": None}, ResponseKey.TRACKING_NOT_RECOGNISED_UNTIMED),
        (
            {"dispatched_at": hours_ago(60).isoformat()},
            ResponseKey.TRACKING_STILL_NOT_RECOGNISED,
        ),
        (
            {"tracking_number": None, "dispatched_at": hours_ago(4).isoformat()},
            ResponseKey.TRACKING_NOT_SCANNED,
        ),
        (
            {"tracking_number": None, "dispatched_at": None, "status_at": None},
            ResponseKey.TRACKING_NOT_SCANNED_UNTIMED,
        ),
        (
            {"tracking_number": None, "dispatched_at": hours_ago(60).isoformat()},
            ResponseKey.TRACKING_NEVER_SCANNED,
        ),
        ({"carrier": "couriersplease"}, ResponseKey.TRACKING_OUT_OF_SIGHT),
    ],
)
async def test_what_was_sent_and_not_scanned_is_explained(
    parcel: dict[str, Any], key: ResponseKey, redis: Redis
) -> None:
    chat = Chat(order(parcel_json(**parcel)), redis, knowledge=PUBLISHED)

    assert key in await chat.begin("no tracking", "no_tracking_info")


async def test_that_a_number_is_not_known_is_the_carriers_word(redis: Redis) -> None:
    sent = parcel_json(dispatched_at=hours_ago(4).isoformat())
    chat = Chat(order(sent), redis, knowledge=PUBLISHED)

    await chat.begin("the number doesnt work", "no_tracking_info")

    told = chat.talk.said(ResponseKey.TRACKING_NOT_RECOGNISED)
    assert {one["source"] for one in told["evidence"]} >= {"Australia Post", SOURCE}


async def test_what_was_never_scanned_for_too_long_is_searched_for(redis: Redis) -> None:
    sent = parcel_json(dispatched_at=hours_ago(60).isoformat())
    chat = Chat(order(sent), redis, knowledge=PUBLISHED)
    await chat.begin("the number doesnt work", "no_tracking_info")

    await chat.press("yes")

    assert [one.kind for one in chat.cases.requests] == [CaseKind.STUCK_PARCEL]


async def test_an_order_that_is_not_sent_yet_has_no_tracking_yet(redis: Redis) -> None:
    chat = Chat(order(WAITING, placed_at=hours_ago(20).isoformat()), redis, knowledge=PUBLISHED)

    said = await chat.begin("wheres my tracking number", "no_tracking_info")

    assert ResponseKey.TRACKING_AFTER_DISPATCH in said
    assert chat.talk.said(ResponseKey.TRACKING_SENT_WITHIN)["time"] == "up to 3 days"
    assert chat.question == "tell_me"


async def test_an_order_that_was_not_sent_in_time_gets_a_case(redis: Redis) -> None:
    chat = Chat(order(WAITING), redis, knowledge=PUBLISHED)

    offered = await chat.begin("wheres my tracking number", "no_tracking_info")
    said = await chat.say("yes", "affirm")

    assert said[:2] == [ResponseKey.CASE_OPENED, ResponseKey.DISPATCH_ASKED]
    assert ResponseKey.TRACKING_NOT_SENT_IN_TIME in offered
    assert ResponseKey.ASK_CHECK_DISPATCH in offered
    (request,) = chat.cases.requests
    assert (request.kind, request.parcel_id) == (CaseKind.NOT_DISPATCHED, "P1")


async def test_kmarts_time_for_sending_is_not_held_against_target(redis: Redis) -> None:
    chat = Chat(order(WAITING, brand="target"), redis, knowledge=PUBLISHED)

    said = await chat.begin("wheres my tracking number", "no_tracking_info")

    assert ResponseKey.TRACKING_AFTER_DISPATCH in said
    assert ResponseKey.TRACKING_SENT_WITHIN not in said


@pytest.mark.parametrize(("placed", "overdue"), [("2026-11-18", False), ("2026-11-17", True)])
async def test_an_order_is_overdue_after_the_last_published_business_day(
    placed: str, redis: Redis, *, overdue: bool
) -> None:
    known = library({KnowledgeKey.PROCESSING: business_days(0, 4)})
    chat = Chat(order(WAITING, placed_at=f"{placed}T09:00:00+11:00"), redis, knowledge=known)

    said = await chat.begin("no tracking", "no_tracking_info")

    assert (ResponseKey.ASK_CHECK_DISPATCH in said) is overdue


async def test_a_seller_who_has_not_sent_it_is_named(redis: Redis) -> None:
    chat = Chat(order(WAITING, lines=[line_json(seller=SELLER)]), redis, knowledge=PUBLISHED)

    said = await chat.begin("no tracking", "no_tracking_info")

    assert ResponseKey.TRACKING_SENT_WITHIN not in said
    assert chat.talk.said(ResponseKey.TRACKING_FROM_SELLER)["seller"] == "Toy Haven"


async def test_click_and_collect_has_no_tracking(redis: Redis) -> None:
    store = {"id": "s", "name": "Kmart Geelong", "address": "1 Store St, Geelong VIC 3220"}
    delivery = {"method": "click_and_collect", "address": None, "store": store}
    chat = Chat(order(WAITING, delivery=delivery), redis, knowledge=PUBLISHED)

    said = await chat.begin("no tracking", "no_tracking_info")

    assert ResponseKey.TRACKING_TO_COLLECT in said
    assert ResponseKey.ASK_CHECK_DISPATCH not in said


async def test_a_number_that_is_not_the_orders_may_be_typed_wrong(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(24))

    said = await chat.begin(
        "33ABC0000012 shows nothing", "no_tracking_info", tracking_number="33ABC0000012"
    )

    assert ResponseKey.TRACKING_NUMBER_NOT_ON_ORDER in said


async def test_each_of_several_parcels_is_explained_under_its_items(redis: Redis) -> None:
    lines = [line_json(), line_json(id="2", name="Toaster")]
    second = {**WAITING, "id": "P2", "items": [{"line_id": "2", "quantity": 1}]}
    whole = order(parcel_json(), second, lines=lines, placed_at=hours_ago(20).isoformat())
    chat = stuck(redis, last_scan=hours_ago(24), whole=whole)

    await complain(chat)

    titles = [one for one in chat.talk.messages if one["response"].endswith("about_parcel")]
    assert [one["items"] for one in titles] == ["Kettle", "Toaster"]
    assert chat.talk.said(ResponseKey.TRACKING_WAIT)["joins"]


async def test_what_arrived_has_nothing_to_follow(redis: Redis) -> None:
    chat = Chat(order(parcel_json(status="delivered")), redis, knowledge=PUBLISHED)

    await complain(chat)

    assert chat.question is None


async def test_a_parcel_that_moved_meanwhile_is_told_and_not_searched_for(redis: Redis) -> None:
    chat = stuck(redis, last_scan=hours_ago(190))
    await complain(chat)
    assert isinstance(chat.services.carriers, MemoryCarriers)
    chat.services.carriers.add(scanned(NOW, status=CarrierStatus.OUT_FOR_DELIVERY))

    said = await chat.press("yes")

    assert ResponseKey.PARCEL_OUT_FOR_DELIVERY_TODAY in said
    assert chat.cases.requests == []
