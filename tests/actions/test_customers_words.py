"""What customers really wrote, and what they should have been told."""

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.ids import TrackingNumber
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import Rule, Words
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from tests.actions.chatting import Chat
from tests.actions.rendering import worded
from tests.knowledge import library
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
    assert ResponseKey.DETAIL_POST_OFFICE_KEEPS in said
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


ADDRESS = "88 Wattle St, Ballarat VIC 3350"


async def waiting_for_a_code(redis: Redis) -> Chat:
    """A customer who has confirmed another address, and was sent a code."""
    chat = Chat(order(), redis)
    await chat.begin("its going to the wrong address", "wrong_address")
    await chat.say(ADDRESS, "provide_details")
    await chat.yes()
    assert chat.question == "code"
    return chat


@pytest.mark.parametrize(
    ("text", "intent", "key"),
    [
        ("im not doing a code just change it", "deny", ResponseKey.CODE_WHY),
        ("cant you just do it without the code", "complaint", ResponseKey.CODE_WHY),
        ("why do i need a code", "ask_why", ResponseKey.CODE_WHY),
        ("is it changed now?", "wrong_address", ResponseKey.CODE_NOT_DONE_YET),
        ("so is that done", "affirm", ResponseKey.CODE_NOT_DONE_YET),
    ],
)
async def test_the_confirmed_address_is_kept_while_the_code_is_argued_about(
    text: str, intent: str, key: ResponseKey, redis: Redis
) -> None:
    chat = await waiting_for_a_code(redis)

    said = await chat.say(text, intent)

    assert said[:2] == [key, ResponseKey.CODE_KEEPS_ADDRESS]
    assert ADDRESS in texts(chat)
    assert (chat.question, chat.cases.requests) == ("code", [])
    await chat.say(chat.sent_code, "provide_details")
    (request,) = chat.cases.requests
    assert request.details["new_address"] == ADDRESS


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("unit 7", "Unit 7/88 Wattle St, Ballarat VIC 3350"),
        ("actually make it 7/88", "7/88 Wattle St, Ballarat VIC 3350"),
        ("its 90 not 88 sorry", "90 Wattle St, Ballarat VIC 3350"),
    ],
)
@pytest.mark.parametrize("moment", ["read back", "at the code"])
async def test_an_address_that_is_open_is_put_right(
    text: str, line: str, moment: str, redis: Redis
) -> None:
    chat = Chat(order(), redis)
    await chat.begin("its going to the wrong address", "wrong_address")
    await chat.say(ADDRESS, "provide_details")
    if moment == "at the code":
        await chat.yes()

    await chat.say(text, "correct_detail")

    assert chat.question == "confirm_address"
    assert chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"] == line


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


async def test_a_case_is_named_before_it_is_asked_whose_it_is(redis: Redis) -> None:
    chat = Chat(order(), redis)

    said = await chat.say("whats happening with C100004", "case_status")

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


async def test_two_problems_are_dealt_with_one_after_the_other(redis: Redis) -> None:
    late = parcel_json(promised_by="2026-11-20")
    rules = library({KnowledgeKey.OFFER_REFUND: Rule(holds=True)})
    chat = Chat(order(late), redis, knowledge=rules, signed_in=True)

    first = await chat.begin("it's late AND the address is wrong", "delivery_delayed")
    assert ResponseKey.LATER_ADDRESS in first
    assert chat.question == "which_remedy"

    await chat.press("refund")
    assert chat.question == "tell_me"
    then = await chat.no()

    assert then[:3] == [
        ResponseKey.NOT_FOLLOWING,
        ResponseKey.NOW_ADDRESS,
        ResponseKey.ADDRESS_AFTER_DISPATCH,
    ]
    assert chat.question == "new_address"
    assert ResponseKey.NOW_ADDRESS not in await chat.say(ADDRESS, "provide_details")


async def test_the_second_problem_is_taken_up_at_once_where_the_first_needs_nothing(
    redis: Redis,
) -> None:
    chat = Chat(order(), redis, signed_in=True)

    said = await chat.begin("where is it, and the address is wrong", "track_order")

    assert ResponseKey.NOW_ADDRESS in said
    assert ResponseKey.LATER_ADDRESS not in said
    assert chat.question == "new_address"


async def test_the_second_problem_waits_until_it_is_known_whose_order_it_is(redis: Redis) -> None:
    late = parcel_json(promised_by="2026-11-20")
    chat = Chat(order(late), redis)

    first = await chat.say("it's late and the address is wrong", "delivery_delayed")
    assert first == [ResponseKey.LATER_ADDRESS]
    await chat.begin("here you go", "provide_details")

    assert chat.talk.slots["second_problem"] is not None or chat.question == "new_address"


async def test_stop_forgets_the_second_problem(redis: Redis) -> None:
    late = parcel_json(promised_by="2026-11-20")
    rules = library({KnowledgeKey.OFFER_REFUND: Rule(holds=True)})
    chat = Chat(order(late), redis, knowledge=rules, signed_in=True)
    await chat.begin("it's late AND the address is wrong", "delivery_delayed")

    said = await chat.say("stop", "stop_or_cancel")

    assert said == [ResponseKey.STOPPED]
    assert chat.talk.slots["second_problem"] is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("cancel my order please", "cancel_order"),
        ("i want to talk to a human", "request_human"),
        ("this is a complaint", "complaint"),
        ("do you have this in stock", "out_of_scope"),
        ("i want to return it", "refund_or_return"),
        ("where do i find tracking", "find_tracking_link"),
    ],
)
async def test_targets_customers_are_not_sent_to_kmart(
    text: str, intent: str, redis: Redis
) -> None:
    chat = Chat(order(brand="target"), redis)
    await chat.begin("where is my order", "track_order")

    await chat.say(text, intent)

    assert "kmart" not in texts(chat).lower()
    assert "Target" in texts(chat)


async def test_targets_own_contact_is_told_once_it_is_known(redis: Redis) -> None:
    page = Words(text="the Contact page of Target")
    chat = Chat(
        order(brand="target"), redis, knowledge=library({KnowledgeKey.TARGET_CONTACT_PAGE: page})
    )
    await chat.begin("where is my order", "track_order")

    said = await chat.say("cancel my order please", "cancel_order")

    assert ResponseKey.TARGET_CONTACT in said
    assert page.text in texts(chat)


async def test_kmarts_customers_read_of_kmart(redis: Redis) -> None:
    chat = Chat(order(), redis)
    await chat.begin("where is my order", "track_order")

    assert ResponseKey.CANCEL_ORDER in await chat.say("cancel my order please", "cancel_order")


async def test_a_yes_to_nothing_is_not_called_good(redis: Redis) -> None:
    chat = Chat(order(), redis)

    said = await chat.say("yeah nah yeah", "affirm")

    assert said[0] is ResponseKey.YES_WITHOUT_QUESTION
    assert "Good" not in texts(chat)
    assert chat.talk.buttons
