from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from gateway.handover import Handover
from gateway.insights.models import ConversationSummary
from gateway.insights.store import DUE, Summaries, day_of, read
from support.handover import PersonRequest, Reason
from support.ids import ConversationId
from support.times import utc_now
from tests.fakes.chat import Chat, RunningGateway
from worker.summaries import AGAIN_AFTER, SummarisesQuiet
from worker.turn_queue import TurnQueue

QUIET = timedelta(hours=1)


@pytest.fixture
def summarises(redis: Redis, gateway: RunningGateway) -> SummarisesQuiet:
    return SummarisesQuiet(
        redis,
        gateway.services.handover,
        key=SecretStr("k" * 32),
        quiet=QUIET,
        keep=timedelta(days=30),
    )


@pytest.fixture
async def turns(redis: Redis) -> TurnQueue:
    queue = TurnQueue(redis, quiet_after=QUIET)
    await queue.prepare()
    return queue


async def kept(redis: Redis) -> list[ConversationSummary]:
    today = day_of(utc_now())
    return read(await Summaries(redis).written(today, today))


def later(time: timedelta = QUIET) -> datetime:
    return utc_now() + time + timedelta(seconds=5)


async def test_a_record_is_made_once_the_conversation_is_quiet(
    chat: Chat, redis: Redis, turns: TurnQueue, summarises: SummarisesQuiet
):
    await chat.say("where is 410200341, sam@example.com")
    await turns.take(1)

    assert await summarises.look() == 0
    assert await summarises.look(later()) == 1
    assert await summarises.look(later()) == 0
    [record] = await kept(redis)
    assert (record.channel, record.messages) == ("web", 1)
    assert record.order is not None
    assert "410200341" not in record.model_dump_json()
    assert chat.id not in record.model_dump_json()
    assert await redis.zcard(DUE) == 0


async def test_a_later_rating_makes_the_record_anew(
    chat: Chat, redis: Redis, turns: TurnQueue, summarises: SummarisesQuiet
):
    await chat.say("where is it")
    await turns.take(1)
    await summarises.look(later())
    await chat.http.post(f"{chat.path}/rating", json={"score": 4}, headers=chat.headers)

    await summarises.look(later())

    assert [record.rating for record in await kept(redis)] == [4]


async def test_who_waits_for_a_person_is_looked_at_again(
    chat: Chat,
    redis: Redis,
    gateway: RunningGateway,
    turns: TurnQueue,
    summarises: SummarisesQuiet,
):
    await chat.say("a person please")
    await turns.take(1)
    await needs_person(gateway.services.handover, chat)

    await summarises.look(later())

    assert await redis.zcard(DUE) == 1
    assert await summarises.look(later(QUIET + AGAIN_AFTER)) == 1


async def test_a_message_that_comes_while_it_is_looked_at_is_not_forgotten(
    chat: Chat, redis: Redis, turns: TurnQueue, summarises: SummarisesQuiet
):
    await chat.say("where is it")
    await turns.take(1)
    await chat.say("hello?")
    await turns.take(1)
    await summarises.look(later())
    await chat.say("still there?")
    await turns.take(1)

    assert await redis.zcard(DUE) == 1


async def test_a_conversation_that_is_gone_is_forgotten(
    chat: Chat, redis: Redis, turns: TurnQueue, summarises: SummarisesQuiet
):
    await chat.say("where is it")
    await turns.take(1)
    await redis.delete(f"conv:{{{chat.id}}}:meta")

    await summarises.look(later())

    assert await redis.zcard(DUE) == 0
    assert await kept(redis) == []


async def needs_person(handover: Handover, chat: Chat) -> None:
    request = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.")
    await handover.customers.request_person(ConversationId(chat.id), request)
