import pytest
from redis.asyncio import Redis

from actions.identity_questions import IDENTITY_FORM
from actions.responses import ResponseKey
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import Rule, Words
from support.systems.cases.models import CaseKind
from support.systems.errors import SystemUnreachable
from support.systems.orders.models import Order
from tests.actions.chatting import Chat
from tests.knowledge import hours, library
from tests.orders import line_json, order, parcel_json

STORE = {"id": "s", "name": "Kmart Geelong", "address": "1 Store St, Geelong VIC 3220"}
DELIVERY = {"method": "click_and_collect", "address": None, "store": STORE}
BRING = Words(text='the "Ready to collect" email or SMS, and valid ID')
INTENT = "click_and_collect"


def to_collect(status: str = "ready_to_collect") -> Order:
    return order(parcel_json(status=status, carrier=None, tracking_number=None), delivery=DELIVERY)


def published() -> Library:
    return library(
        {
            KnowledgeKey.COLLECT_BRING: BRING,
            KnowledgeKey.COLLECT_BY_OTHERS: Rule(holds=True),
            KnowledgeKey.COLLECT_RESEND: Rule(holds=True),
            KnowledgeKey.COLLECT_ONEPASS: hours(2),
        }
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("what do i need to bring to click and collect", ResponseKey.COLLECT_BRING),
        ("can my wife pick it up", ResponseKey.COLLECT_BY_OTHERS),
        ("how long do you hold click and collect", ResponseKey.COLLECT_HOLDING_UNKNOWN),
        ("is onepass click and collect faster", ResponseKey.COLLECT_ONEPASS),
        ("how long does click and collect take", ResponseKey.COLLECT_TIMES_UNKNOWN),
    ],
)
async def test_general_questions_are_answered_without_asking_whose_order_it_is(
    text: str, key: ResponseKey, redis: Redis
) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())

    said = await customer.say(text, INTENT)

    assert said[0] is key
    assert said[-1] is ResponseKey.COLLECT_OFFER_ORDER
    assert customer.talk.followup is None


async def test_what_was_published_is_told_with_its_source(redis: Redis) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())

    await customer.say("can somebody else collect it", INTENT)

    told = customer.talk.said(ResponseKey.COLLECT_YOU_BRING)
    assert told["what"] == BRING.text
    assert told["evidence"][0]["source"] == "Kmart delivery FAQ"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("what do i bring", ResponseKey.COLLECT_BRING_UNKNOWN),
        ("can my husband pick it up for me", ResponseKey.COLLECT_BY_OTHERS_UNKNOWN),
        ("whats the onepass pickup time", ResponseKey.COLLECT_ONEPASS_UNKNOWN),
    ],
)
async def test_what_was_not_published_is_said_not_to_be(
    text: str, key: ResponseKey, redis: Redis
) -> None:
    assert key in await Chat(to_collect(), redis).say(text, INTENT)


async def test_nobody_else_may_collect_where_that_was_published(redis: Redis) -> None:
    knowledge = library({KnowledgeKey.COLLECT_BY_OTHERS: Rule(holds=False)})
    customer = Chat(to_collect(), redis, knowledge=knowledge)

    said = await customer.say("can my mum collect it", INTENT)

    assert said[0] is ResponseKey.COLLECT_NOT_BY_OTHERS


async def test_a_general_question_between_the_questions_leads_back_to_them(redis: Redis) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())
    customer.talk.active_form = IDENTITY_FORM

    said = await customer.say("what do i bring", INTENT)

    assert said == [ResponseKey.COLLECT_BRING]
    assert customer.talk.followup == IDENTITY_FORM


async def test_details_after_a_general_answer_tell_about_the_order(redis: Redis) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())
    await customer.say("what do i bring", INTENT)

    said = await customer.begin("410200341 sam@example.com", "provide_details")

    assert ResponseKey.PARCEL_READY_TO_COLLECT in said


async def test_once_the_order_is_told_a_rule_is_told_without_it(redis: Redis) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())
    await customer.begin("is it ready", INTENT)

    assert await customer.say("what do i bring", INTENT) == [ResponseKey.COLLECT_BRING]


