from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from actions.questions import Matter, Question
from actions.responses import ResponseKey
from actions.status_topics import EtaQuestion, OrderStatus
from actions.topics import Topic
from support.ids import OrderNumber
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.places.localities import Remoteness
from support.systems.carriers.models import CarrierStatus
from support.systems.orders.models import Order
from tests.actions.chatting import Chat
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.actions.test_order_status import australia_post
from tests.orders import NOW, order, parcel_json
from tests.published import published_times

SENT = "2026-11-20T15:00:00+11:00"
"""A Friday: standard delivery to Geelong takes from Wednesday 25 to Friday 27 November."""
STORE = {"id": "s1", "name": "Kmart Geelong", "address": "1 High St, Geelong VIC 3220"}
FAQ = "Kmart delivery FAQ"
ASKS = {"eta_question": 1.0}


def without_promise(**different: Any) -> dict[str, Any]:
    return parcel_json(**{"promised_by": None, "dispatched_at": SENT} | different)


async def told(
    whole: Order, redis: Redis, *, days_later: int = 0, carriers: Any = None
) -> tuple[list[ResponseKey], Conversation]:
    talk = Conversation()
    services = services_for_tests(
        whole, redis=redis, carriers=carriers, knowledge=published_times()
    )
    later = replace(services, now=lambda: NOW + timedelta(days=days_later))
    said = await talk.turn(
        EtaQuestion(later),
        "when will my order come",
        ranking=ASKS,
        order_number=whole.number,
        email=whole.contact.email,
    )
    return said, talk


async def asked(
    text: str, knowledge: Library | None = None, talk: Conversation | None = None, **entities: Any
) -> tuple[list[ResponseKey], Conversation]:
    talk = talk or Conversation()
    services = services_for_tests(knowledge=knowledge or published_times())
    return await talk.turn(EtaQuestion(services), text, ranking=ASKS, **entities), talk


async def test_a_range_is_told_with_the_page_it_comes_from(redis: Redis):
    _, talk = await told(order(without_promise()), redis)

    line = talk.said(ResponseKey.PARCEL_ETA_PUBLISHED)
    assert line["days"] == "Wednesday 25 and Friday 27 November"
    assert (line["span"], line["region"], line["method"]) == (
        "3 to 5 business days", "metro", "standard",
    )  # fmt: skip
    assert {one["source"] for one in line["evidence"]} == {FAQ, "Kmart order system"}


async def test_once_the_first_day_has_come_only_the_last_one_is_told(redis: Redis):
    said, talk = await told(order(without_promise()), redis, days_later=1)

    assert talk.said(ResponseKey.PARCEL_ETA_PUBLISHED_BY)["date"] == "Friday 27 November"
    assert ResponseKey.PARCEL_ETA_PUBLISHED not in said


async def test_past_its_last_day_it_is_said_to_be_late(redis: Redis):
    said, talk = await told(order(without_promise()), redis, days_later=4)

    assert talk.said(ResponseKey.PARCEL_OVERDUE_PUBLISHED)["date"] == "Friday 27 November"
    assert ResponseKey.NEXT_LATE in said


async def test_a_delay_at_the_carrier_goes_beside_the_published_date(redis: Redis):
    carriers = australia_post(CarrierStatus.DELAYED)

    said, _ = await told(order(without_promise()), redis, carriers=carriers)

    assert ResponseKey.PARCEL_ETA_PUBLISHED_DELAYED in said


async def test_an_ambiguous_address_is_said_to_be_ambiguous(redis: Redis):
    address = {"line1": "1 Test St", "state": "NSW", "postcode": "2620"}
    whole = order(without_promise(), delivery={"method": "standard", "address": address})

    _, talk = await told(whole, redis)

    assert talk.said(ResponseKey.PARCEL_REGION_AMBIGUOUS)["regions"] == "metro or regional"
    days = talk.said(ResponseKey.PARCEL_ETA_PUBLISHED)["days"]
    assert days == "Tuesday 1 and Friday 4 December"


async def test_the_retailers_own_regions_are_used(redis: Redis):
    whole = order(without_promise())
    services = services_for_tests(whole, redis=redis, knowledge=published_times())
    talk = Conversation()

    await talk.turn(
        OrderStatus(replace(services, regions={"3220": Remoteness.REGIONAL})),
        order_number=whole.number,
        email=whole.contact.email,
    )

    assert talk.said(ResponseKey.PARCEL_ETA_PUBLISHED)["region"] == "regional"


async def test_an_unknown_place_gets_no_date(redis: Redis):
    address = {"line1": "1 Test St", "suburb": "Neverwhere", "state": "NSW"}
    whole = order(without_promise(), delivery={"method": "standard", "address": address})

    said, _ = await told(whole, redis)

    assert ResponseKey.PARCEL_NO_DATE in said


async def test_before_it_is_sent_times_are_told_and_no_date(redis: Redis):
    whole = order(without_promise(status="processing", dispatched_at=None))

    said, talk = await told(whole, redis)

    assert talk.said(ResponseKey.PARCEL_SENDING_TIME)["span"] == "up to 4 business days"
    assert talk.said(ResponseKey.PARCEL_TIME_AFTER_SENDING)["span"] == "3 to 5 business days"
    assert ResponseKey.PARCEL_NO_DATE not in said


