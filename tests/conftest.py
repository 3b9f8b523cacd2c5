"""Fixtures for all tests that need a Redis; a real server, started once per session."""

from collections.abc import AsyncIterator, Iterator

import pytest

from support import embedded_redis


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of our own. Use the `redis` fixture too to find it empty."""
    server = embedded_redis.start(tmp_path_factory.mktemp("redis"))
    yield server.url
    server.stop()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[object]:
    """A client on an empty Redis."""
    from redis.asyncio import Redis  # noqa: PLC0415 - tests without Redis need not have it

    client = Redis.from_url(redis_url, decode_responses=True, socket_timeout=5)
    await client.flushall()
    yield client
    await client.aclose()
