from typing import Any

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.systems.cases.models import CaseKind
from support.systems.errors import SystemUnreachable
from support.systems.marketplace.models import TicketReason
from support.systems.orders.models import Order
from tests.actions.chatting import Chat
from tests.orders import line_json, order, parcel_json

SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
LINES = [
    line_json(id="1", name="Anko Kettle 1.7L"),
    line_json(id="2", name="Ceramic Mug White", quantity=4),
    line_json(id="3", name="Dining Chair Oak", quantity=2),
]


def delivered(*line_ids: str, **different: Any) -> dict[str, Any]:
    items = [{"line_id": one, "quantity": 1} for one in line_ids]
    return parcel_json(status="delivered", items=items) | different


def whole(*parcels: dict[str, Any], lines: list[dict[str, Any]] = LINES) -> Order:
    everything = parcel_json(
        status="delivered",
        items=[{"line_id": one["id"], "quantity": one["quantity"]} for one in lines],
    )
    return order(*(parcels or (everything,)), lines=lines)


async def report(chat: Chat, text: str, **entities: str) -> list[ResponseKey]:
    return await chat.begin(text, "missing_item_or_damaged", **entities)


async def test_what_the_first_message_says_is_not_asked(redis: Redis) -> None:
    chat = Chat(whole(), redis)

    read_back = await report(chat, "the kettle was smashed")
    said = await chat.say("yes", "affirm")

    assert read_back[-4:] == [
        ResponseKey.REPORT_DAMAGED,
        ResponseKey.ASK_REPORT_ITEMS,
        ResponseKey.ANSWER_YES,
        ResponseKey.ANSWER_NO,
    ]
    assert said[:3] == [
        ResponseKey.CASE_OPENED,
        ResponseKey.REPORT_KEEP_PACKAGING,
        ResponseKey.ASK_TELL_ME,
    ]
    (request,) = chat.cases.requests
    assert (request.kind, request.line_ids) == (CaseKind.DAMAGED_ITEMS, ("1",))
    assert request.parcel_id == "P1"


async def test_what_was_said_before_the_order_was_known_is_not_asked_either(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await chat.say("the kettle was smashed", "missing_item_or_damaged")

    said = await chat.begin("410200341 sam@example.com", "provide_details")

    assert chat.talk.said(ResponseKey.REPORT_DAMAGED)["items"] == "Anko Kettle 1.7L"
    assert ResponseKey.ASK_WHICH_ITEMS not in said


async def test_the_case_holds_the_customers_words_without_personal_data(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "the kettle handle snapped off, call me on 0400 000 001")

    await chat.press("yes")

    words = chat.cases.requests[0].details["in the customer's words"]
    assert "handle snapped off" in words
    assert "0400" not in words


async def test_one_thing_is_asked_at_a_time(redis: Redis) -> None:
    chat = Chat(whole(), redis)

    which = await report(chat, "there is a problem with my order")
    wrong = await chat.press("2")
    read_back = await chat.press("missing")

    assert which[-5:] == [
        ResponseKey.ASK_WHICH_ITEMS,
        *[ResponseKey.ANSWER_ITEM] * 3,
        ResponseKey.ANSWER_ALL_ITEMS,
    ]
    assert wrong[0] == ResponseKey.ASK_WHICH_ITEM_PROBLEM
    assert read_back[:2] == [ResponseKey.REPORT_MISSING, ResponseKey.ASK_REPORT_ITEMS]


@pytest.mark.parametrize(
    ("text", "intent", "line_ids"),
    [
        ("the kettle", "order_details", {"1"}),
        ("mugs and the kettle", "nlu_fallback", {"1", "2"}),
        ("the second one", "choose_one", {"2"}),
        ("all of it, what a mess", "nlu_fallback", {"1", "2", "3"}),
        ("honestly this is a joke, it's the jug and i want it sorted", "complaint", {"1"}),
    ],
)
async def test_items_are_understood_in_words(
    text: str, intent: str, line_ids: set[str], redis: Redis
) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "something came broken")

    await chat.say(text, intent)
    await chat.press("yes")

    assert set(chat.cases.requests[0].line_ids) == line_ids