async def test_sending_that_takes_longer_than_published_is_said_to_be_late(redis: Redis):
    whole = order(without_promise(status="processing", dispatched_at=None))

    said, _ = await told(whole, redis, days_later=7)

    assert ResponseKey.PARCEL_SENDING_OVERDUE in said
    assert ResponseKey.PARCEL_SENDING_TIME not in said


async def test_express_before_it_is_sent_has_no_time_of_delivery(redis: Redis):
    whole = order(
        without_promise(status="picking", dispatched_at=None, method="express"),
    )

    said, _ = await told(whole, redis)

    assert ResponseKey.PARCEL_NO_DATE in said
    assert ResponseKey.PARCEL_TIME_AFTER_SENDING not in said


async def test_where_the_day_it_was_sent_is_not_on_record_the_time_is_told(redis: Redis):
    whole = order(without_promise(dispatched_at=None, status_at=None))

    said, _ = await told(whole, redis)

    assert ResponseKey.PARCEL_TIME_UNKNOWN_START in said
    assert ResponseKey.PARCEL_NO_DATE not in said


async def test_out_for_delivery_today_needs_no_other_day(redis: Redis):
    status_at = (NOW - timedelta(hours=3)).isoformat()
    whole = order(without_promise(status="out_for_delivery", status_at=status_at))

    said, _ = await told(whole, redis)

    assert ResponseKey.PARCEL_OUT_FOR_DELIVERY_TODAY in said
    assert ResponseKey.PARCEL_NO_DATE not in said


@pytest.mark.parametrize(
    ("placed", "days_later", "key", "values"),
    [
        pytest.param(
            "2026-11-24T09:00:00+11:00", 0, ResponseKey.PARCEL_READY_FROM,
            {"time": "4:00 pm", "date": "Tuesday 24 November"}, id="before the cut-off",
        ),
        pytest.param(
            "2026-11-24T12:15:00+11:00", 0, ResponseKey.PARCEL_READY_ON,
            {"date": "Wednesday 25 November"}, id="after the cut-off",
        ),
        pytest.param(
            "2026-11-24T09:00:00+11:00", 1, ResponseKey.PARCEL_READY_OVERDUE,
            {"date": "Tuesday 24 November"}, id="overdue",
        ),
    ],
)  # fmt: skip
async def test_collecting_has_a_time_by_the_cut_off(
    placed: str, days_later: int, key: ResponseKey, values: dict[str, str], redis: Redis
):
    whole = to_collect(placed)

    _, talk = await told(whole, redis, days_later=days_later)

    line = talk.said(key)
    assert {name: line[name] for name in values} == values
    assert {one["source"] for one in line["evidence"]} == {FAQ, "Kmart order system"}


async def test_from_its_time_on_it_may_be_ready_at_any_moment(redis: Redis):
    """It is 12:30 pm, and the retailer has set the time to noon."""
    whole = to_collect("2026-11-24T09:00:00+11:00")
    noon = published_times().entry(KnowledgeKey.COLLECT_CUT_OFF).value
    entries = dict(published_times().entries)
    ready_from = entries[KnowledgeKey.COLLECT_READY_FROM]
    entries[KnowledgeKey.COLLECT_READY_FROM] = ready_from.model_copy(update={"value": noon})
    services = services_for_tests(whole, redis=redis, knowledge=Library(entries))
    talk = Conversation()

    said = await talk.turn(
        OrderStatus(services), order_number=whole.number, email=whole.contact.email
    )

    assert ResponseKey.PARCEL_READY_ANY_TIME in said


def to_collect(placed: str) -> Order:
    parcel = without_promise(
        status="picking", dispatched_at=None, carrier=None, tracking_number=None
    )
    delivery = {"method": "click_and_collect", "store": STORE}
    return order(parcel, delivery=delivery, placed_at=placed)


async def test_who_asks_when_it_comes_reads_the_date_before_the_status(redis: Redis):
    said, _ = await told(order(), redis)

    assert said.index(ResponseKey.PARCEL_ETA_PROMISED) < said.index(ResponseKey.PARCEL_SHIPPED)
    assert said.count(ResponseKey.PARCEL_ETA_PROMISED) == 1


async def test_the_date_comes_first_while_another_question_is_open(redis: Redis):
    talk = Conversation()
    whole = order()
    services = services_for_tests(whole, redis=redis, knowledge=published_times())
    talk.slots["matter"] = open_matter()

    said = await talk.turn(
        EtaQuestion(services), "when will it come", ranking=ASKS,
        order_number=whole.number, email=whole.contact.email,
    )  # fmt: skip

    assert said.index(ResponseKey.PARCEL_ETA_PROMISED) < said.index(ResponseKey.PARCEL_SHIPPED)


def open_matter() -> Any:
    number = OrderNumber("410200341")
    return Matter(Question.LOOKED_AROUND, Topic.MISSING_PARCEL, number).written()


