import time
from datetime import timedelta
from pathlib import Path

from redis.asyncio import Redis

from rasa_runtime.review.review_list import KEY, ReviewList
from support.redis_client import connect
from tests.rasa_runtime.review.examples import message, prediction
from tests.redis_servers import running_cluster

DAY_MILLISECONDS = 24 * 3600 * 1000


def days_ago(days: int) -> str:
    return f"{int(time.time() * 1000) - days * DAY_MILLISECONDS}-0"


async def test_messages_come_back_as_they_were_the_newest_first(review_list: ReviewList):
    first = message("one", understood=prediction("greet", 0.5, ("thanks", 0.4)))
    second = message("two")
    await review_list.add(first)
    await review_list.add(second)
    assert [stored.message for stored in await review_list.newest(10)] == [second, first]


async def test_no_more_than_asked_for_are_returned(review_list: ReviewList):
    for number in range(3):
        await review_list.add(message(f"message {number}"))
    assert [stored.message.text for stored in await review_list.newest(2)] == [
        "message 2",
        "message 1",
    ]


async def test_what_is_removed_is_gone(review_list: ReviewList):
    await review_list.add(message("stays"))
    await review_list.add(message("goes"))
    [goes, stays] = await review_list.newest(10)
    await review_list.remove([goes])
    assert await review_list.newest(10) == [stays]


async def test_the_list_does_not_grow_beyond_its_capacity(redis: Redis):
    small = ReviewList(redis, keep=timedelta(days=90), capacity=200)
    for number in range(600):
        await small.add(message(f"message {number}"))
    assert 200 <= await redis.xlen(KEY) <= 300
    [newest] = await small.newest(1)
    assert newest.message.text == "message 599"


async def test_the_list_expires(review_list: ReviewList, redis: Redis):
    await review_list.add(message("any"))
    in_90_days = timedelta(days=90).total_seconds()
    assert in_90_days - 60 < await redis.ttl(KEY) <= in_90_days


async def test_an_old_message_is_dropped_when_a_new_one_comes(
    review_list: ReviewList, redis: Redis
):
    fields = {**message("old").to_fields()}
    await redis.xadd(KEY, fields, id=days_ago(91))
    await redis.xadd(KEY, fields, id=days_ago(89))
    await review_list.add(message("new"))
    assert await redis.xlen(KEY) == 2


async def test_an_old_message_is_not_shown(review_list: ReviewList, redis: Redis):
    await redis.xadd(KEY, {**message("old").to_fields()}, id=days_ago(91))
    assert await review_list.newest(10) == []


async def test_the_list_can_be_kept_in_a_cluster(tmp_path: Path):
    with running_cluster(tmp_path) as cluster:
        client = connect(cluster.url)
        review_list = ReviewList(client, keep=timedelta(days=90))
        await review_list.add(message("goes"))
        [goes] = await review_list.newest(10)
        await review_list.remove([goes])
        assert await review_list.newest(10) == []
        await client.aclose()
