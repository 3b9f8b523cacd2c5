import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.errors import SystemUnreachable
from tests.actions.chatting import Chat
from tests.orders import NOW, hours_ago, order

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
