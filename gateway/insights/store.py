"""Keeps the records by the day on which a conversation began, each for so many days."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from pydantic import TypeAdapter
from redis.asyncio import Redis

from gateway.insights.models import ConversationSummary
from support.ids import ConversationId
from support.times import zone_of_state

DUE: Final = "{insights}:due"
"""Sorted set of conversations, by when it is looked whether they are quiet."""

_SETTLED: Final = """
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0) == tonumber(ARGV[2]) then
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
return 0
"""

_SUMMARIES: Final = TypeAdapter(list[ConversationSummary])


def day_of(moment: datetime) -> date:
    """Return the day in Melbourne."""
    return moment.astimezone(zone_of_state(None)).date()


class Summaries:
    """Every method may raise RedisError."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def keep(self, summary: ConversationSummary, *, keep: timedelta) -> None:
        """Keep a record in place of the one that was kept of the same conversation."""
        name = _day_key(day_of(summary.began))
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.hset(name, summary.key, summary.model_dump_json(exclude_defaults=True))
            pipeline.expire(name, int(keep.total_seconds()))
            await pipeline.execute()

    async def written(self, first: date, last: date) -> list[str]:
        """Return the records of these days as JSON: to be read by `read`, away from the loop."""
        found: list[str] = []
        for number in range((last - first).days + 1):
            day: Any = await self._redis.hvals(_day_key(first + timedelta(days=number)))
            found += day
        return found


def read(written: Sequence[str]) -> list[ConversationSummary]:
    """Read records as they are kept."""
    return _SUMMARIES.validate_json(f"[{','.join(written)}]")


class Quiet:
    """Which conversations are to be looked at, and when. Every method may raise RedisError."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._settled = redis.register_script(_SETTLED)

    async def look_at(self, ids: Iterable[ConversationId], *, at: datetime) -> None:
        """Look at these then, and not before."""
        moment = int(at.timestamp())
        due: dict[str, str | int | float | bytes | bytearray | memoryview[int]] = dict.fromkeys(
            ids, moment
        )
        if due:
            await self._redis.zadd(DUE, due)

    async def due(self, *, now: datetime, most: int) -> list[ConversationId]:
        """Return whose time has come, the longest ago first."""
        found: Any = await self._redis.zrange(
            DUE, "-inf", int(now.timestamp()), byscore=True, offset=0, num=most
        )
        return [ConversationId(one) for one in found]

    async def settle(self, conversation_id: ConversationId, *, at: datetime) -> None:
        """Forget one that was to be looked at then; something new has given it another time."""
        await self._settled(keys=[DUE], args=[conversation_id, int(at.timestamp())])


def _day_key(day: date) -> str:
    return f"insights:day:{day.isoformat()}"
