"""Notices that there is something to send, and sends it: at once by the bell, surely by looking."""

import asyncio
import time
from contextlib import suppress
from typing import Any, Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.channels.address_book import CONVERSATIONS
from gateway.conversation_log.keys import BELLS
from support.ids import ConversationId
from support.redis_client import Subscription, subscribed
from support.state.errors import StateUnavailable
from worker.background import goes_on
from worker.lease import Lease, LeaseLost
from worker.outbound.attempts import Later
from worker.outbound.cursor import Cursor
from worker.outbound.dead_letters import DeadLetters
from worker.outbound.outbox import Outbox

log = structlog.get_logger("worker.outbound")

LATER: Final = "outbound:later"
"""Sorted set of conversations to be gone on with, by the time that is due."""

AT_ONCE: Final = 32
SWEEP_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.5
LISTEN_SECONDS: Final = 5.0
PAGE: Final = 500
_REMEMBERED_ELSEWHERE: Final = 20_000


class SendsMessages:
    """Runs beside the turns. Any number of workers may: a lease keeps each conversation to one."""

    def __init__(
        self, redis: Redis, outbox: Outbox, cursor: Cursor, dead_letters: DeadLetters
    ) -> None:
        self._redis = redis
        self._outbox = outbox
        self._cursor = cursor
        self._dead_letters = dead_letters
        self._free = asyncio.Semaphore(AT_ONCE)
        self._elsewhere: set[str] = set()

    async def run(self) -> None:
        """Send until cancelled, through every loss of Redis and of providers."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._on_bells(group))
            group.create_task(self._on_time(group))
            group.create_task(self._on_looking(group))

    async def _on_bells(self, group: asyncio.TaskGroup) -> None:
        while goes_on():
            with suppress(RedisError):
                async with subscribed(self._redis, BELLS) as bells:
                    await self._listen(bells, group)
            await asyncio.sleep(LOOK_SECONDS)

    async def _listen(self, bells: Subscription, group: asyncio.TaskGroup) -> None:
        while goes_on():
            ring = await bells.next(seconds=LISTEN_SECONDS)
            if ring is None or ring["type"] == "psubscribe":
                continue
            conversation_id = str(ring["channel"]).partition("{")[2].rpartition("}")[0]
            if await self._is_ours(conversation_id):
                self._begin(group, ConversationId(conversation_id))

    async def _is_ours(self, conversation_id: str) -> bool:
        """Say whether a conversation is sent through a provider; those on our page never are."""
        if conversation_id in self._elsewhere:
            return False
        if await self._redis.zscore(CONVERSATIONS, conversation_id) is not None:
            return True
        if len(self._elsewhere) >= _REMEMBERED_ELSEWHERE:
            self._elsewhere.clear()
        self._elsewhere.add(conversation_id)
        return False

    async def _on_time(self, group: asyncio.TaskGroup) -> None:
        """Go on with what was put off, and with what operators want."""
        while goes_on():
            with suppress(RedisError):
                due: Any = await self._redis.zrange(LATER, "-inf", time.time(), byscore=True)
                for conversation_id in due:
                    self._begin(group, ConversationId(conversation_id))
                    await self._redis.zrem(LATER, conversation_id)
                for conversation_id, position in await self._dead_letters.wanted_again():
                    self._begin(group, conversation_id, again=position)
            await asyncio.sleep(LOOK_SECONDS)

    async def _on_looking(self, group: asyncio.TaskGroup) -> None:
        """Find what no bell told: it rang while no worker listened, or a worker died."""
        while goes_on():
            with suppress(RedisError):
                await self._look(group)
            await asyncio.sleep(SWEEP_SECONDS)

    async def _look(self, group: asyncio.TaskGroup) -> None:
        position = 0
        while True:
            page: Any = await self._redis.zrange(CONVERSATIONS, position, position + PAGE - 1)
            if not page:
                return
            for conversation_id in await self._cursor.behind([ConversationId(one) for one in page]):
                if await self._redis.zscore(LATER, conversation_id) is None:
                    self._begin(group, conversation_id)
            position += PAGE

    def _begin(
        self, group: asyncio.TaskGroup, conversation_id: ConversationId, again: int | None = None
    ) -> None:
        group.create_task(self._send(conversation_id, again))

    async def _send(self, conversation_id: ConversationId, again: int | None) -> None:
        async with self._free:
            try:
                await self._send_alone(conversation_id, again)
            except* (RedisError, StateUnavailable, LeaseLost) as errors:
                names = [type(error).__name__ for error in errors.exceptions]
                log.warning("outbound_abandoned", conversation_id=conversation_id, error=names)
            except* Exception:
                log.exception("outbound_crashed", conversation_id=conversation_id)

    async def _send_alone(self, conversation_id: ConversationId, again: int | None) -> None:
        """Send while nobody else sends in this conversation."""
        lease = Lease(self._redis, conversation_id, part="outbound")
        while await lease.acquire():
            try:
                async with lease.renewed():
                    later = await self._go_on(conversation_id, again)
            finally:
                with suppress(RedisError):
                    await lease.release()
            if later is not None:
                due = time.time() + later.pause.total_seconds()
                await self._redis.zadd(LATER, {conversation_id: due})
                return
            # What was said meanwhile found the lease taken.
            if not await self._cursor.behind([conversation_id]):
                return

    async def _go_on(self, conversation_id: ConversationId, again: int | None) -> Later | None:
        if again is None:
            return await self._outbox.send_all(conversation_id)
        later = await self._outbox.send_again(conversation_id, again)
        if later is None:
            await self._dead_letters.done(conversation_id, again)
        return later
