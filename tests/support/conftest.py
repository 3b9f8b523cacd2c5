from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from support import embedded_redis


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory: Path = tmp_path_factory.mktemp("redis")
    server = embedded_redis.start(directory)
    yield server.url
    server.stop()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """An empty Redis."""
    client = Redis.from_url(redis_url, decode_responses=True, socket_timeout=2)
    await client.flushdb()
    yield client
    await client.aclose()


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
