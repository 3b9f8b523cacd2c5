"""Collecting, on a real Redis: what is stored, and what it costs a turn."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from rasa.shared.core.events import UserUttered
from redis.asyncio import Redis
from structlog.testing import capture_logs

from rasa_runtime.review.collector import WAITING_LIMIT, Collector
from rasa_runtime.review.reasons import Reason
from rasa_runtime.review.review_list import KEY, ReviewList
from support.masking import masked
from tests.rasa_runtime.review.examples import tracker, uttered

NOBODY_LISTENS = "redis://127.0.0.1:1/0"
PERSONAL = (
    "my name is Priya Natarajan i live at 12 Wattle Street Geelong why does 410200341 "
    "or JDQ019457101000930308 not glorp, write priya.n@example.com or call 0491 570 006"
)


@pytest_asyncio.fixture
async def collector(review_list: ReviewList) -> AsyncIterator[Collector]:
    collector = Collector(review_list, mask=masked)
    yield collector
    await collector.close()


async def collect(collector: Collector, *events: UserUttered, conversation: str = "c1") -> None:
    collector.look_at(tracker(*events, conversation=conversation), [events[-1]])
    await collector.close()


async def test_a_message_that_was_not_understood_is_stored(
    collector: Collector, review_list: ReviewList
):
    await collect(collector, uttered("glorp the  flim\nflam"))
    [stored] = await review_list.newest(10)
    assert stored.message.text == "glorp the flim flam"
    assert stored.message.prediction.intent == "nlu_fallback"
    assert stored.message.reasons == {Reason.REFUSED}


async def test_a_message_that_was_understood_is_not(collector: Collector, review_list: ReviewList):
    await collect(collector, uttered("hello", "greet", 0.99))
    assert await review_list.newest(10) == []


async def test_the_message_before_a_complaint_about_its_answer_is_stored(
    collector: Collector, review_list: ReviewList
):
    question = uttered("glorp the flim flam", "greet", 0.99)
    await collect(collector, question, uttered("not what i asked", "not_helpful", 0.99))
    [stored] = await review_list.newest(10)
    assert (stored.message.text, stored.message.reasons) == (
        "glorp the flim flam",
        {Reason.CUSTOMER_SAID_SO},
    )


async def test_nothing_personal_ever_reaches_redis(collector: Collector, redis: Redis):
    await collect(collector, uttered(PERSONAL), conversation="conversation-4711")
    everything = str(await redis.xrange(KEY)) + str(await redis.dump(KEY))
    personal = (
        "Priya,Natarajan,Wattle,410200341,JDQ01945,priya.n,example.com,0491 570,conversation-4711"
    )
    assert [word for word in personal.split(",") if word in everything] == []
    assert "not glorp" in everything


async def test_the_log_says_that_something_was_collected_and_nothing_of_it(collector: Collector):
    with capture_logs() as logs:
        await collect(collector, uttered(PERSONAL))
    [entry] = logs
    assert entry == {
        "event": "review.collected",
        "log_level": "warning",
        "reasons": [Reason.REFUSED],
    }


@pytest.mark.parametrize("text", ["410200341", "sam@example.com 0491 570 006", "???", "👍"])
async def test_what_holds_no_words_is_not_stored(
    collector: Collector, review_list: ReviewList, text: str
):
    await collect(collector, uttered(text))
    assert await review_list.newest(10) == []


async def test_messages_of_one_conversation_are_known_to_be_so(
    collector: Collector, review_list: ReviewList
):
    await collect(collector, uttered("glorp"), conversation="one")
    await collect(collector, uttered("flim"), conversation="one")
    await collect(collector, uttered("flam"), conversation="another")
    another, second, first = await review_list.newest(10)
    assert first.message.conversation == second.message.conversation
    assert first.message.conversation != another.message.conversation


async def test_another_process_hashes_conversations_otherwise(review_list: ReviewList):
    for _ in range(2):
        await collect(Collector(review_list, mask=masked), uttered("glorp"))
    first, second = await review_list.newest(10)
    assert first.message.conversation != second.message.conversation


async def test_a_redis_that_is_gone_is_logged_once():
    review_list = ReviewList(Redis.from_url(NOBODY_LISTENS), keep=timedelta(days=1))
    collector = Collector(review_list, mask=masked)
    with capture_logs() as logs:
        await collect(collector, uttered("glorp"))
        await collect(collector, uttered("flim"))
    assert [entry["event"] for entry in logs] == ["review.redis_unavailable"]


async def test_a_frozen_redis_does_not_hold_a_turn_up(collector: Collector, redis: Redis):
    await redis.client_pause(500)
    began = time.monotonic()
    collector.look_at(tracker(uttered(PERSONAL * 10)), [uttered("glorp")])
    await asyncio.sleep(0)
    waited = time.monotonic() - began
    await redis.client_unpause()
    assert waited < 0.05


async def test_messages_do_not_pile_up_before_a_frozen_redis(
    collector: Collector, review_list: ReviewList, redis: Redis
):
    await redis.client_pause(300)
    for _ in range(WAITING_LIMIT + 50):
        collector.look_at(tracker(uttered("glorp")), [uttered("glorp")])
    await collector.close()
    assert len(await review_list.newest(1000)) == WAITING_LIMIT


async def test_what_cannot_be_masked_is_not_stored(review_list: ReviewList):
    def broken(text: str) -> str:
        raise ValueError(text)

    with capture_logs() as logs:
        await collect(Collector(review_list, mask=broken), uttered("glorp"))
    assert await review_list.newest(10) == []
    assert logs == [{"event": "review.not_collected", "error": "ValueError", "log_level": "error"}]
