from collections.abc import Awaitable, Callable

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.ids import CaseReference
from support.knowledge.keys import KnowledgeKey
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus
from support.systems.cases.models import CaseKind, CaseState
from support.systems.errors import SystemUnreachable
from support.systems.marketplace.models import TicketReason
from tests.actions.chatting import Chat
from tests.knowledge import business_days, hours, library
from tests.orders import hours_ago, line_json, order, parcel_json
from tests.support.decisions.standings import scanned

DELIVERED = parcel_json(status="delivered", delivered_at="2026-11-24T12:00:00+11:00")
COLLECTED = parcel_json(status="collected", carrier=None, tracking_number=None)
STORE = {"id": "s", "name": "Kmart Geelong", "address": "1 Store St, Geelong VIC 3220"}
SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}

Say = Callable[..., Awaitable[list[ResponseKey]]]


class Missing(Chat):
    """A customer whose parcel is recorded as delivered and is not there."""

    async def complain(self, text: str = "it says delivered but its not here") -> list[ResponseKey]:
        """Say what is wrong, with what identifies the customer."""
        return await self.begin(text, "delivered_not_received")

    async def until_offered(self) -> list[ResponseKey]:
        """Go through all checks without finding it."""
        await self.complain()
        await self.press("not_there")
        await self.press("not_there")
        return await self.press("no")


async def test_the_checks_are_asked_one_at_a_time_before_anything_is_opened(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)

    asked = [await chat.complain(), await chat.press("not_there"), await chat.press("not_there")]
    offered = await chat.press("no")

    assert [keys[-4] for keys in asked[:2]] == [
        ResponseKey.ASK_LOOKED_AROUND,
        ResponseKey.ASK_ASKED_PEOPLE,
    ]
    assert asked[2][0] == ResponseKey.ASK_CARD_LEFT
    assert offered[0] == ResponseKey.ASK_START_INVESTIGATION
    assert chat.cases.requests == []


