"""The order goes to the wrong address."""

from typing import Any
from unittest.mock import AsyncMock

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.decisions.identity import Level
from support.ids import CaseReference
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Rule
from support.systems.cases.models import CaseKind, CaseState
from support.systems.errors import SystemUnreachable
from support.systems.marketplace.models import TicketReason
from tests.actions.chatting import Chat
from tests.knowledge import library
from tests.orders import line_json, order, parcel_json

UNSENT = {"carrier": None, "tracking_number": None, "dispatched_at": None}
PICKING = parcel_json(status="picking", **UNSENT)
SHIPPED = parcel_json()
OUT = parcel_json(status="out_for_delivery")
DELIVERED = parcel_json(status="delivered", delivered_at="2026-11-24T12:00:00+11:00")
SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
STORE = {"id": "s", "name": "Kmart Geelong", "address": "1 Store St, Geelong VIC 3220"}
NEW = "5/88 Marine Pde, Redcliffe QLD 4020"
TOLD = f"wrong address! can u send it to {NEW} instead"


async def confirmed(chat: Chat, level: Level = Level.CODE) -> list[ResponseKey]:
    """Tell the new address and confirm it."""
    await chat.identify(level)
    await chat.begin(TOLD, "wrong_address")
    return await chat.say("yes", "affirm")


async def test_the_right_address_is_asked_for(redis: Redis) -> None:
    said = await Chat(order(PICKING), redis).begin("i put the wrong address")

    assert said[-2:] == [ResponseKey.ADDRESS_BEFORE_DISPATCH, ResponseKey.ASK_NEW_ADDRESS]


async def test_an_address_in_the_first_message_is_read_back_and_not_asked_for(
    redis: Redis,
) -> None:
    chat = Chat(order(PICKING), redis)

    said = await chat.begin(TOLD, "wrong_address")

    assert ResponseKey.ASK_NEW_ADDRESS not in said
    assert chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"] == NEW
    assert chat.cases.requests == []


async def test_what_was_told_before_it_is_known_whose_order_it_is_is_not_asked_again(
    redis: Redis,
) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.say(TOLD, "wrong_address")
    number = {"order_number": "410200341"}

    await chat.talk.turn(chat.actions["action_answer_topic"], "410200341", **number)
    await chat.talk.turn(
        chat.actions["action_answer_topic"], "sam@example.com", email="sam@example.com"
    )

    assert chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"] == NEW
    assert chat.talk.slots["told"] is None


async def test_before_dispatch_fulfilment_is_asked_urgently_with_the_new_address(
    redis: Redis,
) -> None:
    chat = Chat(order(PICKING), redis)

    said = await confirmed(chat)

    assert said[:3] == [
        ResponseKey.CASE_OPENED,
        ResponseKey.ADDRESS_ASKED_FULFILMENT,
        ResponseKey.ADDRESS_NO_PROMISE,
    ]
    assert ResponseKey.ASK_TELL_ME in said
    (request,) = chat.cases.requests
    assert (request.kind, request.parcel_id) == (CaseKind.ADDRESS_BEFORE_DISPATCH, "P1")
    assert request.urgent
    assert request.details["new_address"] == NEW
    assert request.details["address_on_order"] == "1 Example St, Geelong VIC 3220"


