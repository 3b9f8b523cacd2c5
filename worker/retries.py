"""When a turn that got no answer is tried again."""

import random
from dataclasses import dataclass
from datetime import timedelta

from redis.asyncio import Redis

from gateway.conversation_log.keys import key
from support.ids import ConversationId, MessageId

FIRST_SECONDS = 1.0
MOST_SECONDS = 15.0

FAILURES_BEFORE_PERSON = 2

KEEP = timedelta(days=1)
"""How long tries are remembered; an outage is over by then."""


@dataclass(frozen=True, slots=True)
class TryLater:
    """The conversation's next message could not be answered yet."""

    pause: timedelta


def pause_before_try(tries: int, jitter: float) -> timedelta:
    """Return the wait after `tries` tries without an answer: 1, 2, 4... at most 15 seconds.

    `jitter` between 0 and 1 shortens longer waits by up to a fifth, so that conversations that
    failed together do not come back together.
    """
    doubled = FIRST_SECONDS * 2.0 ** min(tries - 1, 10)
    seconds = min(MOST_SECONDS, doubled) * (1 - jitter / 5)
    return timedelta(seconds=max(FIRST_SECONDS, seconds))


class Tries:
    """Counts in Redis how often each message was tried, for all workers together."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def count(self, conversation_id: ConversationId, message_id: MessageId, kind: str) -> int:
        """Count one more try that ended as `kind`, and return how many there were."""
        name = key(conversation_id, f"tries:{message_id}:{kind}")
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.incr(name)
            pipeline.expire(name, KEEP)
            tries, _ = await pipeline.execute()
        return int(tries)


def jitter() -> float:
    """Return a random share between 0 and 1."""
    return random.random()  # noqa: S311 - spreads load, guards nothing