async def test_yes_opens_one_investigation_with_proof_of_delivery_asked_for(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()

    said = await chat.say("yes please", "affirm")

    assert said[:3] == [
        ResponseKey.CASE_OPENED,
        ResponseKey.MISSING_PARCEL_PROOF_ASKED,
        ResponseKey.INVESTIGATION_TIME_UNKNOWN,
    ]
    (request,) = chat.cases.requests
    assert (request.kind, request.parcel_id) == (CaseKind.MISSING_PARCEL, "P1")
    assert request.ask_for_proof_of_delivery
    assert request.tracking_number == "JDQ019457101000930308"
    assert chat.talk.said(ResponseKey.CASE_OPENED)["reference"] == "CASE-000001"


async def test_staff_get_what_helps_to_judge_the_claim_and_the_customer_hears_none_of_it(
    redis: Redis,
) -> None:
    chats = [Missing(order(DELIVERED), redis), Missing(order(DELIVERED, refunds=[{}]), redis)]
    told = []
    for chat in chats:
        await chat.until_offered()
        told.append(await chat.say("yes please", "affirm"))

    first, second = (chat.cases.requests[0] for chat in chats)
    assert [one.code for one in first.signals] == ["identity_by_details"]
    assert [one.code for one in second.signals] == ["refunded_before", "identity_by_details"]
    assert first.subject == second.subject
    assert told[0] == told[1]


async def test_a_second_claim_names_the_first_one(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()
    await chat.say("yes please", "affirm")
    chat.cases.move(CaseReference("CASE-000001"), CaseState.RESOLVED)
    await chat.until_offered()
    await chat.say("yes please", "affirm")

    assert "CASE-000001" in chat.cases.requests[1].signals[0].text


async def test_the_time_it_takes_is_told_only_where_it_was_published(redis: Redis) -> None:
    knowledge = library({KnowledgeKey.INVESTIGATION_TIME: business_days(5, 10)})
    chat = Missing(order(DELIVERED), redis, knowledge=knowledge)
    await chat.until_offered()

    await chat.say("yes", "affirm")

    assert chat.talk.said(ResponseKey.INVESTIGATION_TIME)["time"] == "5 to 10 business days"


@pytest.mark.parametrize(
    ("text", "first_question"),
    [
        ("says delivered but i checked the porch and side gate", ResponseKey.ASK_ASKED_PEOPLE),
        ("looked everywhere, asked the neighbours, no card either", None),
        ("delivered?? nothing in the letterbox, hubby hasnt got it", ResponseKey.ASK_CARD_LEFT),
        ("It was delivered to my porch apparently", ResponseKey.ASK_LOOKED_AROUND),
    ],
)
async def test_what_was_checked_already_is_not_asked(
    text: str, first_question: ResponseKey | None, redis: Redis
) -> None:
    said = await Missing(order(DELIVERED), redis).complain(text)

    assert (first_question or ResponseKey.ASK_START_INVESTIGATION) in said


async def test_what_was_checked_before_the_order_was_known_is_not_asked(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.say("delivered? checked the porch, asked the neighbours", "delivered_not_received")

    assert ResponseKey.ASK_CARD_LEFT in await chat.complain("410200341, sam@example.com")


@pytest.mark.parametrize(
    ("text", "intent", "key"),
    [
        ("oh wait found it behind the bins", "nlu_fallback", ResponseKey.MISSING_PARCEL_FOUND),
        ("my neighbour has it", "nlu_fallback", ResponseKey.MISSING_PARCEL_FOUND),
        ("im not home yet", "nlu_fallback", ResponseKey.MISSING_PARCEL_LATER),
        ("neighbours havent got it", "nlu_fallback", ResponseKey.ASK_ASKED_PEOPLE),
        ("nobody's got it", "nlu_fallback", ResponseKey.ASK_ASKED_PEOPLE),
        ("found it out the front", "nlu_fallback", ResponseKey.MISSING_PARCEL_FOUND),
        ("nope nothing", "deny", ResponseKey.ASK_ASKED_PEOPLE),
        ("yes i looked, not there", "affirm", ResponseKey.ASK_ASKED_PEOPLE),
        ("yes", "affirm", ResponseKey.MISSING_PARCEL_FOUND),
        ("its not here!!", "delivered_not_received", ResponseKey.ASK_ASKED_PEOPLE),
        ("go ahead", "affirm", ResponseKey.ASK_LOOKED_AROUND_AGAIN),
    ],
)
async def test_answers_in_words_are_understood(
    text: str, intent: str, key: ResponseKey, redis: Redis
) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.complain()

    assert key in await chat.say(text, intent)


async def test_a_question_in_between_is_answered_and_the_check_put_again(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.complain()

    said = await chat.say("what was in it again, where is it", "track_order")

    assert ResponseKey.PARCEL_DELIVERED in said
    assert ResponseKey.ASK_LOOKED_AROUND_AGAIN in said
    assert ResponseKey.ASK_ASKED_PEOPLE in await chat.say("no", "deny")


async def test_a_message_that_is_not_understood_asks_again_and_leaves_it_after_three(
    redis: Redis,
) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.complain()

    first, second = [await chat.say("blorp", "nlu_fallback") for _ in range(2)]
    third = await chat.say("blorp", "nlu_fallback")

    assert first[0] == second[0] == ResponseKey.ANSWER_NOT_UNDERSTOOD
    assert ResponseKey.ASK_LOOKED_AROUND_AGAIN not in third
    assert chat.talk.slots["matter"] is None


async def test_stop_ends_the_checks(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.complain()

    said = await chat.say("forget it", "stop_or_cancel")

    assert said == [ResponseKey.STOPPED]
    assert chat.talk.slots["matter"] is None


async def test_a_case_that_is_open_is_told_and_not_opened_again(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()
    await chat.say("yes", "affirm")
    chat.cases.move(CaseReference("CASE-000001"), CaseState.WITH_CARRIER)

    said = await chat.complain()

    assert ResponseKey.CASE_IS_OPEN in said
    assert ResponseKey.CASE_WITH_CARRIER in said
    assert len(chat.cases.requests) == 1


async def test_nothing_is_said_to_be_opened_while_the_case_system_fails(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()
    chat.cases.failure = SystemUnreachable("cases")

    said = await chat.say("yes", "affirm")

    assert said == [ResponseKey.CASE_SYSTEM_UNAVAILABLE]
    chat.cases.failure = None
    assert ResponseKey.CASE_OPENED in await chat.say("yes", "affirm")


async def test_a_published_wait_after_the_scan_comes_before_the_investigation(
    redis: Redis,
) -> None:
    knowledge = library({KnowledgeKey.WAIT_AFTER_DELIVERED: hours(24)})
    chat = Missing(order(DELIVERED), redis, knowledge=knowledge)

    said = await chat.until_offered()

    assert said == [ResponseKey.MISSING_PARCEL_WAIT]
    told = chat.talk.said(ResponseKey.MISSING_PARCEL_WAIT)
    assert told["until"] == "12:00 pm on Wednesday 25 November"
    assert told["evidence"][0]["source"] == "Kmart delivery FAQ"


async def test_a_marketplace_parcel_goes_to_its_seller(redis: Redis) -> None:
    chat = Missing(order(DELIVERED, lines=[line_json(seller=SELLER)]), redis)
    offered = await chat.until_offered()

    said = await chat.say("yes", "affirm")

    assert offered[0] == ResponseKey.ASK_OPEN_TICKET
    assert ResponseKey.TICKET_OPENED in said
    (request,) = chat.marketplace.requests
    assert (request.seller_id, request.reason) == ("toy-haven", TicketReason.NOT_RECEIVED)
    assert chat.cases.requests == []


async def test_what_was_collected_is_checked_with_the_store(redis: Redis) -> None:
    delivery = {"method": "click_and_collect", "address": None, "store": STORE}
    chat = Missing(order(COLLECTED, delivery=delivery), redis)

    asked = await chat.complain("it says collected but i never picked it up")
    offered = await chat.press("not_there")
    said = await chat.press("yes")

    assert ResponseKey.ASK_ASKED_STORE in asked
    assert chat.talk.said(ResponseKey.CASE_OPENED)
    assert offered[0] == ResponseKey.ASK_START_STORE_CHECK
    assert ResponseKey.MISSING_PARCEL_STORE_ASKED in said
    assert chat.cases.requests[0].kind is CaseKind.STORE_CHECK


@pytest.mark.parametrize(
    ("text", "intent", "key"),
    [
        ("yes", "affirm", ResponseKey.ASK_START_STORE_CHECK),
        ("yes they found it", "affirm", ResponseKey.MISSING_PARCEL_FOUND),
        ("no", "deny", ResponseKey.MISSING_PARCEL_LATER),
        ("they dont have it", "deny", ResponseKey.ASK_START_STORE_CHECK),
        ("asked. no", "deny", ResponseKey.ASK_START_STORE_CHECK),
    ],
)
async def test_yes_says_that_the_store_was_asked_and_not_that_it_was_found(
    text: str, intent: str, key: ResponseKey, redis: Redis
) -> None:
    delivery = {"method": "click_and_collect", "address": None, "store": STORE}
    chat = Missing(order(COLLECTED, delivery=delivery), redis)
    await chat.complain("it says collected but i never picked it up")

    assert chat.talk.said(ResponseKey.ASK_ASKED_STORE)["who"] == "Kmart Geelong"
    assert key in await chat.say(text, intent)


async def test_several_delivered_parcels_make_it_ask_which(redis: Redis) -> None:
    lines = [line_json(), line_json(id="2", name="Toaster")]
    second = {**DELIVERED, "id": "P2", "items": [{"line_id": "2", "quantity": 1}]}
    chat = Missing(order(DELIVERED, second, lines=lines), redis)

    asked = await chat.complain()
    chosen = await chat.press("P2")

    assert ResponseKey.ASK_WHICH_PARCEL in asked
    assert ResponseKey.ASK_LOOKED_AROUND in chosen
    assert chat.talk.slots["matter"]["parcel_id"] == "P2"


@pytest.mark.parametrize("text", ["the toaster please", "its about the toaster", "the second one"])
async def test_a_parcel_is_chosen_by_what_is_in_it(redis: Redis, text: str) -> None:
    lines = [line_json(), line_json(id="2", name="Anko 2 Slice Toaster")]
    second = {**DELIVERED, "id": "P2", "items": [{"line_id": "2", "quantity": 1}]}
    chat = Missing(order(DELIVERED, second, lines=lines), redis)
    await chat.complain()

    chosen = await chat.say(text, "nlu_fallback")

    assert ResponseKey.ASK_LOOKED_AROUND in chosen
    assert chat.talk.slots["matter"]["parcel_id"] == "P2"


async def test_consent_to_be_told_is_kept(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()
    asked = await chat.say("yes", "affirm")

    assert ResponseKey.ASK_TELL_ME in asked
    assert await chat.say("yep", "affirm") == [ResponseKey.FOLLOWING]
    assert await redis.zcard("{follow-ups}:due") == 1


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("actually, i changed my mind, yes please", "stop_or_cancel"),
        ("hang on, yes let's do it after all", "nlu_fallback"),
        ("yes", "affirm"),
    ],
)
async def test_no_can_still_become_yes(text: str, intent: str, redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()
    assert await chat.say("no", "deny") == [ResponseKey.MISSING_PARCEL_NOT_NOW]

    assert ResponseKey.CASE_OPENED in await chat.say(text, intent)


async def test_after_no_the_offer_is_not_put_again(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()
    await chat.say("no", "deny")

    said = await chat.say("where is it again", "track_order")

    assert ResponseKey.ASK_START_INVESTIGATION_AGAIN not in said
    assert chat.talk.slots["matter"] is None


async def test_a_parcel_that_turns_up_leaves_an_open_case_to_people(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()
    await chat.say("yes", "affirm")

    said = await chat.complain("i found it!! was behind the bbq")

    assert said[-1] == ResponseKey.MISSING_PARCEL_FOUND_CASE_OPEN
    told = chat.talk.said(ResponseKey.MISSING_PARCEL_FOUND_CASE_OPEN)
    assert told["reference"] == "CASE-000001"


async def test_a_doubting_question_agrees_to_nothing(redis: Redis) -> None:
    chat = Missing(order(DELIVERED), redis)
    await chat.until_offered()

    await chat.say("so its lost?", "affirm")

    assert chat.cases.requests == []


async def test_an_attempted_delivery_is_told_again_with_its_card(redis: Redis) -> None:
    report = scanned(hours_ago(20), status=CarrierStatus.ATTEMPTED)
    chat = Missing(order(), redis, carriers=MemoryCarriers([report]))
    await chat.begin("where is it", "track_order")

    said = await chat.say("i was home all day nobody knocked", "delivered_not_received")
    late = await chat.say("no one came yesterday", "delivery_delayed")

    assert ResponseKey.PARCEL_ATTEMPTED in said
    assert ResponseKey.MISSING_PARCEL_NOT_DELIVERED not in said
    assert late.index(ResponseKey.PARCEL_ATTEMPTED) < late.index(ResponseKey.ASK_TELL_ME)


async def test_what_is_lost_on_its_way_is_offered_what_can_be_done_about_the_delay(
    redis: Redis,
) -> None:
    chat = Missing(order(parcel_json(promised_by="2026-11-20")), redis)

    said = await chat.complain("its lost isnt it")

    assert said[-2:] == [ResponseKey.MISSING_PARCEL_NOT_DELIVERED, ResponseKey.NEXT_LATE]
    assert ResponseKey.DELAY_NOTHING_TO_ASK_FOR in await chat.yes()
