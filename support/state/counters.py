"""Counting in Redis how often something was done within a time."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from redis.asyncio import Redis

from support.state.translation import translated_errors

_UP: Final = """
local times = redis.call('INCR', KEYS[1])
if times == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return times
"""
_DOWN: Final = """
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end
"""


async def count_up(redis: Redis, counters: Mapping[str, timedelta]) -> Sequence[int]:
    """Count once more under each key; return how often that was within the key's time.

    The time runs from the first count. Raises `StateUnavailable`.
    """
    async with translated_errors(), redis.pipeline(transaction=False) as pipeline:
        for key, within in counters.items():
            pipeline.eval(_UP, 1, key, int(within.total_seconds() * 1000))
        return [int(times) for times in await pipeline.execute()]


async def count_down(redis: Redis, keys: Iterable[str]) -> None:
    """Undo one count under each key. Raises `StateUnavailable`."""
    async with translated_errors(), redis.pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.eval(_DOWN, 1, key)
        await pipeline.execute()


def hashed(value: str) -> str:
    """Return what stands for a value in the name of a key, which tells nobody the value."""
    return hashlib.sha256(value.encode()).hexdigest()[:32]
