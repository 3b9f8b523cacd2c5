import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from support.decisions.identity import Level
from support.ids import ConversationId, OrderNumber
from support.state.errors import StateUnavailable
from support.state.identity import VerifiedOrders

CONVERSATION = ConversationId("conversation-1")
NUMBER = OrderNumber("410200341")


async def test_a_level_is_remembered_for_its_order_and_conversation_only(redis: Redis):
    verified = VerifiedOrders(redis)
    await verified.remember(CONVERSATION, NUMBER, Level.MATCHED)
    assert await verified.levels_of(CONVERSATION) == {NUMBER: Level.MATCHED}
    assert await verified.levels_of(ConversationId("conversation-2")) == {}


async def test_a_level_never_falls_within_a_session(redis: Redis):
    verified = VerifiedOrders(redis)
    for level in (Level.MATCHED, Level.SIGNED_IN, Level.CHANNEL):
        await verified.remember(CONVERSATION, NUMBER, level)
    assert await verified.levels_of(CONVERSATION) == {NUMBER: Level.SIGNED_IN}


async def test_a_silent_session_ends(redis: Redis):
    verified = VerifiedOrders(redis, session=timedelta(milliseconds=60))
    await verified.remember(CONVERSATION, NUMBER, Level.MATCHED)
    await asyncio.sleep(0.12)
    assert await verified.levels_of(CONVERSATION) == {}


async def test_asking_keeps_a_session_alive(redis: Redis):
    verified = VerifiedOrders(redis, session=timedelta(milliseconds=400))
    await verified.remember(CONVERSATION, NUMBER, Level.MATCHED)
    for _ in range(3):
        await asyncio.sleep(0.2)
        assert await verified.levels_of(CONVERSATION) == {NUMBER: Level.MATCHED}


async def test_what_was_shown_can_be_forgotten(redis: Redis):
    verified = VerifiedOrders(redis)
    await verified.remember(CONVERSATION, NUMBER, Level.MATCHED)
    await verified.forget(CONVERSATION)
    assert await verified.levels_of(CONVERSATION) == {}


async def test_without_redis_nobody_is_identified(absent_redis: Redis):
    verified = VerifiedOrders(absent_redis)
    with pytest.raises(StateUnavailable):
        await verified.levels_of(CONVERSATION)
    with pytest.raises(StateUnavailable):
        await verified.remember(CONVERSATION, NUMBER, Level.MATCHED)
