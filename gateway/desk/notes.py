"""What agents tell each other about a conversation, and who has it on the screen now."""

from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict
from redis.asyncio import Redis

from gateway.conversation_log.keys import key
from gateway.handover import AgentId
from support.ids import ConversationId

LOOKING: Final = timedelta(seconds=30)
"""An open page says that it is there more often than this."""


class Note(BaseModel):
    """A private note: customers never see it."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    by: str
    text: str


class Notes:
    """Kept with the conversation, and as long. Every method may raise RedisError."""

    def __init__(self, redis: Redis, *, keep: timedelta) -> None:
        self._redis = redis
        self._keep = keep

    async def add(self, conversation_id: ConversationId, note: Note) -> None:
        """Append a note, and let every open page know."""
        name = key(conversation_id, "notes")
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.rpush(name, note.model_dump_json())
            pipeline.expire(name, self._keep)
            await pipeline.execute()
        await self._redis.publish(key(conversation_id, "bell"), "")

    async def of(self, conversation_id: ConversationId) -> list[Note]:
        """Return the notes, oldest first."""
        stored: Any = await self._redis.lrange(key(conversation_id, "notes"), 0, -1)
        return [Note.model_validate_json(one) for one in stored]

    async def look(
        self, conversation_id: ConversationId, agent_id: AgentId, *, now: datetime
    ) -> None:
        """Say that somebody has the conversation on the screen."""
        name = key(conversation_id, "looking")
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.zadd(name, {agent_id: now.timestamp()})
            pipeline.expire(name, LOOKING)
            await pipeline.execute()

    async def look_away(self, conversation_id: ConversationId, agent_id: AgentId) -> None:
        """Say that somebody has it on the screen no longer."""
        await self._redis.zrem(key(conversation_id, "looking"), agent_id)

    async def looking(self, conversation_id: ConversationId, *, now: datetime) -> list[str]:
        """Return who has it on the screen, by name of the account."""
        since = (now - LOOKING).timestamp()
        name = key(conversation_id, "looking")
        found: Any = await self._redis.zrange(name, since, "+inf", byscore=True)
        return sorted(str(one) for one in found)
