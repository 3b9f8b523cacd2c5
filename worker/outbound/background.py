"""Notices that there is something to send, and sends it: at once by the bell, surely by looking."""

import asyncio
import time
from contextlib import suppress
from typing import Any, Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.conversation_log.keys import BELLS
from support.ids import ConversationId
from support.redis_client import Subscription, subscribed
from support.state.errors import StateUnavailable
from worker.background import goes_on
from worker.lease import Lease, LeaseLost
from worker.outbound.attempts import Later
from worker.outbound.line import Line

log = structlog.get_logger("worker.outbound")

AT_ONCE: Final = 32
LOOK_SECONDS: Final = 0.5
LISTEN_SECONDS: Final = 5.0


def later(line: str) -> str:
    """Return the sorted set of conversations to be gone on with, by the time that is due."""
    return f"{line}:later"


class SendsMessages:
    """Runs beside the turns. Any number of workers may: a lease keeps each conversation to one."""

    def __init__(self, redis: Redis, line: Line) -> None:
        self._redis = redis
        self._line = line
        self._later = later(line.name)
        self._free = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Send until cancelled, through every loss of Redis and of who is sent to."""
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
            conversation_id = ConversationId(
                str(ring["channel"]).partition("{")[2].rpartition("}")[0]
            )
            if await self._line.has(conversation_id):
                self._begin(group, conversation_id)

    async def _on_time(self, group: asyncio.TaskGroup) -> None:
        """Go on with what was put off, and with what operators want."""
        while goes_on():
            with suppress(RedisError):
                due: Any = await self._redis.zrange(self._later, "-inf", time.time(), byscore=True)
                for conversation_id in due:
                    self._begin(group, ConversationId(conversation_id))
                    await self._redis.zrem(self._later, conversation_id)
                for conversation_id, position in await self._line.dead_letters.wanted_again():
                    self._begin(group, conversation_id, again=position)
            await asyncio.sleep(LOOK_SECONDS)

    async def _on_looking(self, group: asyncio.TaskGroup) -> None:
        """Find what no bell told: it rang while no worker listened, or a worker died."""
        while goes_on():
            with suppress(RedisError):
                async for conversation_id in self._line.all_behind():
                    if await self._redis.zscore(self._later, conversation_id) is None:
                        self._begin(group, conversation_id)
            await asyncio.sleep(self._line.look_seconds)

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
        lease = Lease(self._redis, conversation_id, part=self._line.name)
        while await lease.acquire():
            try:
                async with lease.renewed():
                    put_off = await self._go_on(conversation_id, again)
            finally:
                with suppress(RedisError):
                    await lease.release()
            if put_off is not None:
                due = time.time() + put_off.pause.total_seconds()
                await self._redis.zadd(self._later, {conversation_id: due})
                return
            # What was said meanwhile found the lease taken.
            if not await self._line.is_behind(conversation_id):
                return

    async def _go_on(self, conversation_id: ConversationId, again: int | None) -> Later | None:
        if again is None:
            return await self._line.send_all(conversation_id)
        put_off = await self._line.send_again(conversation_id, again)
        if put_off is None:
            await self._line.dead_letters.done(conversation_id, again)
        return put_off
