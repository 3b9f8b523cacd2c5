"""Reads the conversations that a Redis holds, masked, oldest first."""

from collections.abc import AsyncIterator
from datetime import timedelta

from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog, Entry
from gateway.conversation_log.keys import key
from scripts.replay.stored import StoredConversation, stored
from support.ids import ConversationId

_ANY = ConversationId("*")


async def conversations(
    redis: Redis, *, most: int, order_number_pattern: str
) -> list[StoredConversation]:
    """Return the newest `most` conversations in which the assistant answered; raises RedisError."""
    log = ConversationLog(redis, keep=timedelta(days=1))
    began = sorted([one async for one in _began(redis)], reverse=True)
    found: list[StoredConversation] = []
    for _, conversation_id in began:
        conversation = await log.conversation(conversation_id)
        one = stored(
            conversation_id,
            conversation.channel,
            await _entries(log, conversation_id),
            order_number_pattern=order_number_pattern,
        )
        if one is not None:
            found.append(one)
        if len(found) == most:
            break
    return found[::-1]


async def _began(redis: Redis) -> AsyncIterator[tuple[str, ConversationId]]:
    """Yield when each conversation began, and its id."""
    async for name in redis.scan_iter(key(_ANY, "meta"), count=500):
        conversation_id = str(name).partition("{")[2].rpartition("}")[0]
        began = await redis.hget(str(name), "created_at")
        if began:
            yield str(began), ConversationId(conversation_id)


async def _entries(log: ConversationLog, conversation_id: ConversationId) -> list[Entry]:
    entries: list[Entry] = []
    while page := await log.read(conversation_id, after=entries[-1].position if entries else 0):
        entries += page
    return entries
