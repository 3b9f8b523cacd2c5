"""Two problems in one message: one after the other."""

from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Rule
from tests.actions.chatting import Chat
from tests.knowledge import library
from tests.orders import order, parcel_json

ADDRESS = "88 Wattle St, Ballarat VIC 3350"


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


async def test_two_problems_that_were_not_understood_are_dealt_with_all_the_same(
    redis: Redis,
) -> None:
    chat = Chat(order(parcel_json(promised_by="2026-11-20")), redis, signed_in=True)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("it's late AND the address is wrong", "nlu_fallback")

    assert ResponseKey.LATER_ADDRESS in said or ResponseKey.NOW_ADDRESS in said
    assert ResponseKey.NOT_UNDERSTOOD not in said


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
