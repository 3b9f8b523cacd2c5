"""How far the messages of a conversation have been sent."""

from typing import Any, Final

from redis.asyncio import Redis

from gateway.conversation_log.keys import key
from support.ids import ConversationId

_ADVANCE: Final = """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local sent = tonumber(redis.call('HGET', KEYS[1], 'sent') or 0)
if tonumber(ARGV[1]) > sent then redis.call('HSET', KEYS[1], 'sent', ARGV[1]) end
return 1
"""
"""Moves on, never back, and never into a conversation that is no longer kept."""


class Cursor:
    """Reads and moves the position up to which a conversation was sent. May raise RedisError."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._advance = redis.register_script(_ADVANCE)

    async def position(self, conversation_id: ConversationId) -> int:
        """Return the position of the last message that is done with."""
        return int(str(await self._redis.hget(key(conversation_id, "meta"), "sent") or 0))

    async def advance(self, conversation_id: ConversationId, position: int) -> None:
        """Be done with everything up to this position."""
        await self._advance(keys=[key(conversation_id, "meta")], args=[position])

    async def behind(self, conversations: list[ConversationId]) -> list[ConversationId]:
        """Return those in which something is not sent yet."""
        async with self._redis.pipeline(transaction=False) as pipeline:
            for one in conversations:
                pipeline.hmget(key(one, "meta"), "position", "sent")
            states: list[Any] = await pipeline.execute()
        return [
            one
            for one, (said, sent) in zip(conversations, states, strict=True)
            if int(said or 0) > int(sent or 0)
        ]
