"""Wakes the event streams of this process when their conversation has something new.

One pub/sub connection serves all streams. A ring carries no message, so one that is lost costs
a delay until the stream's next look at the log, never a message.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from gateway.conversation_log.keys import BELLS, key
from support.ids import ConversationId

log = structlog.get_logger("gateway.doorbell")

LISTEN_SECONDS = 10.0
RECONNECT_SECONDS = 0.5


class Doorbell:
    """Hands each listener an event that is set when its conversation's log has grown."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._bells: dict[str, set[asyncio.Event]] = {}
        self.closed = False

    async def run(self) -> None:
        """Listen until cancelled, through every loss of the connection."""
        connected = True
        while True:
            try:
                await self._redis.initialize()  # a cluster's client must know the nodes by now
                async with self._redis.pubsub() as pubsub:
                    await pubsub.psubscribe(BELLS)
                    log.info("doorbell_connected")
                    connected = True
                    await self._listen(pubsub)
            except RedisError as error:
                if connected:
                    log.warning("doorbell_lost", error=type(error).__name__)
                connected = False
                await asyncio.sleep(RECONNECT_SECONDS)

    @contextmanager
    def listening(self, conversation_id: ConversationId) -> Iterator[asyncio.Event]:
        """Give an event that is set at every ring of this conversation, and at closing."""
        channel = key(conversation_id, "bell")
        bell = asyncio.Event()
        self._bells.setdefault(channel, set()).add(bell)
        try:
            yield bell
        finally:
            self._bells[channel].discard(bell)
            if not self._bells[channel]:
                del self._bells[channel]

    def close(self) -> None:
        """Let every stream end; none waits any longer."""
        self.closed = True
        self._ring_all()

    async def _listen(self, pubsub: PubSub) -> None:
        while True:
            ring = await pubsub.get_message(timeout=LISTEN_SECONDS)
            if ring is None:
                continue
            if ring["type"] == "psubscribe":
                # The connection is new: rings may have been missed before it.
                self._ring_all()
            else:
                self._ring(ring["channel"])

    def _ring(self, channel: str) -> None:
        for bell in self._bells.get(channel, ()):
            bell.set()

    def _ring_all(self) -> None:
        for channel in self._bells:
            self._ring(channel)
