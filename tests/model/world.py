"""Customers, agents, workers and time around the real handover on a real Redis."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.conversation_log import ConversationClosed, ConversationLog, ConversationUnknown
from gateway.handover import (
    Agent,
    AgentId,
    AgentUnknown,
    CustomerStopped,
    Handover,
    Limits,
    NotYours,
    SeatsTaken,
)
from gateway.ownership import OwnershipRefused
from support.handover import PersonRequest, Reason
from support.ids import ConversationId, SenderKey
from tests.model.mortal_redis import Died, MortalRedis
from worker.answering import Answering
from worker.metrics import WorkerMetrics
from worker.rasa_client import RasaAnswer, RasaMessage, RasaTurnFailed, Turn
from worker.retries import Tries

START = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
KIM = Agent(agent_id=AgentId("kim"), first_name="Kim", capacity=2)
LEE = Agent(agent_id=AgentId("lee"), first_name="Lee", capacity=1)
AGENTS = (KIM, LEE)
LIMITS = Limits(queue_length=3)
REQUEST = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.")

LOST = (
    AgentUnknown,
    OwnershipRefused,
    NotYours,
    SeatsTaken,
    CustomerStopped,
    ConversationClosed,
    ConversationUnknown,
    Died,
)
"""What may come of an attempt; nothing else may."""


@dataclass
class Thinking:
    """A turn that is inside Rasa."""

    done: "asyncio.Future[RasaAnswer]"
    turn: Turn


@dataclass
class SlowRasa:
    """Answers when it is told to."""

    thinking: dict[ConversationId, Thinking] = field(default_factory=dict)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, turn: Turn) -> RasaAnswer:
        done: asyncio.Future[RasaAnswer] = asyncio.get_running_loop().create_future()
        self.thinking[turn.conversation_id] = Thinking(done, turn)
        self.reached.set()
        try:
            return await done
        finally:
            self.thinking.pop(turn.conversation_id, None)


class World:
    """One Redis, one handover, and whoever uses it. The clock moves only when it is told to."""

    def __init__(self, redis: MortalRedis, loop: asyncio.AbstractEventLoop) -> None:
        self.redis = redis
        self.loop = loop
        self.now = START
        self.pages: set[AgentId] = set()
        self.conversations: list[ConversationId] = []
        self.running: dict[ConversationId, asyncio.Task[Any]] = {}
        self.begun: dict[ConversationId, int] = {}
        self.answers: dict[str, RasaAnswer] = {}
        self.said = 0
        self.rasa = SlowRasa()
        self.log = ConversationLog(redis, keep=timedelta(days=1))
        self.handover = Handover.on(redis, self.log, limits=LIMITS, clock=lambda: self.now)
        self.answering = Answering(
            self.handover,
            self.rasa,  # type: ignore[arg-type]
            Tries(redis),
            WorkerMetrics(),
        )

    def run(self, what: Coroutine[Any, Any, Any]) -> Any:
        """Do something whole; it may come to nothing, or die in between."""
        try:
            with suppress(*LOST[:-1]):
                return self.loop.run_until_complete(_outlive(what))
        finally:
            self.redis.live()
        return None

    def begin(self) -> None:
        self.run(self.redis.flushdb())

    def customer_comes(self) -> None:
        created = self.run(self.log.create(channel="web", sender_key=SenderKey("s")))
        if created is not None:
            self.conversations.append(created)

    def customer_writes(self, conversation_id: ConversationId) -> None:
        self.said += 1
        self.run(
            self.log.append_customer_message(
                conversation_id, client_message_id=str(self.said), text=f"message {self.said}"
            )
        )

    def turn_begins(self, conversation_id: ConversationId) -> None:
        """Let a worker take the next turn, until it is over or inside Rasa."""
        if conversation_id in self.running:
            return
        self.begun[conversation_id] = self._epoch(conversation_id)
        task = self.loop.create_task(_outlive(self.answering.answer_next(conversation_id)))
        self.running[conversation_id] = task
        self._let_run(conversation_id)

    def turn_ends(self, conversation_id: ConversationId, *, person: bool, fails: bool) -> None:
        """Let Rasa answer a turn that it has, or fail, or say that a person is needed."""
        thinking = self.rasa.thinking.get(conversation_id)
        if thinking is None:
            return
        if fails:
            thinking.done.set_exception(RasaTurnFailed("status 500"))
        else:
            thinking.done.set_result(self._answer(thinking.turn, person=person))
        self._let_run(conversation_id)

    def worker_dies(self, conversation_id: ConversationId) -> None:
        """Lose a turn that is inside Rasa."""
        task = self.running.pop(conversation_id, None)
        if task is not None:
            task.cancel()
            self.loop.run_until_complete(asyncio.wait([task]))

    def agent_says(self, conversation_id: ConversationId, agent: Agent) -> None:
        self.said += 1
        words = f"{agent.first_name} {self.said}"
        self.run(
            self.handover.agents.say(
                conversation_id, agent.agent_id, words, client_message_id=words
            )
        )

    def time_passes(self, seconds: float) -> None:
        """Let time go by; the pages that are open are heard of."""
        self.now += timedelta(seconds=seconds)
        for agent_id in self.pages:
            self.run(self.handover.duty.heartbeat(agent_id, now=self.now))

    def rounds(self, workers: int) -> None:
        """Let so many workers take a round at the same time."""

        async def all_at_once() -> None:
            await asyncio.gather(*(self.handover.routine.round() for _ in range(workers)))

        self.run(all_at_once())

    def close(self) -> None:
        for conversation_id in list(self.running):
            self.worker_dies(conversation_id)

    def _answer(self, turn: Turn, *, person: bool) -> RasaAnswer:
        """Return what Rasa answers; the same as before where it was asked before."""
        if turn.message_id not in self.answers:
            self.said += 1
            words = f"answer {self.said} of epoch {self.begun[turn.conversation_id]}"
            promise = " with a person" if person else ""
            self.answers[turn.message_id] = RasaAnswer(
                status="answered",
                turn_id=turn.message_id,
                messages=[RasaMessage(text=f"{words}{promise}, {part}") for part in "ab"],
                person=REQUEST if person else None,
            )
        return self.answers[turn.message_id]

    def _epoch(self, conversation_id: ConversationId) -> int:
        armed, self.redis.commands_left = self.redis.commands_left, None
        conversation = self.loop.run_until_complete(self.log.conversation(conversation_id))
        self.redis.commands_left = armed
        return conversation.epoch

    def _let_run(self, conversation_id: ConversationId) -> None:
        task = self.running[conversation_id]

        async def until_over_or_thinking() -> None:
            self.rasa.reached.clear()
            reached = asyncio.ensure_future(self.rasa.reached.wait())
            await asyncio.wait([task, reached], return_when=asyncio.FIRST_COMPLETED)
            reached.cancel()

        self.loop.run_until_complete(until_over_or_thinking())
        self.redis.live()
        if task.done():
            del self.running[conversation_id]
            task.result()


async def _outlive(what: Coroutine[Any, Any, Any]) -> Any:
    """Do something that may die: a task that ends so would take the loop with it."""
    try:
        return await what
    except Died:
        return None
