"""Which conversations the outside desk is told about: those that wait for a person, or have one."""

from collections.abc import AsyncIterator
from typing import Any

from redis.asyncio import Redis

from gateway.handover.keys import HELD
from gateway.outside_desk.ledger import CONVERSATIONS, Ledger
from support.ids import ConversationId
from worker.outbound.attempts import Later
from worker.outbound.dead_letters import DeadLetters
from worker.outbound.line import PAGE
from worker.outside_desk.feed import LINE, DeskFeed


class DeskLine:
    """To the outside desk."""

    name = LINE
    look_seconds = 0.5

    def __init__(
        self, redis: Redis, feed: DeskFeed, ledger: Ledger, dead_letters: DeadLetters
    ) -> None:
        self._redis = redis
        self._feed = feed
        self._ledger = ledger
        self.dead_letters = dead_letters

    async def has(self, conversation_id: ConversationId) -> bool:
        """Say whether the desk is told about it; who has just asked is found by looking."""
        return await self._redis.zscore(CONVERSATIONS, conversation_id) is not None

    async def is_behind(self, conversation_id: ConversationId) -> bool:
        """Compare what was told with what happened."""
        return (await self._ledger.progress([conversation_id]))[conversation_id].is_behind

    async def all_behind(self) -> AsyncIterator[ConversationId]:
        """Take in what the handover holds, look at all of it, and let go of what is over."""
        held: Any = await self._redis.hkeys(HELD)
        await self._ledger.join(*[ConversationId(one) for one in held])
        joined = await self._ledger.joined()
        known = list(joined)
        for start in range(0, len(known), PAGE):
            page = known[start : start + PAGE]
            for conversation_id, progress in (await self._ledger.progress(page)).items():
                if progress.is_behind:
                    yield conversation_id
                elif progress.is_over:
                    await self._ledger.leave(conversation_id, joined[conversation_id])

    async def send_all(self, conversation_id: ConversationId) -> Later | None:
        """Tell everything that is not told."""
        return await self._feed.send_all(conversation_id)

    async def send_again(self, conversation_id: ConversationId, position: int) -> Later | None:
        """Tell what was given up."""
        return await self._feed.send_again(conversation_id, position)
