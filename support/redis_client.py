"""The one way we connect to Redis: every wait has an end."""

import os

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import RedisError

from support.startup import refuse_to_start

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 5.0
CONNECTIONS = 64


def connect(url: str) -> Redis:
    """Return a client that answers in text; it connects on first use and re-connects by itself.

    Commands are repeated up to three times within about a second when the connection breaks,
    so every write of ours must be safe to repeat.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=ANSWER_SECONDS,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=ANSWER_SECONDS,
        health_check_interval=15,
        decode_responses=True,
        retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.4), retries=3),
    )
    return Redis.from_pool(pool)


async def require_redis(url: str, *, process: str) -> None:
    """End the process with a plain line unless Redis answers; warn if it keeps nothing on disk."""
    redis = connect(url)
    try:
        persistence = await redis.info("persistence")
    except RedisError as error:
        reason = f"Redis at REDIS_URL does not answer ({type(error).__name__})."
        refuse_to_start(process, [reason], os.EX_UNAVAILABLE)
    finally:
        await redis.aclose()
    if not persistence["aof_enabled"]:
        structlog.get_logger(process).warning("redis_without_append_only_file")