async def test_before_dispatch_the_case_is_noted_on_the_order(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await confirmed(chat)

    (note,) = chat.orders.notes["410200341"]
    assert (note.case, note.parcel_id) == ("CASE-000001", "P1")


async def test_after_dispatch_nothing_is_noted_on_the_order(redis: Redis) -> None:
    chat = Chat(order(SHIPPED), redis)
    await confirmed(chat)

    assert chat.orders.notes == {}


async def test_an_order_system_that_takes_no_notes_changes_nothing_that_is_said(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Chat(order(PICKING), redis)
    monkeypatch.setattr(chat.orders, "note", AsyncMock(side_effect=SystemUnreachable("orders")))

    assert ResponseKey.ADDRESS_ASKED_FULFILMENT in await confirmed(chat)


async def test_after_dispatch_the_carrier_is_asked_to_redirect_or_return_it(redis: Redis) -> None:
    chat = Chat(order(SHIPPED), redis)

    said = await confirmed(chat)

    assert ResponseKey.ADDRESS_ASKED_CARRIER in said
    assert chat.talk.said(ResponseKey.ADDRESS_ASKED_CARRIER)["carrier"] == "Australia Post"
    (request,) = chat.cases.requests
    assert request.kind is CaseKind.CARRIER_REDIRECT
    assert request.tracking_number == "JDQ019457101000930308"


async def test_out_for_delivery_it_is_said_that_it_may_be_too_late(redis: Redis) -> None:
    chat = Chat(order(OUT), redis)
    await chat.identify(Level.CODE)

    asked = await chat.begin(TOLD, "wrong_address")
    said = await chat.press("yes")

    assert ResponseKey.ADDRESS_OUT_FOR_DELIVERY in asked
    assert ResponseKey.ADDRESS_MAY_BE_TOO_LATE in said


async def test_each_parcel_is_asked_about_where_it_is(redis: Redis) -> None:
    lines = [line_json(), line_json(id="2", name="Toaster")]
    second = {**PICKING, "id": "P2", "items": [{"line_id": "2", "quantity": 1}]}
    chat = Chat(order(SHIPPED, second, lines=lines), redis)

    await confirmed(chat)

    assert [(one.kind, one.parcel_id) for one in chat.cases.requests] == [
        (CaseKind.CARRIER_REDIRECT, "P1"),
        (CaseKind.ADDRESS_BEFORE_DISPATCH, "P2"),
    ]


async def test_only_the_parcel_that_is_named_is_asked_about(redis: Redis) -> None:
    lines = [line_json(), line_json(id="2", name="Toaster")]
    second = {**PICKING, "id": "P2", "items": [{"line_id": "2", "quantity": 1}]}
    chat = Chat(order(SHIPPED, second, lines=lines), redis)
    await chat.identify(Level.CODE)

    await chat.say(f"the toaster should go to {NEW}", "wrong_address", item="toaster")
    await chat.press("yes")

    assert [one.parcel_id for one in chat.cases.requests] == ["P2"]


async def test_an_order_that_is_not_packed_yet_is_asked_about_as_a_whole(redis: Redis) -> None:
    chat = Chat(order().model_copy(update={"parcels": ()}), redis)

    await confirmed(chat)

    (request,) = chat.cases.requests
    assert (request.kind, request.parcel_id) == (CaseKind.ADDRESS_BEFORE_DISPATCH, None)


async def test_a_marketplace_seller_is_asked_with_the_address_in_the_ticket(redis: Redis) -> None:
    chat = Chat(order(PICKING, lines=[line_json(seller=SELLER)]), redis)
    await chat.identify(Level.CODE)

    asked = await chat.begin(TOLD, "wrong_address")
    said = await chat.press("yes")

    assert ResponseKey.ADDRESS_WITH_SELLER in asked
    assert ResponseKey.TICKET_OPENED in said
    (request,) = chat.marketplace.requests
    assert request.reason is TicketReason.WRONG_ADDRESS
    assert NEW in request.message
    assert chat.cases.requests == []


async def test_what_arrived_at_the_wrong_address_is_looked_for(redis: Redis) -> None:
    said = await Chat(order(DELIVERED), redis).begin("you sent it to the wrong address")

    assert ResponseKey.ASK_LOOKED_AROUND in said


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"cancelled_at": "2026-11-20T09:00:00+11:00"}, ResponseKey.ADDRESS_NOTHING_ON_ITS_WAY),
        (
            {"delivery": {"method": "click_and_collect", "address": None, "store": STORE}},
            ResponseKey.ADDRESS_TO_STORE,
        ),
    ],
    ids=["cancelled", "for a store"],
)
async def test_where_nobody_can_be_asked_nothing_is_asked_for(
    changes: dict[str, Any], key: ResponseKey, redis: Redis
) -> None:
    chat = Chat(order(PICKING, **changes), redis)

    said = await chat.begin(TOLD, "wrong_address")

    assert key in said
    assert chat.matter is None


