from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff


@pytest.fixture
async def absent_redis(unused_tcp_port: int) -> AsyncIterator[Redis]:
    """A Redis that is not there."""
    client = Redis(
        port=unused_tcp_port,
        decode_responses=True,
        socket_connect_timeout=1,
        retry=Retry(NoBackoff(), 0),
    )
    yield client
    await client.aclose()
