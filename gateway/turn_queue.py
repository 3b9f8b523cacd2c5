"""Tells the workers that a conversation has something to answer."""

from redis.asyncio import Redis

from support.ids import ConversationId, MessageId

TURNS = "turns"
"""The stream of work: {conversation_id, message_id}."""

WORKERS = "workers"
"""The consumer group that shares it."""

LATER = "turns:later"
"""Sorted set of work to be looked at again, by the time it is due."""


async def announce_turn(
    redis: Redis, conversation_id: ConversationId, message_id: MessageId
) -> None:
    """Put the message's turn into the queue. Doing so twice is harmless: the log decides."""
    await redis.xadd(TURNS, {"conversation_id": conversation_id, "message_id": message_id})