async def test_items_and_problem_may_come_in_one_answer(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "there is a problem with my order")

    said = await chat.say("the chair is cracked", "missing_item_or_damaged")

    assert said[:2] == [ResponseKey.REPORT_DAMAGED, ResponseKey.ASK_REPORT_ITEMS]


async def test_something_else_is_not_taken_for_an_item(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "something came broken")

    said = await chat.say("the blender", "nlu_fallback", item="blender")

    assert said[:2] == [ResponseKey.ITEM_NOT_ON_ORDER, ResponseKey.ASK_WHICH_ITEMS]


async def test_after_three_things_that_are_not_on_the_order_others_help(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "something came broken")

    for _ in range(2):
        await chat.say("the blender", "nlu_fallback", item="blender")
    said = await chat.say("the blender!!", "nlu_fallback", item="blender")

    assert said[0] == ResponseKey.MISSING_ITEMS_ADVICE
    assert chat.question is None


async def test_two_problems_in_one_message_become_two_cases(redis: Redis) -> None:
    chat = Chat(whole(), redis)

    said = await report(chat, "the kettle is smashed and the mugs are missing")
    await chat.say("yes", "affirm")

    assert {ResponseKey.REPORT_MISSING, ResponseKey.REPORT_DAMAGED} <= set(said)
    assert {(one.kind, one.line_ids) for one in chat.cases.requests} == {
        (CaseKind.DAMAGED_ITEMS, ("1",)),
        (CaseKind.MISSING_ITEMS, ("2",)),
    }


@pytest.mark.parametrize(
    ("text", "intent", "kind", "line_ids"),
    [
        ("no, the mugs", "deny", CaseKind.DAMAGED_ITEMS, ("2",)),
        ("actually it's the mugs not the kettle", "nlu_fallback", CaseKind.DAMAGED_ITEMS, ("2",)),
        ("and the mugs too", "nlu_fallback", CaseKind.DAMAGED_ITEMS, ("1", "2")),
        ("actually it's missing", "missing_item_or_damaged", CaseKind.MISSING_ITEMS, ("1",)),
    ],
)
async def test_a_correction_changes_what_is_reported(
    text: str, intent: str, kind: CaseKind, line_ids: tuple[str, ...], redis: Redis
) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "the kettle was smashed")

    said = await chat.say(text, intent)
    await chat.press("yes")

    assert ResponseKey.ASK_REPORT_ITEMS in said
    assert [(one.kind, one.line_ids) for one in chat.cases.requests] == [(kind, line_ids)]


async def test_yes_with_the_same_words_again_is_a_yes(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "the kettle was smashed")

    assert ResponseKey.CASE_OPENED in await chat.say("yes the kettle was smashed", "affirm")


async def test_how_many_are_meant_is_not_claimed(redis: Redis) -> None:
    chat = Chat(whole(), redis)

    await report(chat, "one of the mugs was smashed")
    told = chat.talk.said(ResponseKey.REPORT_DAMAGED)
    await chat.press("yes")

    assert told["items"] == "Ceramic Mug White"
    assert "4" in chat.cases.requests[0].details["ordered"]


async def test_no_reports_nothing(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "the kettle was smashed")

    assert await chat.say("no", "deny") == [ResponseKey.NOTHING_STARTED]
    assert chat.cases.requests == []


async def test_an_item_in_a_parcel_on_its_way_is_not_missing(redis: Redis) -> None:
    coming = parcel_json(id="P2", items=[{"line_id": "2", "quantity": 4}])
    chat = Chat(whole(delivered("1", "3"), coming), redis)

    said = await report(chat, "the mugs are missing")

    assert ResponseKey.ITEMS_ON_THEIR_WAY in said
    assert ResponseKey.ASK_REPORT_ITEMS not in said
    assert chat.question == "tell_me"


async def test_only_what_came_is_reported_of_several_items(redis: Redis) -> None:
    coming = parcel_json(id="P2", items=[{"line_id": "2", "quantity": 4}])
    chat = Chat(whole(delivered("1", "3"), coming), redis)

    said = await report(chat, "the mugs and the kettle are missing")
    await chat.press("yes")

    assert ResponseKey.ITEMS_ON_THEIR_WAY in said
    assert chat.talk.said(ResponseKey.CASE_OPENED)
    assert chat.cases.requests[0].line_ids == ("1",)


