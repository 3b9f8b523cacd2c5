import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from support.ids import ConversationId, OrderNumber, SenderKey
from support.state.attempts import LIMITS, Attempts, Limit
from support.state.errors import StateUnavailable

CONVERSATION, NUMBER, SENDER = ConversationId("c1"), OrderNumber("410200341"), SenderKey("s1")
ELSEWHERE = (ConversationId("c2"), OrderNumber("410200342"), SenderKey("s2"))


async def fail(attempts: Attempts, times: int, **changed: str) -> None:
    about = {"conversation_id": CONVERSATION, "number": NUMBER, "sender": SENDER} | changed
    for _ in range(times):
        await attempts.take(**about)  # type: ignore[arg-type]


async def test_a_conversation_may_fail_five_times(redis: Redis):
    attempts = Attempts(redis)
    await fail(attempts, 4)
    assert await attempts.take(CONVERSATION, NUMBER, SENDER)
    await fail(attempts, 1)
    assert not await attempts.take(CONVERSATION, ELSEWHERE[1], ELSEWHERE[2])


async def test_new_conversations_do_not_give_more_tries_on_an_order(redis: Redis):
    attempts = Attempts(redis)
    for turn in range(LIMITS["order"].failures):
        await fail(attempts, 1, conversation_id=f"conv-{turn}", sender=f"sender-{turn}")
    assert not await attempts.take(ELSEWHERE[0], NUMBER, ELSEWHERE[2])
    assert await attempts.take(*ELSEWHERE)


async def test_other_orders_do_not_give_a_sender_more_tries(redis: Redis):
    attempts = Attempts(redis)
    for turn in range(LIMITS["sender"].failures):
        await fail(attempts, 1, conversation_id=f"conv-{turn}", number=f"4102034{turn:02d}")
    assert not await attempts.take(ELSEWHERE[0], OrderNumber("410209999"), SENDER)


async def test_failures_at_the_same_time_are_all_counted(redis: Redis):
    attempts = Attempts(redis)
    await asyncio.gather(*(attempts.take(CONVERSATION, NUMBER, SENDER) for _ in range(5)))
    assert not await attempts.take(CONVERSATION, NUMBER, SENDER)


async def test_a_limit_ends_with_its_window(redis: Redis):
    window = Limit(1, timedelta(milliseconds=80))
    attempts = Attempts(redis, {"conversation": window, "order": window, "sender": window})
    await fail(attempts, 1)
    assert not await attempts.take(CONVERSATION, NUMBER, SENDER)
    await asyncio.sleep(0.15)
    assert await attempts.take(CONVERSATION, NUMBER, SENDER)


async def test_no_key_names_an_order_and_each_expires(redis: Redis):
    await fail(Attempts(redis), 1)
    keys = await redis.keys("limits:*")
    assert len(keys) == 3
    assert not [key for key in keys if NUMBER in key]
    assert [key for key in keys if await redis.ttl(key) > 0] == keys


async def test_without_redis_no_try_is_allowed(absent_redis: Redis):
    attempts = Attempts(absent_redis)
    with pytest.raises(StateUnavailable):
        await attempts.take(CONVERSATION, NUMBER, SENDER)
    with pytest.raises(StateUnavailable):
        await attempts.take(CONVERSATION, NUMBER, SENDER)


async def test_a_try_that_succeeded_is_given_back(redis: Redis):
    attempts = Attempts(redis)
    for _ in range(LIMITS["conversation"].failures * 2):
        assert await attempts.take(CONVERSATION, NUMBER, SENDER)
        await attempts.give_back(CONVERSATION, NUMBER, SENDER)
    assert await attempts.take(CONVERSATION, NUMBER, SENDER)


async def test_giving_back_after_the_window_leaves_nothing_behind(redis: Redis):
    await Attempts(redis).give_back(CONVERSATION, NUMBER, SENDER)
    assert await redis.keys("limits:*") == []
