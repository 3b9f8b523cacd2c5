"""How many conversations one sender may start."""

from redis.asyncio import Redis

from gateway import texts
from gateway.conversation_log import RateLimit, scripts
from gateway.problems import too_many
from support.ids import SenderKey


class ConversationLimit:
    """Counts the conversations of each sender in Redis, for all gateways together."""

    def __init__(self, redis: Redis, limit: RateLimit) -> None:
        self._limit = limit
        self._script = redis.register_script(scripts.ADMIT)

    async def admit(self, sender: SenderKey) -> None:
        """Count one conversation; raises a 429 Problem when the limit is used up."""
        milliseconds = await self._script(
            keys=[f"admission:{{{sender}}}:conversations"],
            args=[self._limit.count, self._limit.seconds],
        )
        if milliseconds:
            raise too_many(texts.TOO_MANY_CHATS, milliseconds / 1000)