async def test_no_message_came_reads_the_contact_back_masked_and_asks_for_another(
    redis: Redis,
) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())

    asked = await customer.begin("its been a day and i got no ready text", INTENT)
    contacts = customer.talk.said(ResponseKey.ASK_CONTACT_RIGHT)["contacts"]
    offered = await customer.yes()
    done = await customer.yes()

    assert ResponseKey.ASK_CONTACT_RIGHT in asked
    assert "sam@example.com" not in contacts
    assert contacts.endswith("001")
    assert offered[:2] == [ResponseKey.COLLECT_LOOK_IN_JUNK, ResponseKey.ASK_RESEND_MESSAGE]
    assert done[:3] == [
        ResponseKey.CASE_OPENED,
        ResponseKey.COLLECT_MESSAGE_ASKED,
        ResponseKey.ASK_TELL_ME,
    ]
    assert [request.kind for request in customer.cases.requests] == [CaseKind.READY_MESSAGE]


@pytest.mark.parametrize("text", ["no thats wrong", "its bob@example.com"])
async def test_a_wrong_contact_is_passed_on_to_people_and_not_changed(
    text: str, redis: Redis
) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())
    await customer.begin("no ready email came", INTENT)

    if "@" in text:
        said = await customer.say(text, "provide_details", email="bob@example.com")
    else:
        said = await customer.say(text, "deny")
    await customer.yes()

    assert said[0] is ResponseKey.COLLECT_CONTACT_WRONG
    details = customer.cases.requests[0].details
    assert details["contact details"] == "wrong, says the customer"
    assert "bob@example.com" not in str(details)


async def test_no_message_came_because_it_is_not_ready(redis: Redis) -> None:
    customer = Chat(to_collect("picking"), redis, knowledge=published())

    said = await customer.begin("no text yet for my pick up", INTENT)

    assert ResponseKey.COLLECT_NOT_READY in said
    assert ResponseKey.ASK_TELL_ME in said
    assert customer.cases.requests == []


async def test_without_a_published_way_no_second_message_is_offered(redis: Redis) -> None:
    said = await Chat(to_collect(), redis).begin("never got the ready sms", INTENT)

    assert ResponseKey.COLLECT_READY_ANYWAY in said
    assert ResponseKey.ASK_CONTACT_RIGHT not in said


async def test_running_out_of_time_says_what_is_not_known_and_asks_the_store(redis: Redis) -> None:
    customer = Chat(to_collect(), redis)

    asked = await customer.begin("cant get there til sunday, can you hold it longer", INTENT)
    done = await customer.yes()

    assert ResponseKey.COLLECT_HOLDING_UNKNOWN in asked
    assert ResponseKey.ASK_EXTENSION in asked
    assert ResponseKey.COLLECT_EXTENSION_ASKED in done
    (request,) = customer.cases.requests
    assert (request.kind, request.urgent) == (CaseKind.COLLECTION_EXTENSION, True)
    assert request.details["store"] == "Kmart Geelong"


async def test_no_asks_for_nothing(redis: Redis) -> None:
    customer = Chat(to_collect(), redis)
    await customer.begin("can you hold it longer", INTENT)

    assert await customer.no() == [ResponseKey.COLLECT_NOT_NOW]
    assert customer.cases.requests == []


async def test_a_request_that_is_open_is_told_and_not_made_again(redis: Redis) -> None:
    customer = Chat(to_collect(), redis)
    await customer.begin("can you hold it longer", INTENT)
    await customer.yes()

    said = await customer.begin("please extend my collection", INTENT)

    assert ResponseKey.CASE_IS_OPEN in said
    assert len(customer.cases.requests) == 1


async def test_nothing_is_said_to_be_asked_while_the_case_system_fails(redis: Redis) -> None:
    customer = Chat(to_collect(), redis)
    await customer.begin("can you hold it longer", INTENT)
    customer.cases.failure = SystemUnreachable("cases")

    assert await customer.yes() == [ResponseKey.CASE_SYSTEM_UNAVAILABLE]


@pytest.mark.parametrize(
    ("status", "key"),
    [
        ("collected", ResponseKey.COLLECT_IS_COLLECTED),
        ("cancelled", ResponseKey.COLLECT_IS_CANCELLED),
        ("lost_in_space", ResponseKey.COLLECT_ASK_STORE),
    ],
)
async def test_what_cannot_be_collected_gets_no_more_time(
    status: str, key: ResponseKey, redis: Redis
) -> None:
    said = await Chat(to_collect(status), redis).begin("can you hold it longer", INTENT)

    assert key in said
    assert ResponseKey.ASK_EXTENSION not in said


