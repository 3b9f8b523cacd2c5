import pytest
from redis.asyncio import Redis

from actions.questions import Matter, Question
from actions.responses import ResponseKey
from actions.topics import Topic
from support.decisions.identity import Level
from support.ids import CarrierId, TrackingNumber
from support.sms.segments import Encoding, size_of
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.errors import SystemUnreachable
from tests.actions.chatting import Chat
from tests.actions.sms_wording import as_texts
from tests.orders import NOW, hours_ago, order, parcel_json

NUMBER = TrackingNumber("JDQ019457101000930308")
INTENT = "check_tracking"


def australia_post(status: CarrierStatus, **different: object) -> MemoryCarriers:
    event = TrackingEvent(at=hours_ago(2), description="Arrived", location="SUNSHINE WEST VIC")
    report = TrackingReport(
        carrier=CarrierId("australia_post"),
        number=NUMBER,
        status=status,
        looked_up_at=NOW,
        events=(event,),
        **different,  # type: ignore[arg-type]
    )
    return MemoryCarriers([report])


async def follow(carriers: MemoryCarriers, redis: Redis, text: str = str(NUMBER)) -> Chat:
    customer = Chat(order(), redis, carriers=carriers)
    await customer.say(text, INTENT, tracking_number=NUMBER)
    return customer


async def test_whoever_has_the_number_hears_what_the_carriers_page_shows(redis: Redis) -> None:
    customer = await follow(australia_post(CarrierStatus.OUT_FOR_DELIVERY), redis)

    told = customer.talk.said(ResponseKey.TRACKING_PUBLIC)
    scan = customer.talk.said(ResponseKey.TRACKING_PUBLIC_SCAN)
    assert (told["carrier"], told["state"]) == ("Australia Post", "out for delivery")
    assert told["evidence"] == [{"source": "Australia Post", "at": NOW.isoformat()}]
    assert (scan["scan"], scan["place"]) == ("Arrived", "SUNSHINE WEST VIC")
    assert NUMBER in customer.talk.said(ResponseKey.TRACKING_PUBLIC_LINK)["link"]


async def test_nothing_of_the_order_behind_it_is_told(redis: Redis) -> None:
    proof = "Signed for by S. Tester"
    carriers = australia_post(CarrierStatus.DELIVERED, proof_of_delivery=proof)

    customer = await follow(carriers, redis, f"somebody sent me a gift {NUMBER}")

    text = str(customer.talk.messages)
    assert ResponseKey.TRACKING_OF_A_GIFT in text
    for secret in ("Kettle", "Example St", "Geelong", "Sam", "410200341", "S. Tester"):
        assert secret not in text


async def test_a_note_that_is_not_understood_is_not_explained(redis: Redis) -> None:
    customer = await follow(australia_post(CarrierStatus.UNKNOWN), redis)

    assert customer.talk.messages[0]["response"] == ResponseKey.TRACKING_PUBLIC_UNCLEAR


async def test_what_was_known_before_an_outage_is_told_with_its_age(redis: Redis) -> None:
    carriers = australia_post(CarrierStatus.IN_TRANSIT, is_stale=True)

    customer = await follow(carriers, redis)

    told = customer.talk.said(ResponseKey.TRACKING_PUBLIC_STALE)
    assert told["at"] == "12:30 pm on Tuesday 24 November"


@pytest.mark.parametrize("failing", [True, False])
async def test_a_carrier_that_cannot_be_asked_or_knows_nothing_leaves_the_link(
    failing: bool,  # noqa: FBT001 - a parameter
    redis: Redis,
) -> None:
    carriers = MemoryCarriers()
    carriers.failure = SystemUnreachable("australia_post") if failing else None

    customer = await follow(carriers, redis)

    assert [one["response"] for one in customer.talk.messages] == [ResponseKey.TRACKING_LINK]


async def test_a_number_that_cannot_be_right_is_not_asked_about(redis: Redis) -> None:
    customer = Chat(order(), redis, carriers=australia_post(CarrierStatus.IN_TRANSIT))

    said = await customer.say("track it", INTENT, tracking_number="JDQ019457101000930309")

    assert said == [ResponseKey.TRACKING_CHECK_DIGIT]


