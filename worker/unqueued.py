"""Finds messages that are in the log and in no queue, and queues them.

A gateway that dies between the two has not acknowledged the message, so the provider or the widget
brings it again. Some providers do not: nobody else would notice.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.channels.address_book import CONVERSATIONS
from gateway.conversation_log import ConversationLog, ConversationUnknown
from gateway.conversation_log.keys import key
from gateway.turn_queue import announce_turn
from support.ids import ConversationId
from support.times import utc_now
from worker.background import goes_on

log = structlog.get_logger("worker")

EVERY: Final = timedelta(seconds=15)
OVERDUE_AFTER: Final = timedelta(seconds=30)
"""Longer than a turn takes. One that is only slow is queued twice, which is harmless."""

_NOT_AGAIN_FOR: Final = timedelta(minutes=5)
_PAGE: Final = 500


class QueuesUnqueued:
    """Looks through the conversations of all channels but the web."""

    def __init__(self, redis: Redis, conversations: ConversationLog) -> None:
        self._redis = redis
        self._log = conversations

    async def run(self) -> None:
        """Look until cancelled, through every loss of Redis."""
        while goes_on():
            with suppress(RedisError):
                await self.look()
            await asyncio.sleep(EVERY.total_seconds())

    async def look(self) -> None:
        """Queue each overdue message; the same one again not before some minutes have passed."""
        position = 0
        while True:
            page: Any = await self._redis.zrange(CONVERSATIONS, position, position + _PAGE - 1)
            if not page:
                return
            for conversation_id in await self._unanswered([ConversationId(one) for one in page]):
                await self._queue(conversation_id)
            position += _PAGE

    async def _unanswered(self, conversations: list[ConversationId]) -> list[ConversationId]:
        async with self._redis.pipeline(transaction=False) as pipeline:
            for one in conversations:
                pipeline.hmget(key(one, "meta"), "asked", "answered")
            states: list[Any] = await pipeline.execute()
        return [
            one
            for one, (asked, answered) in zip(conversations, states, strict=True)
            if int(asked or 0) > int(answered or 0)
        ]

    async def _queue(self, conversation_id: ConversationId) -> None:
        try:
            conversation = await self._log.conversation(conversation_id)
        except ConversationUnknown:
            return
        message = await self._log.next_unanswered(conversation)
        if message is None or utc_now() - message.at < OVERDUE_AFTER:
            return
        queued = key(conversation_id, f"queued:{message.message_id}")
        if await self._redis.set(queued, 1, nx=True, ex=_NOT_AGAIN_FOR):
            await announce_turn(self._redis, conversation_id, message.message_id)
            log.warning(
                "message_queued_late",
                conversation_id=conversation_id,
                message_id=message.message_id,
            )