async def test_an_order_that_is_delivered_has_nothing_to_collect(redis: Redis) -> None:
    said = await Chat(order(), redis).begin("can you hold it longer", INTENT)

    assert ResponseKey.COLLECT_NOTHING in said


async def test_what_is_not_ready_is_offered_to_be_told(redis: Redis) -> None:
    customer = Chat(to_collect("processing"), redis)

    said = await customer.begin("is it ready to pick up", INTENT)

    assert ResponseKey.PARCEL_PROCESSING_COLLECT in said
    assert ResponseKey.ASK_TELL_ME in said


async def test_of_several_parcels_that_are_ready_it_asks_which(redis: Redis) -> None:
    lines = [line_json(), line_json(id="2", name="Toaster")]
    ready = {"status": "ready_to_collect", "carrier": None, "tracking_number": None}
    second = parcel_json(id="P2", items=[{"line_id": "2", "quantity": 1}], **ready)
    two = order(parcel_json(**ready), second, lines=lines, delivery=DELIVERY)
    customer = Chat(two, redis)

    asked = await customer.begin("can you hold it longer", INTENT)
    chosen = await customer.press("P2")

    assert ResponseKey.ASK_WHICH_PARCEL in asked
    assert ResponseKey.ASK_EXTENSION in chosen
    assert customer.talk.slots["matter"]["parcel_id"] == "P2"


async def test_what_was_asked_survives_the_questions_about_identity(redis: Redis) -> None:
    customer = Chat(to_collect(), redis)
    await customer.say("can you hold it longer for me", INTENT)

    said = await customer.begin("410200341 sam@example.com", "provide_details")

    assert ResponseKey.ASK_EXTENSION in said


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback", "deny"])
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("can my wife get it", ResponseKey.COLLECT_BY_OTHERS),
        ("what does she need", ResponseKey.COLLECT_BRING),
        ("does he need id", ResponseKey.COLLECT_BRING),
        ("when do i have to pick it up by", ResponseKey.COLLECT_HOLDING_UNKNOWN),
    ],
)
async def test_once_the_order_is_told_few_words_are_enough(
    text: str, key: ResponseKey, intent: str, redis: Redis
) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())
    await customer.begin("where is it", "track_order")

    assert key in await customer.say(text, intent)


async def test_the_same_words_about_a_parcel_are_about_no_store(redis: Redis) -> None:
    customer = Chat(order(), redis, knowledge=published())
    await customer.begin("where is it", "track_order")

    assert await customer.say("can my wife get it", "out_of_scope") == [ResponseKey.OUT_OF_SCOPE]


async def test_the_store_can_be_called(redis: Redis) -> None:
    store = {**STORE, "phone": "03 5555 0100"}
    ready = to_collect().model_dump(mode="json") | {"delivery": {**DELIVERY, "store": store}}
    customer = Chat(Order.model_validate(ready), redis)
    await customer.begin("where is it", "track_order")

    await customer.say("whats the stores phone number", "order_details")

    assert customer.talk.said(ResponseKey.PARCEL_STORE_PHONE)["phone"] == "03 5555 0100"


async def test_such_words_are_answered_also_while_a_question_is_open(redis: Redis) -> None:
    customer = Chat(to_collect(), redis, knowledge=published())
    await customer.begin("where is it", "track_order")
    await customer.say("can you keep it longer", INTENT)

    said = await customer.say("can my wife get it", "nlu_fallback")

    assert ResponseKey.COLLECT_BY_OTHERS in said


async def test_who_never_collected_it_is_not_told_how_long_stores_keep_orders(
    redis: Redis,
) -> None:
    said = await Chat(to_collect("collected"), redis).begin("i never collected it!!", INTENT)

    assert ResponseKey.COLLECT_HOLDING_UNKNOWN not in said
    assert ResponseKey.ASK_ASKED_STORE in said


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what time are they open til", INTENT),
        ("what time are they open til", "track_order"),
        ("what time are they open til", "eta_question"),
        ("whats the address of the shop", INTENT),
    ],
)
async def test_the_store_is_told_again_where_it_is_asked_for(
    text: str, intent: str, redis: Redis
) -> None:
    customer = Chat(to_collect(), redis)
    await customer.begin("is it ready", INTENT)

    said = await customer.say(text, intent)

    assert ResponseKey.PARCEL_STORE in said
    assert ResponseKey.PARCEL_STORE_ADDRESS in said
