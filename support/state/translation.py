"""Redis' errors in our own words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.exceptions import RedisError

from support.state.errors import StateUnavailable


@asynccontextmanager
async def translated_errors() -> AsyncIterator[None]:
    """Turn whatever goes wrong between us and Redis into `StateUnavailable`."""
    try:
        yield
    except (RedisError, OSError) as error:
        raise StateUnavailable("Redis did not answer") from error
