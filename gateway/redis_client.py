"""The one way we connect to Redis: every wait has an end."""

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff

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
