"""Wakes the event streams of this process when their conversation has something new.

One pub/sub connection serves all streams. A ring carries no message, so one that is lost costs
a delay until the stream's next look at the log, never a message. What is kept nowhere, such as
who is typing, comes with its ring as a signal, and may be lost.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.conversation_log.keys import BELLS, SIGNALS, key
from support.ids import ConversationId
from support.redis_client import Subscription, subscribed

log = structlog.get_logger("gateway.doorbell")

LISTEN_SECONDS = 10.0
RECONNECT_SECONDS = 0.5
SIGNALS_WAITING = 8
"""Signals that wait for a slow stream at most; the oldest is dropped."""


class Bell(asyncio.Event):
    """Is set at every ring; `signals` are the texts that came with some, for the taking."""

    def __init__(self) -> None:
        super().__init__()
        self._signals: deque[str] = deque(maxlen=SIGNALS_WAITING)

    def ring(self, signal: str | None = None) -> None:
        """Wake who listens, with a signal if there is one."""
        if signal is not None:
            self._signals.append(signal)
        self.set()

    def take_signals(self) -> list[str]:
        """Return the signals since they were last taken, oldest first."""
        taken = list(self._signals)
        self._signals.clear()
        return taken


class Doorbell:
    """Hands each listener a bell that rings when its conversation's log has grown."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._bells: dict[str, set[Bell]] = {}
        self.closed = False

    async def run(self) -> None:
        """Listen until cancelled, through every loss of the connection."""
        connected = True
        while True:
            try:
                async with subscribed(self._redis, BELLS, SIGNALS) as rings:
                    log.info("doorbell_connected")
                    connected = True
                    await self._listen(rings)
            except RedisError as error:
                if connected:
                    log.warning("doorbell_lost", error=type(error).__name__)
                connected = False
                await asyncio.sleep(RECONNECT_SECONDS)

    @contextmanager
    def listening(self, conversation_id: ConversationId) -> Iterator[Bell]:
        """Give a bell that rings at this conversation's changes and signals, and at closing."""
        channel = key(conversation_id, "bell")
        bell = Bell()
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

    async def _listen(self, rings: Subscription) -> None:
        while True:
            ring = await rings.next(seconds=LISTEN_SECONDS)
            if ring is None:
                continue
            if ring["type"] == "psubscribe":
                # The connection is new: rings may have been missed before it.
                self._ring_all()
            elif ring["pattern"] == SIGNALS:
                self._ring(_bell_of(ring["channel"]), ring["data"])
            else:
                self._ring(ring["channel"])

    def _ring(self, channel: str, signal: str | None = None) -> None:
        for bell in self._bells.get(channel, ()):
            bell.ring(signal)

    def _ring_all(self) -> None:
        for channel in self._bells:
            self._ring(channel)


def _bell_of(signal_channel: str) -> str:
    return f"{signal_channel.removesuffix('signal')}bell"
