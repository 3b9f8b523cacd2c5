from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from rasa_runtime.review.review_list import KEY, ReviewList


@pytest_asyncio.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url, decode_responses=True) as client:
        await client.delete(KEY)
        yield client
        await client.delete(KEY)


@pytest.fixture
def review_list(redis: Redis) -> ReviewList:
    return ReviewList(redis, keep=timedelta(days=90))
