"""How much one address may ask of us: conversations started, conversations open, messages."""

import asyncio
import time
from datetime import timedelta
from typing import Any, Final

from redis.asyncio import Redis

from gateway import texts
from gateway.conversation_log import RateLimit, scripts
from gateway.conversation_log.keys import key
from gateway.ownership import Owner
from gateway.problems import too_many
from support.ids import ConversationId, SenderKey

_LOOK_AGAIN_SECONDS: Final = 60.0
"""When to try again while too many are open: nobody knows when one of them is ended."""

_ENDED: Final = frozenset({Owner.CLOSED.value, None})
"""Who owns a conversation that has ended; nobody, where it is no longer kept."""

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
    """Counts the conversations that each sender has open. They end by themselves after `life`.

    Customers, agents and timers end conversations. Nobody counts down then: whose places are all
    taken gets those back whose conversations have ended.
    """

    def __init__(self, redis: Redis, *, limit: int, life: timedelta) -> None:
        self._redis = redis
        self._limit = limit
        self._life = life.total_seconds()
        self._script = redis.register_script(_OPEN)

    async def open(self, sender: SenderKey, conversation_id: ConversationId) -> None:
        """Count one more; raises a 429 Problem when there are as many as there may be."""
        if await self._counts(sender, conversation_id):
            return
        if await self._give_back(sender) and await self._counts(sender, conversation_id):
            return
        raise too_many(texts.TOO_MANY_OPEN_CHATS, _LOOK_AGAIN_SECONDS)

    async def _counts(self, sender: SenderKey, conversation_id: ConversationId) -> bool:
        now = time.time()
        until, keys = now + self._life, [_open_key(sender)]
        return bool(await self._script(keys=keys, args=[now, until, conversation_id, self._limit]))

    async def _give_back(self, sender: SenderKey) -> bool:
        """Count the ended ones no longer; say whether there were any."""
        counted: Any = await self._redis.zrange(_open_key(sender), 0, -1)
        owners = await asyncio.gather(*map(self._owner_of, counted))
        ended = [one for one, owner in zip(counted, owners, strict=True) if owner in _ENDED]
        return bool(ended) and bool(await self._redis.zrem(_open_key(sender), *ended))

    async def _owner_of(self, conversation_id: str) -> str | None:
        owner: Any = await self._redis.hget(key(ConversationId(conversation_id), "meta"), "owner")
        return None if owner is None else str(owner)


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
