"""How much one address may ask of us: conversations started, conversations open, messages."""

import time
from datetime import timedelta
from typing import Final

from redis.asyncio import Redis

from gateway import texts
from gateway.conversation_log import RateLimit, scripts
from gateway.problems import too_many
from support.ids import ConversationId, SenderKey

_LOOK_AGAIN_SECONDS: Final = 60.0
"""When to try again while too many are open: nobody knows when one of them is ended."""

_OPEN: Final = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
redis.call('EXPIREAT', KEYS[1], math.ceil(ARGV[2]))
return 1
"""
"""Counts a conversation among those open, unless there are as many as there may be.

KEYS  the address's set    ARGV  now, when it ends by itself, its id, how many there may be
"""


class RateOfSender:
    """Counts one kind of request of each sender in Redis, for all gateways together."""

    def __init__(self, redis: Redis, limit: RateLimit, *, of: str, sentence: str) -> None:
        self._limit = limit
        self._of = of
        self._sentence = sentence
        self._script = redis.register_script(scripts.ADMIT)

    async def admit(self, sender: SenderKey) -> None:
        """Count one; raises a 429 Problem when the limit is used up."""
        milliseconds = await self._script(
            keys=[f"admission:{{{sender}}}:{self._of}"],
            args=[self._limit.count, self._limit.seconds],
        )
        if milliseconds:
            raise too_many(self._sentence, milliseconds / 1000)


class OpenConversations:
    """Counts the conversations that each sender has open. They end by themselves after `life`."""

    def __init__(self, redis: Redis, *, limit: int, life: timedelta) -> None:
        self._redis = redis
        self._limit = limit
        self._life = life.total_seconds()
        self._script = redis.register_script(_OPEN)

    async def open(self, sender: SenderKey, conversation_id: ConversationId) -> None:
        """Count one more; raises a 429 Problem when there are as many as there may be."""
        now = time.time()
        counted = await self._script(
            keys=[_open_key(sender)], args=[now, now + self._life, conversation_id, self._limit]
        )
        if not counted:
            raise too_many(texts.TOO_MANY_OPEN_CHATS, _LOOK_AGAIN_SECONDS)

    async def close(self, sender: SenderKey, conversation_id: ConversationId) -> None:
        """Count one less; harmless where it was not counted."""
        await self._redis.zrem(_open_key(sender), conversation_id)


class Admission:
    """All limits on one address."""

    def __init__(
        self,
        redis: Redis,
        *,
        conversations: RateLimit,
        messages: RateLimit,
        open_conversations: OpenConversations,
    ) -> None:
        self.conversations = RateOfSender(
            redis, conversations, of="conversations", sentence=texts.TOO_MANY_CHATS
        )
        self.messages = RateOfSender(
            redis, messages, of="messages", sentence=texts.TOO_MANY_MESSAGES
        )
        self.open_conversations = open_conversations


def _open_key(sender: SenderKey) -> str:
    return f"admission:{{{sender}}}:open"