async def test_a_place_is_answered_without_asking_who_it_is():
    said, talk = await asked("how long does delivery take to Dubbo", suburb="Dubbo")

    assert said == [ResponseKey.ETA_PLACE]
    line = talk.said(ResponseKey.ETA_PLACE)
    assert (line["place"], line["region"], line["span"]) == (
        "Dubbo", "regional", "7 to 10 business days",
    )  # fmt: skip
    assert [one["source"] for one in line["evidence"]] == [FAQ]
    assert talk.active_form is None
    assert talk.followup is None


async def test_a_postcode_is_a_place_too():
    _, talk = await asked("how long is standard delivery to 3220", postcode="3220")

    assert talk.said(ResponseKey.ETA_PLACE)["span"] == "3 to 5 business days"


async def test_an_ambiguous_place_gets_the_longer_time():
    _, talk = await asked("how long is delivery to 2620", postcode="2620")

    line = talk.said(ResponseKey.ETA_PLACE_AMBIGUOUS)
    assert (line["region"], line["span"]) == ("metro or regional", "7 to 10 business days")


async def test_an_unknown_place_is_said_to_be_unknown_beside_all_times():
    said, _ = await asked("how long to Neverwhere", suburb="Neverwhere")

    assert said == [ResponseKey.ETA_PLACE_UNKNOWN, ResponseKey.ETA_EVERYWHERE]


async def test_delivery_at_large_has_three_times_and_an_offer_to_look_an_order_up():
    said, talk = await asked("how long does delivery take")

    assert said == [ResponseKey.ETA_EVERYWHERE, ResponseKey.ETA_OFFER_LOOK_UP]
    line = talk.said(ResponseKey.ETA_EVERYWHERE)
    assert [line[region] for region in ("metro", "regional", "remote")] == [
        "3 to 5 business days", "7 to 10 business days", "14 to 20 business days",
    ]  # fmt: skip
    assert talk.slots["offer"] == "track_order"


async def test_express_is_said_to_be_unknown_and_standard_told():
    to_place, _ = await asked("how fast is express to Dubbo", suburb="Dubbo")
    at_large, _ = await asked("how fast is express")

    assert to_place == [ResponseKey.ETA_EXPRESS_UNKNOWN, ResponseKey.ETA_PLACE]
    assert at_large[:2] == [ResponseKey.ETA_EXPRESS_UNKNOWN, ResponseKey.ETA_EVERYWHERE]


async def test_without_published_times_none_are_told():
    nothing = published_times(KnowledgeKey.STANDARD_METRO, KnowledgeKey.STANDARD_REGIONAL)

    at_large, _ = await asked("how long does delivery take", nothing)
    to_place, _ = await asked("how long does delivery take to Dubbo", nothing, suburb="Dubbo")

    assert at_large[0] is ResponseKey.ETA_TIMES_UNKNOWN
    assert to_place == [ResponseKey.ETA_TIMES_UNKNOWN]


async def test_target_is_not_told_the_times_of_kmart():
    said, _ = await asked("how long does Target take to Dubbo", suburb="Dubbo")

    assert said == [ResponseKey.ETA_TARGET_UNKNOWN, ResponseKey.ETA_OFFER_LOOK_UP]


async def test_a_question_about_identity_that_is_open_is_put_again_after_it():
    talk = Conversation(active_form="identity_form", slots={"times_asked": 1})

    said, _ = await asked("how long does delivery take", talk=talk)

    assert said == [ResponseKey.ETA_EVERYWHERE]
    assert talk.followup == "identity_form"


async def test_an_own_order_is_looked_up():
    said, talk = await asked("when will my order get to Dubbo", suburb="Dubbo")

    assert said == []
    assert talk.followup == "identity_form"


async def test_a_button_means_the_order():
    said, talk = await asked("/eta_question")

    assert said == []
    assert talk.followup == "identity_form"


async def test_once_all_has_arrived_how_long_means_the_open_case(redis: Redis) -> None:
    arrived = order(parcel_json(status="delivered", delivered_at="2026-11-24T10:00:00+11:00"))
    chat = Chat(arrived, redis)
    missing = "it says delivered, looked everywhere, asked the neighbours, no card"
    await chat.begin(missing, "delivered_not_received")
    await chat.say("yes", "affirm")

    said = await chat.say("how long will it take", "eta_question")

    assert ResponseKey.CASE_IS_OPEN in said


async def test_out_for_delivery_says_more_than_the_promised_day(redis: Redis) -> None:
    status_at = (NOW - timedelta(hours=3)).isoformat()
    parcel = parcel_json(status="out_for_delivery", status_at=status_at, promised_by="2026-11-26")
    chat = Chat(order(parcel), redis)
    await chat.begin("where is it", "track_order")

    said = await chat.say("what time today", "eta_question")

    assert said.index(ResponseKey.PARCEL_OUT_FOR_DELIVERY_TODAY) < said.index(
        ResponseKey.PARCEL_ETA_PROMISED
    )
