from pathlib import Path

import pytest
from redis.asyncio import Redis

from actions.delay import DeliveryDelayed
from actions.responses import ResponseKey
from support.decisions.identity import Level
from support.knowledge.disruptions import Disruptions
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import Rule
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus
from support.systems.cases.models import CaseKind
from support.systems.errors import SystemUnreachable
from support.systems.marketplace.models import TicketReason
from tests.actions.chatting import CODE_ASKED, Chat
from tests.knowledge import SOURCE, library
from tests.orders import NOW, hours_ago, line_json, order, parcel_json
from tests.support.decisions.standings import scanned

LATE = parcel_json(promised_by="2026-11-20")
SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
RANT = "you lot are hopeless, three weeks without a word, absolute joke of a shop!!"
TWO_LINES = [line_json(), line_json(id="2", name="Toaster")]


def rules(**holds: bool) -> Library:
    keys = {
        "refund": KnowledgeKey.OFFER_REFUND,
        "returns": KnowledgeKey.OFFER_RETURN,
        "alternative": KnowledgeKey.OFFER_ALTERNATIVE,
    }
    return library({keys[name]: Rule(holds=held) for name, held in holds.items()})


ALL = rules(refund=True, returns=True, alternative=True)


def late(redis: Redis, knowledge: Library = ALL, *, signed_in: bool = True) -> Chat:
    return Chat(order(LATE), redis, knowledge=knowledge, signed_in=signed_in)


async def test_a_late_parcel_gets_the_offer_that_knowledge_allows(redis: Redis) -> None:
    chat = late(redis)

    said = await chat.begin("my order is late", "delivery_delayed")

    assert ResponseKey.PARCEL_OVERDUE in said
    assert said[-5:] == [
        ResponseKey.ASK_WHICH_REMEDY,
        ResponseKey.ANSWER_WAIT,
        ResponseKey.ANSWER_REFUND,
        ResponseKey.ANSWER_RETURN,
        ResponseKey.ANSWER_ALTERNATIVE,
    ]
    assert chat.talk.said(ResponseKey.ASK_WHICH_REMEDY)["evidence"][0]["source"] == SOURCE


async def test_what_no_entry_allows_is_not_offered(redis: Redis) -> None:
    chat = late(redis, rules(refund=True, alternative=False))

    said = await chat.begin("my order is late", "delivery_delayed")

    assert said[-3:] == [
        ResponseKey.ASK_WHICH_REMEDY,
        ResponseKey.ANSWER_WAIT,
        ResponseKey.ANSWER_REFUND,
    ]


async def test_without_any_entry_nothing_is_offered_but_to_be_told(redis: Redis) -> None:
    chat = late(redis, library())

    said = await chat.begin("my order is late, i want a refund", "delivery_delayed")

    assert ResponseKey.DELAY_NOTHING_TO_ASK_FOR in said
    assert chat.question == "tell_me"


