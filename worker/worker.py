"""Takes turns off the queue and answers their conversations, many at a time."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from worker.answering import Answering
from worker.background import Background, goes_on
from worker.lease import Lease, LeaseLost
from worker.retries import TryLater
from worker.turn_queue import QueuedTurn, TurnQueue

log = structlog.get_logger("worker")

STOP_SECONDS = 14.0
"""A stop waits this long for the turns that are running; longer than a turn may take."""

RECONNECT_SECONDS = 0.5
BRING_BACK_SECONDS = 0.5


class Worker:
    """Runs turns until told to stop, through restarts of Redis and Rasa.

    A turn is taken off the queue only after its conversation was answered or postponed, so the
    work of a worker that is killed comes to another one.
    """

    def __init__(
        self,
        redis: Redis,
        queue: TurnQueue,
        answering: Answering,
        background: Sequence[Background],
        *,
        concurrency: int,
    ) -> None:
        self._redis = redis
        self._queue = queue
        self._answering = answering
        self._background = background
        self._concurrency = concurrency
        self._running: set[asyncio.Task[None]] = set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Work until `stopping` is set; running turns are finished, or left to other workers."""
        async with asyncio.TaskGroup() as group:
            background = [
                *(group.create_task(each.run()) for each in self._background),
                group.create_task(self._bring_back_postponed()),
            ]
            await self._take_turns(group, stopping)
            await self._finish_running()
            for task in background:
                task.cancel()

    async def _take_turns(self, group: asyncio.TaskGroup, stopping: asyncio.Event) -> None:
        redis_answers = False
        while not stopping.is_set():
            if len(self._running) >= self._concurrency:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                continue
            try:
                if not redis_answers:
                    await self._queue.prepare()
                    log.info("worker_taking_turns", consumer=self._queue.consumer)
                    redis_answers = True
                turns = await self._queue.take(self._concurrency - len(self._running))
            except RedisError as error:
                if redis_answers:
                    log.warning("redis_lost", error=type(error).__name__)
                redis_answers = False
                await asyncio.sleep(RECONNECT_SECONDS)
                continue
            for turn in turns:
                task = group.create_task(self._handle(turn, stopping))
                self._running.add(task)
                task.add_done_callback(self._running.discard)

    async def _finish_running(self) -> None:
        if not self._running:
            return
        _, unfinished = await asyncio.wait(self._running, timeout=STOP_SECONDS)
        for task in unfinished:
            task.cancel()

    async def _bring_back_postponed(self) -> None:
        while goes_on():
            with suppress(RedisError):
                await self._queue.bring_back_due()
            await asyncio.sleep(BRING_BACK_SECONDS)

    async def _handle(self, turn: QueuedTurn, stopping: asyncio.Event) -> None:
        """Answer the turn's conversation; whatever goes wrong leaves the turn to be taken over."""
        try:
            await self._answer_conversation(turn, stopping)
        except* (RedisError, LeaseLost) as errors:
            log.warning(
                "turn_abandoned",
                conversation_id=turn.conversation_id,
                error=[type(error).__name__ for error in errors.exceptions],
            )
        except* Exception:
            log.exception("turn_crashed", conversation_id=turn.conversation_id)

    async def _answer_conversation(self, turn: QueuedTurn, stopping: asyncio.Event) -> None:
        lease = Lease(self._redis, turn.conversation_id)
        if not await lease.acquire():
            # Its holder answers this message too; if it dies, the turn is still in the queue.
            return
        try:
            async with lease.renewed():
                await self._answer_all(turn, lease, stopping)
        finally:
            with suppress(RedisError):
                await lease.release()

    async def _answer_all(self, turn: QueuedTurn, lease: Lease, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            result = await self._answering.answer_next(turn.conversation_id)
            if isinstance(result, TryLater):
                await self._queue.postpone(turn, result.pause)
                return
            if not result and await lease.release_when_done():
                await self._queue.finish(turn)
                return
