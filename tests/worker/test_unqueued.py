"""A message whose gateway died between the log and the queue, on a channel that posts once."""

import time
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from gateway.channels.address_book import CONVERSATIONS
from gateway.conversation_log import ConversationLog
from gateway.turn_queue import TURNS
from support.ids import ConversationId, SenderKey
from worker import unqueued
from worker.unqueued import QueuesUnqueued


@pytest.fixture
async def waiting(redis: Redis, log: ConversationLog) -> ConversationId:
    """A conversation with a message in the log, and none in the queue."""
    conversation_id = await log.create(channel="sms", sender_key=SenderKey("s"), address="+61400")
    await redis.zadd(CONVERSATIONS, {conversation_id: time.time()})
    await log.append_customer_message(conversation_id, client_message_id="sms:SM1", text="hello")
    return conversation_id


@pytest.fixture
def overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unqueued, "OVERDUE_AFTER", timedelta(0))


async def queued(redis: Redis) -> list[str]:
    return [str(fields["conversation_id"]) for _, fields in await redis.xrange(TURNS)]


@pytest.mark.usefixtures("overdue")
async def test_it_is_queued_once(
    redis: Redis, log: ConversationLog, waiting: ConversationId
) -> None:
    look = QueuesUnqueued(redis, log)
    await look.look()
    await look.look()

    assert await queued(redis) == [waiting]


async def test_one_that_has_just_come_is_left_to_its_gateway(
    redis: Redis, log: ConversationLog, waiting: ConversationId
) -> None:
    del waiting
    await QueuesUnqueued(redis, log).look()

    assert await queued(redis) == []


@pytest.mark.usefixtures("overdue")
async def test_one_that_was_answered_stays_so(
    redis: Redis, log: ConversationLog, waiting: ConversationId
) -> None:
    await log.finish_turn(waiting, 1)
    await QueuesUnqueued(redis, log).look()

    assert await queued(redis) == []


@pytest.mark.usefixtures("overdue")
async def test_a_conversation_that_is_no_longer_kept_is_passed_over(
    redis: Redis, log: ConversationLog, waiting: ConversationId
) -> None:
    await redis.delete(f"conv:{{{waiting}}}:meta")
    await QueuesUnqueued(redis, log).look()

    assert await queued(redis) == []