async def test_a_refund_is_filed_as_a_request_and_not_promised(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")

    said = await chat.press("refund")

    assert said[:3] == [
        ResponseKey.CASE_OPENED,
        ResponseKey.DELAY_REQUESTED,
        ResponseKey.ASK_TELL_ME,
    ]
    assert chat.talk.said(ResponseKey.DELAY_REQUESTED)["evidence"][0]["source"] == SOURCE
    (request,) = chat.cases.requests
    assert (request.kind, request.parcel_id) == (CaseKind.REFUND_REQUEST, "P1")


async def test_waiting_is_offered_with_being_told(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")

    said = await chat.press("wait")

    assert said[0] == ResponseKey.ASK_TELL_ME
    assert await chat.say("yes", "affirm") == [ResponseKey.FOLLOWING]
    assert chat.cases.requests == []


@pytest.mark.parametrize(
    ("text", "intent", "kind"),
    [
        ("just give me my money back", "refund_or_return", CaseKind.REFUND_REQUEST),
        ("refund", "nlu_fallback", CaseKind.REFUND_REQUEST),
        ("no, a replacement", "deny", CaseKind.ALTERNATIVE_REQUEST),
        ("send it back", "nlu_fallback", CaseKind.RETURN_REQUEST),
        ("the second one", "choose_one", CaseKind.REFUND_REQUEST),
        ("refund... actually just send another one", "nlu_fallback", CaseKind.ALTERNATIVE_REQUEST),
        (
            f"{RANT} i dont want a replacement, i want a refund right now",
            "complaint",
            CaseKind.REFUND_REQUEST,
        ),
    ],
)
async def test_what_is_wanted_is_understood_in_words(
    text: str, intent: str, kind: CaseKind, redis: Redis
) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")

    await chat.say(text, intent)

    assert [one.kind for one in chat.cases.requests] == [kind]


async def test_two_remedies_at_once_are_asked_about_again(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")

    said = await chat.say("a refund or a replacement", "refund_or_return")

    assert said[:2] == [ResponseKey.DELAY_ONE_AT_A_TIME, ResponseKey.ASK_WHICH_REMEDY_AGAIN]
    assert chat.cases.requests == []


async def test_a_question_about_a_refund_is_not_taken_for_the_wish(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")

    said = await chat.say("could i get a refund?", "refund_or_return")

    assert said[0] == ResponseKey.ASK_SEND_REQUEST
    assert chat.cases.requests == []
    assert ResponseKey.CASE_OPENED in await chat.say("yes", "affirm")


async def test_what_waits_for_the_customer_is_not_said_to_be_in_time(redis: Redis) -> None:
    report = scanned(hours_ago(20), status=CarrierStatus.ATTEMPTED)
    chat = Chat(order(), redis, knowledge=ALL, carriers=MemoryCarriers([report]))

    said = await chat.begin("i was home all day, where is it", "delivery_delayed")

    assert ResponseKey.PARCEL_ATTEMPTED in said
    assert ResponseKey.DELAY_NOT_YET not in said


async def test_who_names_an_order_with_a_refund_hears_how_it_stands(redis: Redis) -> None:
    chat = Chat(order(), redis, knowledge=ALL)

    said = await chat.begin("refund the delivery fee, express my foot", "refund_or_return")

    assert said[0] is ResponseKey.REFUND_OR_RETURN
    assert ResponseKey.PARCEL_SHIPPED in said


async def test_no_leaves_it(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")

    assert await chat.say("no thanks", "deny") == [ResponseKey.NOTHING_STARTED]
    assert chat.question is None


async def test_a_remedy_named_at_once_is_confirmed_and_not_asked_for_again(redis: Redis) -> None:
    chat = late(redis)

    said = await chat.begin("my order is late, i want a refund", "delivery_delayed")

    assert ResponseKey.ASK_WHICH_REMEDY not in said
    assert ResponseKey.ASK_SEND_REQUEST in said
    assert chat.talk.said(ResponseKey.ASK_SEND_REQUEST)["request"] == "refund request"
    assert ResponseKey.CASE_OPENED in await chat.say("yes", "affirm")
    assert chat.cases.requests[0].kind is CaseKind.REFUND_REQUEST


async def test_a_remedy_named_before_the_order_is_known_is_remembered(redis: Redis) -> None:
    chat = late(redis, signed_in=False)
    await chat.say("my parcel is late, i want a refund", "delivery_delayed")

    said = await chat.begin("410200341 sam@example.com", "provide_details")

    assert ResponseKey.ASK_SEND_REQUEST in said


async def test_another_remedy_may_be_named_instead_of_yes(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("late, i want a refund", "delivery_delayed")

    await chat.say("actually a replacement", "nlu_fallback")

    assert [one.kind for one in chat.cases.requests] == [CaseKind.ALTERNATIVE_REQUEST]


@pytest.mark.parametrize("intent", ["refund_or_return", "nlu_fallback", "deny"])
async def test_a_change_of_mind_after_waiting_comes_back_to_the_remedies(
    intent: str, redis: Redis
) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")
    await chat.press("wait")

    said = await chat.say("actually refund", intent)

    assert said[0] == ResponseKey.ASK_SEND_REQUEST
    await chat.say("yes", "affirm")
    assert [one.kind for one in chat.cases.requests] == [CaseKind.REFUND_REQUEST]


async def test_a_refund_wished_for_later_goes_on_where_the_order_is_late(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("i want my money back", "refund_or_return")

    assert said[0] == ResponseKey.ASK_SEND_REQUEST
    assert ResponseKey.PARCEL_OVERDUE not in said


async def test_a_refund_of_what_is_not_late_is_for_others(redis: Redis) -> None:
    chat = Chat(order(), redis, knowledge=ALL, signed_in=True)
    await chat.begin("where is my order", "track_order")

    assert await chat.say("i want a refund", "refund_or_return") == [ResponseKey.REFUND_OR_RETURN]


async def test_a_request_that_is_open_is_told_and_not_filed_again(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")
    await chat.press("refund")

    said = await chat.begin("its still late!!", "delivery_delayed")

    assert ResponseKey.CASE_IS_OPEN in said
    assert ResponseKey.ASK_WHICH_REMEDY not in said
    assert len(chat.cases.requests) == 1


async def test_what_was_not_sent_yet_cannot_be_returned(redis: Redis) -> None:
    waiting = parcel_json(status="processing", promised_by="2026-11-20", dispatched_at=None)
    chat = Chat(order(waiting), redis, knowledge=ALL, signed_in=True)

    offered = await chat.begin("its late", "delivery_delayed")
    said = await chat.say("return", "nlu_fallback")

    assert ResponseKey.ANSWER_RETURN not in offered
    assert said[:2] == [ResponseKey.DELAY_NOT_POSSIBLE, ResponseKey.ASK_WHICH_REMEDY]
    assert chat.cases.requests == []


async def test_a_question_in_between_keeps_only_what_is_on_offer(redis: Redis) -> None:
    chat = late(redis, rules(refund=True))
    await chat.begin("my order is late", "delivery_delayed")

    said = await chat.say("where is it", "track_order")

    assert said[-3:] == [
        ResponseKey.ASK_WHICH_REMEDY_AGAIN,
        ResponseKey.ANSWER_WAIT,
        ResponseKey.ANSWER_REFUND,
    ]


async def test_a_marketplace_parcel_goes_to_its_seller(redis: Redis) -> None:
    chat = Chat(order(LATE, lines=[line_json(seller=SELLER)]), redis, knowledge=ALL)

    offered = await chat.begin("its late", "delivery_delayed")
    said = await chat.say("yes and i want a refund", "affirm")

    assert ResponseKey.ASK_OPEN_TICKET in offered
    assert ResponseKey.ASK_WHICH_REMEDY not in offered
    assert ResponseKey.TICKET_OPENED in said
    (request,) = chat.marketplace.requests
    assert (request.reason, "refund" in request.message) == (TicketReason.LATE, True)
    assert chat.cases.requests == []


async def test_a_cancelled_order_gets_no_offer(redis: Redis) -> None:
    cancelled = order(LATE, cancelled_at="2026-11-21T10:00:00+11:00")
    chat = Chat(cancelled, redis, knowledge=ALL, signed_in=True)

    said = await chat.begin("its late", "delivery_delayed")

    assert ResponseKey.ASK_WHICH_REMEDY not in said
    assert chat.question is None


async def test_what_is_not_late_yet_is_said_with_its_date(redis: Redis) -> None:
    chat = Chat(order(), redis, knowledge=ALL)

    said = await chat.begin("its late", "delivery_delayed")

    assert ResponseKey.DELAY_NOT_YET in said
    assert chat.talk.said(ResponseKey.DELAY_NOT_YET)["date"] == "Wednesday 25 November"
    assert chat.question == "tell_me"


async def test_without_a_date_nothing_is_called_late(redis: Redis) -> None:
    chat = Chat(order(parcel_json(promised_by=None)), redis, knowledge=ALL)

    said = await chat.begin("its late", "delivery_delayed")

    assert ResponseKey.DELAY_WITHOUT_DATE in said


async def test_a_delay_announced_by_the_carrier_is_enough(redis: Redis) -> None:
    report = scanned(hours_ago(2), status=CarrierStatus.DELAYED)
    chat = Chat(order(), redis, knowledge=ALL, carriers=MemoryCarriers([report]))

    assert ResponseKey.ASK_WHICH_REMEDY in await chat.begin("its late", "delivery_delayed")


async def test_what_arrived_is_looked_for(redis: Redis) -> None:
    delivered = parcel_json(status="delivered", delivered_at="2026-11-23T12:00:00+11:00")
    chat = Chat(order(delivered), redis, knowledge=ALL)

    said = await chat.begin("it still hasnt come", "delivery_delayed")

    assert ResponseKey.ASK_LOOKED_AROUND in said


SECOND = parcel_json(
    id="P2", items=[{"line_id": "2", "quantity": 1}], promised_by="2026-12-04", tracking_number=None
)


async def test_a_named_item_that_was_delivered_is_looked_for(redis: Redis) -> None:
    delivered = parcel_json(status="delivered", delivered_at="2026-11-23T12:00:00+11:00")
    chat = Chat(order(delivered, SECOND, lines=TWO_LINES), redis, knowledge=ALL)
    await chat.begin("where is it", "track_order")

    said = await chat.say("kettle isnt here", "delivery_delayed", item="kettle")

    assert ResponseKey.ASK_LOOKED_AROUND in said
    assert ResponseKey.DELAY_NOT_YET not in said


async def test_of_several_parcels_each_ones_day_is_told_once_they_were_shown(redis: Redis) -> None:
    chat = Chat(order(parcel_json(), SECOND, lines=TWO_LINES), redis, knowledge=ALL)
    await chat.begin("where is it", "track_order")

    both = await chat.say("its late", "delivery_delayed")
    one = await chat.say("the toaster is late", "delivery_delayed", item="toaster")

    assert both.count(ResponseKey.PARCEL_ETA_PROMISED) == len(TWO_LINES)
    assert one.count(ResponseKey.PARCEL_ETA_PROMISED) == 1
    assert chat.talk.said(ResponseKey.PARCEL_ETA_PROMISED)["date"] == "Friday 4 December"


async def test_several_late_parcels_make_it_ask_which(redis: Redis) -> None:
    second = {**LATE, "id": "P2", "items": [{"line_id": "2", "quantity": 1}]}
    chat = Chat(order(LATE, second, lines=TWO_LINES), redis, knowledge=ALL, signed_in=True)

    asked = await chat.begin("its late, refund please", "delivery_delayed")
    chosen = await chat.press("P2")
    await chat.say("yes", "affirm")

    assert ResponseKey.ASK_WHICH_PARCEL in asked
    assert chosen[0] == ResponseKey.ASK_SEND_REQUEST
    assert chat.cases.requests[0].parcel_id == "P2"


async def test_nothing_is_said_to_be_filed_while_the_case_system_fails(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")
    chat.cases.failure = SystemUnreachable("cases")

    assert await chat.press("refund") == [ResponseKey.CASE_SYSTEM_UNAVAILABLE]
    chat.cases.failure = None
    assert ResponseKey.CASE_OPENED in await chat.press("refund")


async def test_a_parcel_that_arrived_meanwhile_is_told_and_nothing_filed(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("my order is late", "delivery_delayed")
    chat.becomes(order(parcel_json(status="delivered")))

    said = await chat.press("refund")

    assert ResponseKey.PARCEL_DELIVERED in said
    assert chat.cases.requests == []


async def test_a_remedy_needs_a_code_from_those_who_are_not_signed_in(redis: Redis) -> None:
    chat = late(redis, signed_in=False)
    chat.with_codes(DeliveryDelayed)
    await chat.begin("my order is late", "delivery_delayed")

    assert await chat.press("refund") == [CODE_ASKED]
    assert chat.cases.requests == []

    await chat.reaches(Level.CODE)
    assert ResponseKey.CASE_OPENED in await chat.press("refund")


async def test_waiting_needs_no_code(redis: Redis) -> None:
    chat = late(redis, signed_in=False)
    chat.with_codes(DeliveryDelayed)
    await chat.begin("my order is late", "delivery_delayed")

    assert CODE_ASKED not in await chat.press("wait")


ANNOUNCED = """
- id: floods
  about: Floods in Victoria hold parcels up.
  carriers: [australia_post]
  states: [VIC]
  from: 2026-11-20
  source: Australia Post service alerts
  where: auspost.com.au/service-updates
  read_on: 2026-11-23
"""


async def test_a_known_disruption_is_named_with_its_source(redis: Redis, tmp_path: Path) -> None:
    (tmp_path / "disruptions.yml").write_text(ANNOUNCED)
    announced = Disruptions(tmp_path, now=lambda: NOW)
    chat = Chat(order(LATE), redis, knowledge=ALL, disruptions=announced, signed_in=True)

    said = await chat.begin("its late", "delivery_delayed")

    assert said.index(ResponseKey.DELAY_DISRUPTION) < said.index(ResponseKey.ASK_WHICH_REMEDY)
    told = chat.talk.said(ResponseKey.DELAY_DISRUPTION)
    assert told["about"] == "Floods in Victoria hold parcels up."
    assert told["evidence"][0]["source"] == "Australia Post service alerts"


async def test_an_insult_picks_no_remedy(redis: Redis) -> None:
    chat = late(redis)
    await chat.begin("its late", "delivery_delayed")

    said = await chat.say("thats what u said last week. ur useless", "complaint")

    assert ResponseKey.CASE_OPENED not in said
    assert chat.cases.requests == []


async def test_a_refund_on_record_is_told_when_asked_for(redis: Redis) -> None:
    refund = {"amount": 99.0, "at": "2026-11-24T10:40:00+11:00"}
    chat = Chat(order(cancelled_at="2026-11-23T10:00:00+11:00", refunds=[refund]), redis)
    await chat.begin("where is my order", "track_order")

    await chat.say("where is my refund", "refund_or_return")

    assert chat.talk.said(ResponseKey.ORDER_REFUNDED_AMOUNT)["amount"] == "$99.00"
    assert chat.talk.said(ResponseKey.REFUND_ON_RECORD)


@pytest.mark.parametrize(
    ("text", "told"),
    [("not good enough, i want my money back", True), ("its late", False)],
)
async def test_who_wants_money_back_for_what_is_not_late_hears_who_settles_that(
    text: str, *, told: bool, redis: Redis
) -> None:
    chat = Chat(order(), redis, knowledge=ALL)

    said = await chat.begin(text, "delivery_delayed")

    assert ResponseKey.DELAY_NOT_YET in said
    assert (ResponseKey.REFUND_OR_RETURN in said) is told
    assert chat.cases.requests == []
