from redis.asyncio import Redis

from scripts.demo.system import System
from scripts.replay.__main__ import replay
from scripts.replay.collect import conversations
from scripts.replay.stored import StoredConversation
from support.identifiers.extract import DEFAULT_ORDER_NUMBER_PATTERN
from tests.end_to_end.customer import Customer


async def stored(system: System, customer: Customer) -> StoredConversation:
    async with Redis.from_url(system.redis_url, decode_responses=True) as client:
        found = await conversations(
            client, most=1000, order_number_pattern=DEFAULT_ORDER_NUMBER_PATTERN
        )
    return next(one for one in found if one.conversation_id == customer.conversation_id)


async def test_a_conversation_goes_the_same_today_and_a_change_is_shown(
    customer: Customer, system: System
):
    customer.say("where is my order 410200341, sam@example.com")
    customer.say("thanks")
    kept = await stored(system, customer)

    [same] = replay(system, [kept])
    assert not same.has_changed, same
    assert "410200341" in same.turns[0].now.text

    turns = tuple(
        turn.model_copy(update={"answered": turn.answered.model_copy(update={"said": ()})})
        for turn in kept.turns
    )
    [changed] = replay(system, [kept.model_copy(update={"turns": turns})])
    assert changed.has_changed
    assert "utter_order_standard" in changed.turns[0].newly_said
