"""The worker's side of the queue of turns: take, take over from the dead, finish, postpone."""

import os
import secrets
import socket
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from gateway.insights.store import Quiet
from gateway.turn_queue import LATER, TURNS, WORKERS, announce_turn
from support.ids import ConversationId, MessageId
from support.times import utc_now

WAIT_MILLISECONDS = 1000
"""How long a read waits for work; also how soon a stop is noticed."""

ABANDONED_AFTER = timedelta(seconds=6)
"""Work not finished for this long is looked at by another worker. Longer than a lease, so that
the lease of a worker that died has run out by then."""

LOOK_FOR_ABANDONED = timedelta(seconds=1.5)

FORGET_CONSUMER_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QueuedTurn:
    """A conversation with something to answer. `entry_id` is the queue's own id."""

    entry_id: str
    conversation_id: ConversationId
    message_id: MessageId


class TurnQueue:
    """One worker's view of the queue. Every method may raise RedisError."""

    def __init__(
        self,
        redis: Redis,
        *,
        abandoned_after: timedelta = ABANDONED_AFTER,
        quiet_after: timedelta = timedelta(hours=1),
    ) -> None:
        self._redis = redis
        self._quiet = Quiet(redis)
        self._quiet_after = quiet_after
        self._abandoned_after = abandoned_after
        self._next_look = 0.0
        self.consumer = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"

    async def prepare(self) -> None:
        """Create the group if there is none, and forget the consumers of workers long gone."""
        try:
            await self._redis.xgroup_create(TURNS, WORKERS, id="0", mkstream=True)
        except ResponseError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise
        await self._forget_gone_consumers()

    async def take(self, count: int) -> list[QueuedTurn]:
        """Return up to `count` turns: abandoned ones if any, else new ones as they come.

        A record is made of their conversations once these are quiet.
        """
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + LOOK_FOR_ABANDONED.total_seconds()
            if abandoned := await self._take_over(count):
                return await self._noted(abandoned)
        try:
            answer: Any = await self._redis.xreadgroup(
                WORKERS, self.consumer, {TURNS: ">"}, count=count, block=WAIT_MILLISECONDS
            )
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            # Redis came back empty.
            await self.prepare()
            return []
        return await self._noted(
            [_queued(*entry) for page in dict(answer).values() for entry in page]
        )

    async def finish(self, turn: QueuedTurn) -> None:
        """Take the turn off the queue for good."""
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.xack(TURNS, WORKERS, turn.entry_id)
            pipeline.xdel(TURNS, turn.entry_id)
            await pipeline.execute()

    async def postpone(self, turn: QueuedTurn, pause: timedelta) -> None:
        """Take the turn off the queue and bring it back after `pause`."""
        due = time.time() + pause.total_seconds()
        await self._redis.zadd(LATER, {f"{turn.conversation_id} {turn.message_id}": due})
        await self.finish(turn)

    async def bring_back_due(self) -> None:
        """Put the postponed turns whose time has come back into the queue."""
        due: Any = await self._redis.zrange(LATER, "-inf", time.time(), byscore=True)
        for member in due:
            conversation_id, message_id = member.split(" ")
            # First announced, then removed: a crash between leaves it twice, never not at all.
            await announce_turn(self._redis, conversation_id, message_id)
            await self._redis.zrem(LATER, member)

    async def _take_over(self, count: int) -> list[QueuedTurn]:
        idle = int(self._abandoned_after.total_seconds() * 1000)
        try:
            answer = await self._redis.xautoclaim(TURNS, WORKERS, self.consumer, idle, count=count)
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            await self.prepare()
            return []
        return [_queued(*entry) for entry in answer[1]]

    async def _noted(self, turns: list[QueuedTurn]) -> list[QueuedTurn]:
        at = utc_now() + self._quiet_after
        await self._quiet.look_at({turn.conversation_id for turn in turns}, at=at)
        return turns

    async def _forget_gone_consumers(self) -> None:
        limit = FORGET_CONSUMER_AFTER.total_seconds() * 1000
        for consumer in await self._redis.xinfo_consumers(TURNS, WORKERS):
            if consumer["pending"] == 0 and consumer["idle"] > limit:
                await self._redis.xgroup_delconsumer(TURNS, WORKERS, consumer["name"])


def _queued(entry_id: str, fields: dict[str, str]) -> QueuedTurn:
    return QueuedTurn(
        entry_id, ConversationId(fields["conversation_id"]), MessageId(fields["message_id"])
    )