async def test_an_item_in_no_parcel_is_still_to_be_sent(redis: Redis) -> None:
    chat = Chat(whole(delivered("1")), redis)

    assert ResponseKey.ITEMS_NOT_PACKED in await report(chat, "the mugs are missing")


async def test_a_cancelled_item_is_said_to_be_so(redis: Redis) -> None:
    cancelled = parcel_json(id="P2", status="cancelled", items=[{"line_id": "2", "quantity": 4}])
    chat = Chat(whole(delivered("1", "3"), cancelled), redis)

    assert ResponseKey.ITEMS_NOT_COMING in await report(chat, "the mugs are missing")


async def test_where_nothing_arrived_nothing_is_reported(redis: Redis) -> None:
    chat = Chat(order(), redis)

    said = await report(chat, "half of it is missing")

    assert ResponseKey.MISSING_ITEMS_NOTHING_HERE in said
    assert chat.question == "tell_me"


async def test_other_parcels_are_mentioned_before_asking_what_is_missing(redis: Redis) -> None:
    coming = parcel_json(id="P2", items=[{"line_id": "2", "quantity": 4}])
    chat = Chat(whole(delivered("1", "3"), coming), redis)

    said = await report(chat, "half my order is missing")

    assert ResponseKey.MISSING_ITEMS_OTHER_PARCELS in said
    assert ResponseKey.ASK_WHICH_ITEMS in said


async def test_a_single_item_is_not_asked_for(redis: Redis) -> None:
    chat = Chat(order(parcel_json(status="delivered")), redis)

    said = await report(chat, "it came broken")

    assert ResponseKey.REPORT_DAMAGED in said


async def test_what_a_seller_sold_goes_to_the_seller(redis: Redis) -> None:
    lines = [LINES[0], line_json(id="2", name="Ceramic Mug White", seller=SELLER)]
    chat = Chat(whole(lines=lines), redis)

    read_back = await report(chat, "mug and kettle came smashed")
    said = await chat.press("yes")

    assert ResponseKey.REPORT_TO_SELLER in read_back
    assert {ResponseKey.CASE_OPENED, ResponseKey.TICKET_OPENED} <= set(said)
    assert [one.line_ids for one in chat.cases.requests] == [("1",)]
    (ticket,) = chat.marketplace.requests
    assert (ticket.reason, ticket.line_ids) == (TicketReason.MISSING_OR_DAMAGED, ("2",))
    assert "smashed" in ticket.message


async def test_a_report_that_is_open_is_told_and_not_made_again(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "the kettle was smashed")
    await chat.press("yes")

    said = await report(chat, "the kettle was smashed")

    assert ResponseKey.CASE_IS_OPEN in said
    assert len(chat.cases.requests) == 1


async def test_nothing_is_said_to_be_reported_while_the_case_system_fails(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "the kettle was smashed")
    chat.cases.failure = SystemUnreachable("cases")

    assert await chat.press("yes") == [ResponseKey.CASE_SYSTEM_UNAVAILABLE]
    chat.cases.failure = None
    assert ResponseKey.CASE_OPENED in await chat.press("yes")


async def test_what_was_said_about_another_topic_in_between_is_left(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await chat.say("the kettle was smashed", "missing_item_or_damaged")
    await chat.say("where is my order", "track_order")

    assert ResponseKey.ASK_WHICH_ITEMS in await report(chat, "something came broken")


async def test_a_button_of_another_question_chooses_nothing(redis: Redis) -> None:
    chat = Chat(whole(), redis)
    await report(chat, "something came broken")

    await chat.press("9")

    assert chat.question == "which_items"


async def test_all_of_it_confirms_what_was_read_back(redis: Redis) -> None:
    chat = Chat(whole(lines=LINES[:1]), redis)
    await report(chat, "it came smashed to bits")

    await chat.say("all of it", "order_details")

    assert [one.kind for one in chat.cases.requests] == [CaseKind.DAMAGED_ITEMS]
