"""Lets the handover go on: offers who waits to agents, fires timers, finds what was forgotten."""

import asyncio

import structlog
from redis.exceptions import RedisError

from gateway.handover import Handover
from worker.background import goes_on

log = structlog.get_logger("worker.handover")

EVERY_SECONDS = 0.5


class HandoverTimers:
    """Takes a round of the handover's routine twice a second. Any number of workers may."""

    def __init__(self, handover: Handover) -> None:
        self._handover = handover

    async def run(self) -> None:
        """Go round until cancelled. While Redis does not answer, nothing is due."""
        redis_answers = True
        while goes_on():
            try:
                await self._handover.routine.round()
                redis_answers = True
            except RedisError as error:
                if redis_answers:
                    log.warning("handover_paused", error=type(error).__name__)
                redis_answers = False
            except Exception:
                log.exception("handover_round_crashed")
            await asyncio.sleep(EVERY_SECONDS)