async def test_no_more_than_three_numbers_of_a_message_are_looked_at(redis: Redis) -> None:
    customer = Chat(order(), redis, carriers=australia_post(CarrierStatus.IN_TRANSIT))
    numbers = [f"RR12345678{number}AU" for number in range(5)]

    await customer.talk.turn(
        customer.actions["action_check_tracking"], "all these", tracking_number=numbers
    )

    assert len(customer.talk.messages) == 3


UNCLEAR = TrackingNumber("6XXX12345678")
"""A number of StarTrack's shape and of Australia Post's."""


async def asked_about(redis: Redis, carriers: MemoryCarriers | None = None) -> Chat:
    customer = Chat(order(), redis, carriers=carriers)
    await customer.say(f"track {UNCLEAR}", INTENT, tracking_number=UNCLEAR)
    return customer


def shown_by(carrier: str) -> MemoryCarriers:
    report = TrackingReport(CarrierId(carrier), UNCLEAR, CarrierStatus.IN_TRANSIT, NOW)
    return MemoryCarriers([report])


@pytest.mark.parametrize("failing", [True, False])
async def test_whose_an_unclear_number_is_is_asked_where_no_look_up_tells(
    failing: bool,  # noqa: FBT001 - a parameter
    redis: Redis,
) -> None:
    carriers = MemoryCarriers()
    carriers.failure = SystemUnreachable("australia_post") if failing else None

    customer = await asked_about(redis, carriers)

    assert customer.question == "which_carrier"
    asked = customer.talk.said(ResponseKey.ASK_WHICH_CARRIER)
    assert asked["carriers"] == "StarTrack or Australia Post"
    assert [one.get("carrier") for one in customer.talk.messages[1:]] == [
        "StarTrack",
        "Australia Post",
        None,
    ]
    assert customer.talk.messages[-1]["response"] == ResponseKey.ANSWER_NOT_SURE


@pytest.mark.parametrize("carrier", ["startrack", "australia_post"])
async def test_what_a_look_up_tells_is_not_asked(carrier: str, redis: Redis) -> None:
    customer = await asked_about(redis, shown_by(carrier))

    assert ResponseKey.TRACKING_PUBLIC in [one["response"] for one in customer.talk.messages]
    assert customer.question is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("auspost", "Australia Post"),
        ("the star track one", "StarTrack"),
        ("startrak i think", "StarTrack"),
        ("post", "Australia Post"),
        ("the second one", "Australia Post"),
    ],
)
async def test_the_carrier_is_taken_from_words(text: str, name: str, redis: Redis) -> None:
    customer = await asked_about(redis)

    said = await customer.say(text, "nlu_fallback")

    assert said == [ResponseKey.TRACKING_AT_CARRIER]
    told = customer.talk.said(ResponseKey.TRACKING_AT_CARRIER)
    assert told["carrier"] == name
    assert UNCLEAR in told["link"]
    assert customer.question is None


@pytest.mark.parametrize("answer", ["dunno", "not sure", "i dont have the docket"])
async def test_who_does_not_know_is_told_of_both_carriers(answer: str, redis: Redis) -> None:
    customer = await asked_about(redis)

    assert await customer.say(answer, "deny") == [ResponseKey.TRACKING_LINKS]
    assert customer.question is None


async def test_not_sure_tries_the_carriers_in_turn_again(redis: Redis) -> None:
    carriers = MemoryCarriers()
    customer = await asked_about(redis, carriers)
    carriers.add(TrackingReport(CarrierId("australia_post"), UNCLEAR, CarrierStatus.DELIVERED, NOW))

    await customer.press("not_sure")

    assert customer.talk.said(ResponseKey.TRACKING_PUBLIC)["carrier"] == "Australia Post"


async def test_the_carrier_that_was_pressed_is_looked_up_and_no_other(redis: Redis) -> None:
    carriers = MemoryCarriers()
    customer = await asked_about(redis, carriers)
    carriers.add(TrackingReport(CarrierId("australia_post"), UNCLEAR, CarrierStatus.DELIVERED, NOW))

    assert await customer.press("startrack") == [ResponseKey.TRACKING_AT_CARRIER]


async def test_a_carrier_that_was_not_offered_may_be_named(redis: Redis) -> None:
    customer = await asked_about(redis, shown_by("couriersplease"))

    await customer.say("couriers please", "nlu_fallback")

    assert customer.talk.said(ResponseKey.TRACKING_PUBLIC)["carrier"] == "CouriersPlease"