async def test_missing_parts_are_asked_for_by_name_and_the_rest_is_kept(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin("it should go to 12 Smith St", "wrong_address")
    asked = chat.talk.said(ResponseKey.ASK_ADDRESS_PARTS)

    first = await chat.say("Redcliffe", "nlu_fallback", suburb="Redcliffe")
    second = await chat.say("qld 4020", "provide_details", postcode="4020")

    assert asked["parts"] == "the suburb, state and postcode"
    assert first == [ResponseKey.ASK_ADDRESS_PARTS]
    assert second[0] is ResponseKey.ASK_CONFIRM_ADDRESS
    told = chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"]
    assert told == "12 Smith St, Redcliffe QLD 4020"


async def test_no_with_words_that_are_no_whole_address_confirms_nothing(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin(TOLD, "wrong_address")

    said = await chat.say("no its 9 malop", "correct_detail")

    assert said == [ResponseKey.ASK_WHAT_IS_WRONG]


@pytest.mark.parametrize(
    ("text", "key", "listed"),
    [
        ("12 Smith St, Redclife QLD 4020", ResponseKey.ADDRESS_UNKNOWN_SUBURB, None),
        ("12 Smith St, Redcliffe QLD 4999", ResponseKey.ADDRESS_UNKNOWN_POSTCODE, None),
        ("12 Smith St, Redcliffe QLD 3121", ResponseKey.ADDRESS_OTHER_POSTCODE, "4020"),
        ("12 Smith St, Redcliffe VIC 4020", ResponseKey.ADDRESS_OTHER_STATE, "QLD"),
    ],
)
async def test_what_does_not_agree_is_said_and_asked_again(
    text: str, key: ResponseKey, listed: str | None, redis: Redis
) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin("wrong address", "wrong_address")

    said = await chat.say(text, "provide_details")

    assert said[0] is key
    assert said[-1] is ResponseKey.ASK_ADDRESS_PLACE
    assert [one.get("listed") for one in chat.talk.messages][1:-1] == ([listed] if listed else [])
    assert chat.talk.said(key)["evidence"][0]["source"] == "List of Australian postcodes"


async def test_the_part_that_did_not_agree_is_enough_to_go_on(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin("wrong address", "wrong_address")
    await chat.say("12 Smith St, Redcliffe QLD 3121", "provide_details")

    await chat.say("sorry 4020", "provide_details", postcode="4020")

    told = chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"]
    assert told == "12 Smith St, Redcliffe QLD 4020"


async def test_who_says_the_same_again_is_believed_and_people_are_told_of_the_doubt(
    redis: Redis,
) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.identify(Level.CODE)
    await chat.begin("wrong address", "wrong_address")
    await chat.say("12 Smith St, New Estate QLD 4020", "provide_details")

    again = await chat.say("its New Estate QLD 4020", "provide_details")
    await chat.press("yes")

    assert again[0] is ResponseKey.ASK_CONFIRM_ADDRESS
    assert "doubt" in chat.cases.requests[0].details


async def test_post_boxes_are_refused_where_that_was_published(redis: Redis) -> None:
    knowledge = library({KnowledgeKey.NO_POST_BOXES: Rule(holds=True)})
    chat = Chat(order(PICKING), redis, knowledge=knowledge)

    said = await chat.begin("send it to PO Box 12, Geelong VIC 3220 please")

    assert said[-2:] == [ResponseKey.ADDRESS_NO_POST_BOX, ResponseKey.ASK_STREET_ADDRESS]
    told = chat.talk.said(ResponseKey.ADDRESS_NO_POST_BOX)
    assert told["evidence"][0]["source"] == "Kmart delivery FAQ"
    assert ResponseKey.ASK_CONFIRM_ADDRESS in await chat.say(NEW, "provide_details")


async def test_post_boxes_are_passed_on_where_nothing_was_published(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)

    said = await chat.begin("send it to PO Box 12, Geelong VIC 3220 please")

    assert ResponseKey.ASK_CONFIRM_ADDRESS in said


async def test_the_address_on_the_order_is_no_new_one(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin("wrong address", "wrong_address")

    said = await chat.say("1 Example Street Geelong 3220", "provide_details")

    assert said == [ResponseKey.ADDRESS_AS_BEFORE, ResponseKey.ASK_NEW_ADDRESS_AGAIN]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("house number should be 11, i wrote 1", "11 Example St, Geelong VIC 3220"),
        ("forgot the unit!! its unit 4", "Unit 4/1 Example St, Geelong VIC 3220"),
        ("Its Example Court not Example St", "1 Example Court, Geelong VIC 3220"),
    ],
)
async def test_a_small_correction_puts_the_orders_own_address_right(
    text: str, line: str, redis: Redis
) -> None:
    chat = Chat(order(PICKING), redis)

    await chat.begin(text, "wrong_address")

    assert chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"] == line


@pytest.mark.parametrize("intent", ["deny", "correct_detail"])
async def test_a_correction_to_what_was_read_back_is_read_back_again(
    intent: str, redis: Redis
) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin(TOLD, "wrong_address")

    said = await chat.say("no, it's 86 not 88", intent)

    assert said[0] is ResponseKey.ASK_CONFIRM_ADDRESS
    told = chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"]
    assert told == "5/86 Marine Pde, Redcliffe QLD 4020"


async def test_a_bare_no_asks_what_is_wrong_and_takes_the_part_alone(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin(TOLD, "wrong_address")

    asked = await chat.say("no", "deny")
    await chat.say("86", "nlu_fallback")

    assert asked == [ResponseKey.ASK_WHAT_IS_WRONG]
    told = chat.talk.said(ResponseKey.ASK_CONFIRM_ADDRESS)["address"]
    assert told == "5/86 Marine Pde, Redcliffe QLD 4020"


async def test_nothing_is_asked_for_without_a_code(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)

    said = await confirmed(chat, Level.MATCHED)

    assert said[0] is ResponseKey.CODE_SENT_BY_EMAIL
    assert chat.cases.requests == []


async def test_after_the_code_the_address_that_was_confirmed_is_passed_on(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await confirmed(chat, Level.MATCHED)

    said = await chat.say(f"its {chat.sent_code} thanks", "nlu_fallback")

    assert said[0] is ResponseKey.CASE_OPENED
    assert chat.cases.requests[0].details["new_address"] == NEW


async def test_the_address_is_forgotten_once_it_is_passed_on(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)

    await confirmed(chat)

    assert "Marine" not in str(chat.talk.slots)


async def test_stop_forgets_the_address(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin(TOLD, "wrong_address")

    await chat.say("forget it", "stop_or_cancel")

    assert "Marine" not in str(chat.talk.slots)


async def test_a_question_in_between_is_answered_and_the_address_put_again(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin(TOLD, "wrong_address")

    said = await chat.say("where is it anyway", "track_order")

    assert ResponseKey.PARCEL_PICKING in said
    assert ResponseKey.ASK_CONFIRM_ADDRESS_AGAIN in said


async def test_what_was_asked_for_already_is_told_and_not_asked_for_again(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await confirmed(chat)
    chat.cases.move(CaseReference("CASE-000001"), CaseState.WITH_FULFILMENT)

    said = await chat.begin(TOLD, "wrong_address")

    assert said[-1] is ResponseKey.ADDRESS_ASKED_ALREADY
    assert ResponseKey.CASE_WITH_FULFILMENT in said
    assert len(chat.cases.requests) == 1


async def test_a_parcel_that_left_while_the_address_was_asked_for_goes_to_the_carrier(
    redis: Redis,
) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.identify(Level.CODE)
    await chat.begin(TOLD, "wrong_address")
    chat.services.orders.add(order(SHIPPED))  # type: ignore[attr-defined]

    await chat.press("yes")

    assert chat.cases.requests[0].kind is CaseKind.CARRIER_REDIRECT


async def test_nothing_is_said_to_be_asked_while_the_case_system_fails(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.identify(Level.CODE)
    await chat.begin(TOLD, "wrong_address")
    chat.cases.failure = SystemUnreachable("cases")

    said = await chat.press("yes")

    assert said == [ResponseKey.CASE_SYSTEM_UNAVAILABLE]
    chat.cases.failure = None
    assert ResponseKey.CASE_OPENED in await chat.press("yes")


async def test_a_lockers_number_is_no_other_order(redis: Redis) -> None:
    chat = Chat(order(PICKING), redis)
    await chat.begin("wrong address")

    said = await chat.say(
        "parcel locker 10123 45678, shop 3 main st, bondi nsw 2026",
        "provide_details",
        order_number="1012345678",
    )

    assert ResponseKey.IDENTITY_NOT_MATCHED not in said
    assert chat.question in {"new_address", "confirm_address"}
