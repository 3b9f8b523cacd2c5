"""The list of collected messages in Redis: one stream, capped, which forgets by itself."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final, cast

from redis.asyncio import Redis

from rasa_runtime.review.messages import CollectedMessage, StoredMessage

KEY: Final = "review:messages"
MESSAGES_KEPT: Final = 10_000
"""The newest ones; Redis trims whole nodes of the stream, so up to a hundred more may stay."""


class ReviewList:
    """What waits for a person. Errors of Redis are the caller's."""

    def __init__(self, redis: Redis, *, keep: timedelta, capacity: int = MESSAGES_KEPT) -> None:
        self._redis = redis
        self._keep_seconds = int(keep.total_seconds())
        self._capacity = capacity

    async def add(self, message: CollectedMessage) -> None:
        """Put a message on the list, and take off what is too old."""
        fields: dict[Any, Any] = {**message.to_fields()}
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.xadd(KEY, fields, maxlen=self._capacity, approximate=True)
        pipeline.xtrim(KEY, minid=self._oldest_id(), approximate=False)
        pipeline.expire(KEY, self._keep_seconds)
        await pipeline.execute()

    async def newest(self, count: int) -> list[StoredMessage]:
        """Return up to `count` messages, the newest first, without those that are too old."""
        found = await self._redis.xrevrange(KEY, min=self._oldest_id(), count=count)
        entries = cast("list[tuple[str, dict[str, str]]]", found)  # the client decodes
        return [
            StoredMessage(entry_id, CollectedMessage.from_fields(fields))
            for entry_id, fields in entries
        ]

    async def remove(self, messages: Iterable[StoredMessage]) -> None:
        """Take messages off the list."""
        ids = [message.id for message in messages]
        if ids:
            await self._redis.xdel(KEY, *ids)

    def _oldest_id(self) -> str:
        """Return the id before which everything is too old; ids begin with milliseconds."""
        return str(int((time.time() - self._keep_seconds) * 1000))
