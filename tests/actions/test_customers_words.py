"""What customers really wrote, and what they should have been told."""

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.ids import TrackingNumber
from support.knowledge.library import Library
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from tests.actions.chatting import Chat
from tests.actions.rendering import worded
from tests.orders import NOW, hours_ago, line_json, order, parcel_json
from tests.published import published_times

STORE = {"id": "1", "name": "Kmart Geelong", "address": "5 Market St, Geelong VIC 3220"}
TO_STORE = {"method": "click_and_collect", "address": None, "store": STORE}


def seen(status: CarrierStatus) -> MemoryCarriers:
    """Australia Post says this."""
    scan = TrackingEvent(description="Awaiting collection", status=status, at=hours_ago(2))
    report = TrackingReport(
        carrier=AUSTRALIA_POST,
        number=TrackingNumber("JDQ019457101000930308"),
        status=status,
        looked_up_at=NOW,
        events=(scan,),
        deciding_event=scan,
    )
    return MemoryCarriers([report])


def texts(chat: Chat) -> str:
    return "\n".join(worded(chat.talk.messages, "web"))


@pytest.mark.parametrize("intent", ["cancel_order", "change_order", "refund_or_return"])
async def test_why_was_my_order_cancelled_is_answered_with_its_facts(
    intent: str, redis: Redis
) -> None:
    chat = Chat(order(cancelled_at="2026-11-20T10:00:00+11:00"), redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("why was my order cancelled", intent)

    assert ResponseKey.ORDER_CANCELLED in said
    assert ResponseKey.DETAIL_WHY_UNKNOWN in said
    assert ResponseKey.CANCEL_ORDER not in said


async def test_whoever_asks_why_before_saying_who_they_are_is_asked_and_then_told(
    redis: Redis,
) -> None:
    chat = Chat(order(cancelled_at="2026-11-20T10:00:00+11:00"), redis)

    await chat.say("why was my order cancelled", "cancel_order")

    assert chat.talk.followup == "identity_form"


@pytest.mark.parametrize("intent", ["cancel_order", "refund_or_return", "order_details"])
async def test_it_went_back_to_sender_is_answered_with_its_facts(intent: str, redis: Redis) -> None:
    chat = Chat(order(), redis, carriers=seen(CarrierStatus.RETURNED))
    await chat.begin("where is my order", "track_order")

    said = await chat.say("it went back to sender??", intent)

    assert ResponseKey.PARCEL_RETURNED in said
    assert ResponseKey.DETAIL_WHY_UNKNOWN in said
    assert ResponseKey.CANCEL_ORDER not in said


async def test_what_was_not_cancelled_is_said_not_to_be(redis: Redis) -> None:
    chat = Chat(order(), redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("did you guys cancel my order?? it says cancelled", "cancel_order")

    assert ResponseKey.DETAIL_NOT_ENDED in said


async def test_cancel_my_order_is_still_answered_with_how_that_goes(redis: Redis) -> None:
    chat = Chat(order(), redis)
    await chat.begin("where is my order", "track_order")

    assert ResponseKey.CANCEL_ORDER in await chat.say("cancel my order please", "cancel_order")


async def test_can_u_hold_it_til_sunday_on_its_way(redis: Redis) -> None:
    chat = Chat(order(), redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("can u hold it til sunday", "change_order")

    assert ResponseKey.DETAIL_HOLD_WITH_CARRIER in said
    assert ResponseKey.CHANGE_ORDER not in said


async def test_can_u_hold_it_til_sunday_at_the_store_asks_for_more_time(redis: Redis) -> None:
    ready = parcel_json(status="ready_to_collect", carrier=None, tracking_number=None)
    chat = Chat(order(ready, delivery=TO_STORE), redis, signed_in=True)
    await chat.begin("where is my order", "track_order")

    await chat.say("can u hold it til sunday", "change_order")

    assert chat.question == "ask_extension"


@pytest.mark.parametrize("text", ["what does that mean", "whats that mean??"])
async def test_what_does_that_mean_after_an_unknown_status_says_what_is_known(
    text: str, redis: Redis
) -> None:
    chat = Chat(order(parcel_json(status="new_word")), redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say(text, "status_meaning")

    assert ResponseKey.DETAIL_MEANING_UNKNOWN in said
    assert ResponseKey.PARCEL_CARRIER_LINK in said
    assert ResponseKey.STATUS_MEANING_ALL not in said
    assert chat.talk.followup is None


async def test_what_does_that_mean_after_a_known_status_explains_that_one(redis: Redis) -> None:
    chat = Chat(order(), redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("what does that mean", "status_meaning")

    assert ResponseKey.PARCEL_SHIPPED in said
    assert ResponseKey.DETAIL_MEANING_UNKNOWN not in said


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("do i need id", "click_and_collect"),
        ("do i need to bring id to pick it up", "click_and_collect"),
        ("where do i pick it up from", "order_details"),
        ("where do i pick it up from", "click_and_collect"),
    ],
)
async def test_what_waits_at_the_post_office_is_not_answered_with_the_rule_of_stores(
    text: str, intent: str, redis: Redis
) -> None:
    waits = seen(CarrierStatus.READY_FOR_COLLECTION)
    chat = Chat(order(), redis, carriers=waits, knowledge=Library.read())
    await chat.begin("where is my order", "track_order")

    said = await chat.say(text, intent)

    assert ResponseKey.DETAIL_AT_CARRIER in said
    assert ResponseKey.DETAIL_POST_OFFICE_KEEPS_LONGER in said
    assert ResponseKey.COLLECT_BRING not in said
    assert ResponseKey.DETAIL_NO_STORE not in said
    assert "Australia Post" in texts(chat)


async def test_sympathy_stands_before_the_question(redis: Redis) -> None:
    chat = Chat(
        order(parcel_json(status="delivered", delivered_at="2026-11-23T12:00:00+11:00")), redis
    )

    said = await chat.begin("it says delivered but its not here ffs", "delivered_not_received")

    assert said[0] is ResponseKey.OFFER_PERSON
    assert ResponseKey.ASK_LOOKED_AROUND in said


@pytest.mark.parametrize("intent", ["provide_details", "nlu_fallback"])
async def test_a_bare_postcode_after_delivery_times_is_asked_about(
    intent: str, redis: Redis
) -> None:
    chat = Chat(order(), redis, knowledge=published_times())
    await chat.say("how long does delivery take", "eta_question")

    said = await chat.say("3220", intent, postcode="3220")

    assert said[0] in {ResponseKey.ETA_PLACE, ResponseKey.ETA_PLACE_AMBIGUOUS}
    assert chat.talk.said(said[0])["place"] == "3220"


async def test_a_bare_postcode_out_of_the_blue_is_no_question(redis: Redis) -> None:
    chat = Chat(order(), redis, knowledge=published_times())

    said = await chat.say("3220", "provide_details", postcode="3220")

    assert said == [ResponseKey.DETAIL_NOT_RECOGNISED]


@pytest.mark.parametrize("intent", ["case_status", "track_order", "nlu_fallback"])
async def test_a_case_is_named_before_it_is_asked_whose_it_is(intent: str, redis: Redis) -> None:
    chat = Chat(order(), redis)

    said = await chat.say("whats happening with C100004", intent)

    assert said == [ResponseKey.CASE_WHOSE]
    assert "C100004" in texts(chat)
    assert chat.talk.followup == "identity_form"


async def test_kettle_smashed_on_an_order_of_a_dinner_set_asks_which_item(redis: Redis) -> None:
    here = parcel_json(status="delivered", delivered_at="2026-11-23T12:00:00+11:00")
    chat = Chat(order(here, lines=[line_json(name="Dinner Set 12 Piece")]), redis, signed_in=True)

    said = await chat.begin("kettle smashed", "missing_item_or_damaged")

    assert ResponseKey.ITEM_NOT_ON_ORDER in said
    assert chat.question == "which_items"
    assert chat.cases.requests == []


async def test_it_came_smashed_on_an_order_of_one_thing_is_that_thing(redis: Redis) -> None:
    here = parcel_json(status="delivered", delivered_at="2026-11-23T12:00:00+11:00")
    chat = Chat(order(here, lines=[line_json(name="Dinner Set 12 Piece")]), redis, signed_in=True)

    await chat.begin("it came smashed", "missing_item_or_damaged")

    assert chat.question == "report_items"


async def test_a_yes_to_nothing_is_not_called_good(redis: Redis) -> None:
    chat = Chat(order(), redis)

    said = await chat.say("yeah nah yeah", "affirm")

    assert said[0] is ResponseKey.YES_WITHOUT_QUESTION
    assert "Good" not in texts(chat)
    assert chat.talk.buttons


async def test_a_status_that_is_on_no_list_is_explained_by_the_order(redis: Redis) -> None:
    chat = Chat(order(parcel_json(status="quality_hold", tracking_number=None)), redis)
    await chat.begin("where is it", "track_order")

    own = await chat.say("what does quality hold mean", "status_meaning")
    every = await chat.say("what do all the statuses mean", "status_meaning")

    assert ResponseKey.DETAIL_MEANING_UNKNOWN in own
    assert every == [ResponseKey.STATUS_MEANING_ALL]


async def test_the_number_of_an_order_that_was_told_needs_no_list_of_places(redis: Redis) -> None:
    chat = Chat(order(), redis)
    await chat.begin("where is it", "track_order")

    number = await chat.say("and the tracking number?", "find_tracking_link")
    places = await chat.say("where do i find tracking", "find_tracking_link")

    assert ResponseKey.TRACKING_LINK_PLACES not in number
    assert ResponseKey.PARCEL_CARRIER_LINK in number
    assert ResponseKey.TRACKING_LINK_PLACES in places