async def test_a_carrier_without_a_page_is_named_without_a_link(redis: Redis) -> None:
    customer = await asked_about(redis)

    said = await customer.say("it says tnt", "nlu_fallback")

    assert said == [ResponseKey.TRACKING_AT_CARRIER_WITHOUT_LINK]


async def test_another_question_is_answered_and_the_carrier_asked_for_again(redis: Redis) -> None:
    customer = await asked_about(redis)

    said = await customer.say("what does shipped mean", "status_meaning")

    assert said[-4:] == [
        ResponseKey.ASK_WHICH_CARRIER_AGAIN,
        ResponseKey.ANSWER_CARRIER,
        ResponseKey.ANSWER_CARRIER,
        ResponseKey.ANSWER_NOT_SURE,
    ]


async def test_another_number_takes_the_place_of_the_one_that_was_asked_about(redis: Redis) -> None:
    customer = await asked_about(redis, australia_post(CarrierStatus.IN_TRANSIT))

    said = await customer.say(f"sorry its {NUMBER}", INTENT, tracking_number=NUMBER)

    assert said[0] == ResponseKey.TRACKING_PUBLIC
    assert customer.question is None


async def test_a_carrier_named_with_the_number_is_not_asked_for(redis: Redis) -> None:
    customer = Chat(order(), redis, carriers=shown_by("australia_post"))

    await customer.say(f"track {UNCLEAR} with auspost", INTENT, tracking_number=UNCLEAR)
    known = customer.talk.said(ResponseKey.TRACKING_PUBLIC)["carrier"]
    other = Chat(order(), redis)
    said = await other.say(f"track {UNCLEAR} with startrack", INTENT, tracking_number=UNCLEAR)

    assert known == "Australia Post"
    assert said == [ResponseKey.TRACKING_AT_CARRIER]
    assert other.talk.said(ResponseKey.TRACKING_AT_CARRIER)["carrier"] == "StarTrack"


async def test_the_customers_own_order_says_whose_its_number_is(redis: Redis) -> None:
    own = order(parcel_json(tracking_number=UNCLEAR, carrier="australia_post"))
    customer = Chat(own, redis)
    await customer.identify(Level.MATCHED)

    said = await customer.say(f"track {UNCLEAR}", INTENT, tracking_number=UNCLEAR)

    assert said == [ResponseKey.TRACKING_AT_CARRIER]
    assert customer.talk.said(ResponseKey.TRACKING_AT_CARRIER)["carrier"] == "Australia Post"


async def test_an_order_that_was_not_shown_to_be_theirs_says_nothing(redis: Redis) -> None:
    own = order(parcel_json(tracking_number=UNCLEAR, carrier="australia_post"))
    customer = Chat(own, redis)
    customer.talk.slots["order_number"] = own.number

    said = await customer.say(f"track {UNCLEAR}", INTENT, tracking_number=UNCLEAR)

    assert said[0] == ResponseKey.ASK_WHICH_CARRIER


async def test_while_something_else_is_asked_the_carrier_is_not(redis: Redis) -> None:
    customer = Chat(order(), redis)
    open_question = Matter(Question.LOOKED_AROUND, Topic.MISSING_PARCEL, customer.order.number)
    customer.talk.slots["matter"] = open_question.written()

    said = await customer.say(f"track {UNCLEAR}", INTENT, tracking_number=UNCLEAR)

    assert said[:2] == [ResponseKey.TRACKING_LINKS, ResponseKey.ASK_LOOKED_AROUND_AGAIN]


async def test_all_that_is_texted_about_it_fits_two_segments(redis: Redis) -> None:
    customer = Chat(order(), redis)
    customer.talk.channel = "sms"
    texts = []
    for text, intent, numbers in (
        (f"track {UNCLEAR}", INTENT, {"tracking_number": str(UNCLEAR)}),
        ("what does shipped mean", "status_meaning", {}),
        ("auspost", "nlu_fallback", {}),
    ):
        await customer.say(text, intent, **numbers)
        texts += as_texts(customer.talk.messages, customer.talk.slots)

    assert len(texts) > 2
    assert max(size_of(text).segments for text in texts) <= 2
    assert {size_of(text).encoding for text in texts} == {Encoding.GSM_7}
