"""Conversations that Rasa's own RedisTrackerStore has written: one JSON string each, read only."""

import json
from typing import Any, cast

from redis.asyncio import Redis

from rasa_runtime.stored_conversations import KEYS_PER_SCAN

STOCK_PREFIX = "tracker:"


class StockConversations:
    """Reads what an assistant said and heard before it moved to our store."""

    def __init__(self, redis: Redis, *, prefix: str = "") -> None:
        self._redis = redis
        self._prefix = prefix + STOCK_PREFIX

    async def events(self, conversation_id: str) -> list[dict[str, Any]]:
        """Return all events of the conversation; none if Rasa's store has none."""
        stored = await self._redis.get(self._prefix + conversation_id)
        return json.loads(stored)["events"] if stored else []

    async def exists(self, conversation_id: str) -> bool:
        """Say whether Rasa's store has written the conversation."""
        return bool(await self._redis.exists(self._prefix + conversation_id))

    async def ids(self) -> set[str]:
        """Return the ids of all conversations that Rasa's store has written."""
        found = self._redis.scan_iter(match=f"{self._prefix}*", count=KEYS_PER_SCAN)
        return {cast("str", key).removeprefix(self._prefix) async for key in found}
