"""Tells the gateway, every two seconds, whether a turn could be answered now."""

import asyncio
from datetime import UTC, datetime

import httpx
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.heartbeat import Heartbeat, write_heartbeat
from worker.background import goes_on
from worker.rasa_client import RasaClient, answers_health_check

log = structlog.get_logger("worker.heartbeat")

EVERY_SECONDS = 2.0


class HeartbeatWriter:
    """Looks at Rasa and the action server and writes down what it saw."""

    def __init__(
        self, redis: Redis, rasa: RasaClient, actions: httpx.AsyncClient, actions_url: str
    ) -> None:
        self._redis = redis
        self._rasa = rasa
        self._actions = actions
        self._actions_health = str(httpx.URL(actions_url).copy_with(path="/health", query=None))
        self._seen: tuple[bool, bool] | None = None

    async def run(self) -> None:
        """Write heartbeats until cancelled."""
        while goes_on():
            try:
                await self.beat()
            except RedisError:
                self._seen = None
            await asyncio.sleep(EVERY_SECONDS)

    async def beat(self) -> None:
        """Look once and write it down; log only what changed."""
        rasa, actions = await asyncio.gather(
            self._rasa.healthy(), answers_health_check(self._actions, self._actions_health)
        )
        await write_heartbeat(
            self._redis, Heartbeat(rasa=rasa, actions=actions, at=datetime.now(UTC))
        )
        if (rasa, actions) != self._seen:
            log.info("heartbeat_changed", rasa=rasa, actions=actions)
            self._seen = (rasa, actions)
