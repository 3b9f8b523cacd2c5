"""The handover as a hypothesis state machine: customers, the assistant's turns, agents, timers and
processes that die, in any order.
"""

import asyncio
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gateway.conversation_log import records
from gateway.handover import Agent
from support.ids import ConversationId
from tests.model.invariants import (
    check_conversation,
    check_nothing_is_due,
    check_promise,
    check_view,
)
from tests.model.mortal_redis import MortalRedis
from tests.model.world import AGENTS, World

MOST_CUSTOMERS = 3
agents = st.sampled_from(AGENTS)
whose = st.sampled_from([None, None, None, *AGENTS])
"""Who acts: mostly the agent who has the conversation, now and then somebody else."""

which = st.integers(0, MOST_CUSTOMERS - 1)
seconds = st.sampled_from([1, 4, 19, 21, 46, 121, 170, 601, 901])


class HandoverMachine(RuleBasedStateMachine):
    """Every rule is something that happens; the invariants are read from Redis after it."""

    redis: ClassVar[MortalRedis]
    loop: ClassVar[asyncio.AbstractEventLoop]
    steps: ClassVar[int] = 0
    seen: ClassVar[set[tuple[str, str, str]]] = set()
    """Which changes of owner happened: before, event, after."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.redis, self.loop)
        self.touched: ConversationId | None = None
        self.has: dict[ConversationId, Agent] = {}
        records.now = lambda: self.world.now.isoformat(timespec="milliseconds")

    @initialize(agent=st.sampled_from([None, *AGENTS]))
    def begins(self, agent: Agent | None) -> None:
        self.world.begin()
        self.world.customer_comes()
        if agent is not None:
            self._online(agent)

    def _one(self, number: int) -> ConversationId:
        type(self).steps += 1
        known = self.world.conversations
        self.touched = known[number % len(known)]
        return self.touched

    def _acts(self, agent: Agent | None) -> Agent:
        known = self.has.get(self.touched, AGENTS[0]) if self.touched else AGENTS[0]
        return agent or known

    def _online(self, agent: Agent) -> None:
        self.world.pages.add(agent.agent_id)
        self.world.run(self.world.handover.duty.come_online(agent, now=self.world.now))

    @precondition(lambda self: len(self.world.conversations) < MOST_CUSTOMERS)
    @rule()
    def customer_comes(self) -> None:
        type(self).steps += 1
        self.world.customer_comes()

    @rule(number=which)
    def customer_writes(self, number: int) -> None:
        self.world.customer_writes(self._one(number))

    @rule(number=which)
    def turn_begins(self, number: int) -> None:
        self.world.turn_begins(self._one(number))

    @rule(number=which, person=st.booleans(), fails=st.sampled_from([False, False, True]))
    def turn_ends(self, number: int, person: bool, fails: bool) -> None:  # noqa: FBT001
        self.world.turn_ends(self._one(number), person=person, fails=fails)

    @rule(number=which)
    def customer_asks_for_a_person(self, number: int) -> None:
        conversation_id = self._one(number)
        self.world.customer_writes(conversation_id)
        self.world.turn_begins(conversation_id)
        self.world.turn_ends(conversation_id, person=True, fails=False)

    @rule(number=which)
    def worker_dies(self, number: int) -> None:
        self.world.worker_dies(self._one(number))

    @rule(command=st.integers(3, 9), carried_out=st.booleans())
    def next_change_dies(self, command: int, carried_out: bool) -> None:  # noqa: FBT001
        type(self).steps += 1
        self.redis.die_at(command, carried_out=carried_out)

    @rule(command=st.integers(1, 40), carried_out=st.booleans())
    def next_process_dies(self, command: int, carried_out: bool) -> None:  # noqa: FBT001
        type(self).steps += 1
        self.redis.die_at(command, carried_out=carried_out)

    @rule(number=which)
    def customer_leaves_queue(self, number: int) -> None:
        self._run(self.world.handover.customers.leave_queue(self._one(number)))

    @rule(number=which)
    def customer_chooses_ticket(self, number: int) -> None:
        self._run(self.world.handover.customers.choose_ticket(self._one(number)))

    @rule(number=which, often=st.integers(0, 9).map(lambda number: number == 0))
    def customer_ends(self, number: int, often: bool) -> None:  # noqa: FBT001
        conversation_id = self._one(number)
        if often:
            self._run(self.world.handover.customers.end(conversation_id))

    @rule(number=which)
    def customer_stops(self, number: int) -> None:
        self._run(self.world.handover.customers.stop(self._one(number)))

    @rule(agent=agents)
    def agent_comes(self, agent: Agent) -> None:
        type(self).steps += 1
        self._online(agent)

    @rule(agent=agents)
    def agent_steps_away(self, agent: Agent) -> None:
        type(self).steps += 1
        self._run(self.world.handover.duty.go_away(agent.agent_id))

    @rule(agent=agents)
    def page_dies(self, agent: Agent) -> None:
        type(self).steps += 1
        self.world.pages.discard(agent.agent_id)

    @rule(number=which, agent=whose)
    def agent_accepts(self, number: int, agent: Agent | None) -> None:
        self._run(self.world.handover.agents.accept(self._one(number), self._acts(agent).agent_id))

    @precondition(lambda self: self.world.pages)
    @rule(number=which, agent=agents)
    def agent_takes_over(self, number: int, agent: Agent) -> None:
        self._online(agent)
        self._run(self.world.handover.agents.take_over(self._one(number), agent.agent_id))

    @rule(number=which, agent=whose)
    def agent_says(self, number: int, agent: Agent | None) -> None:
        self.world.agent_says(self._one(number), self._acts(agent))

    @rule(number=which, agent=whose, to=agents)
    def agent_transfers(self, number: int, agent: Agent | None, to: Agent) -> None:
        self._run(
            self.world.handover.agents.transfer(
                self._one(number), self._acts(agent).agent_id, note="", to=to.agent_id
            )
        )

    @rule(number=which, agent=agents, to=agents)
    def supervisor_assigns(self, number: int, agent: Agent, to: Agent) -> None:
        self._run(
            self.world.handover.agents.assign(
                self._one(number), agent.agent_id, to=to.agent_id, note=""
            )
        )

    @rule(number=which, agent=whose)
    def agent_gives_back(self, number: int, agent: Agent | None) -> None:
        back = self.world.handover.agents.give_back(
            self._one(number), self._acts(agent).agent_id, summary="Settled."
        )
        self._run(back)

    @rule(number=which, agent=whose)
    def agent_snoozes(self, number: int, agent: Agent | None) -> None:
        self._run(self.world.handover.agents.snooze(self._one(number), self._acts(agent).agent_id))

    @rule(number=which, agent=whose, often=st.sampled_from([False, False, True]))
    def agent_closes(self, number: int, agent: Agent | None, often: bool) -> None:  # noqa: FBT001
        conversation_id = self._one(number)
        if often:
            self._run(
                self.world.handover.agents.close(
                    conversation_id, self._acts(agent).agent_id, "solved"
                )
            )

    @rule(much=seconds)
    def time_passes(self, much: int) -> None:
        type(self).steps += 1
        self.world.time_passes(much)

    @rule(number=which, agent=whose)
    def agent_resumes(self, number: int, agent: Agent | None) -> None:
        conversation_id = self._one(number)
        self._run(self.world.handover.agents.resume(conversation_id, self._acts(agent).agent_id))

    @rule(workers=st.integers(1, 2))
    def workers_go_round(self, workers: int) -> None:
        type(self).steps += 1
        dies = self.redis.commands_left is not None
        self.world.rounds(workers)
        if not dies:
            self.loop.run_until_complete(check_nothing_is_due(self.world, self.world.now))

    @invariant()
    def what_was_said_and_done_is_in_order(self) -> None:
        if self.touched is None:
            return
        armed, self.redis.commands_left = self.redis.commands_left, None
        held = self.loop.run_until_complete(check_conversation(self.world, self.touched))
        self.redis.commands_left = armed
        self.has[self.touched] = next(
            (one for one in AGENTS if one.agent_id == held.handling.agent), AGENTS[0]
        )

    def teardown(self) -> None:
        """Let the dust settle, then look whether anything or anybody was forgotten."""
        self.redis.live()
        self.world.close()
        for _ in range(3):
            self.world.time_passes(61)
            self.world.rounds(1)
        for conversation_id in self.world.conversations:
            self._answer_everything(conversation_id)
        self.world.rounds(1)
        for conversation_id in self.world.conversations:
            self.loop.run_until_complete(check_conversation(self.world, conversation_id))
            self.loop.run_until_complete(check_promise(self.world, conversation_id))
        self.seen.update(self.loop.run_until_complete(check_view(self.world)))

    def _answer_everything(self, conversation_id: ConversationId) -> None:
        for _ in range(100):
            self.world.turn_begins(conversation_id)
            if conversation_id not in self.world.running and not self.loop.run_until_complete(
                self._unanswered(conversation_id)
            ):
                return
            self.world.turn_ends(conversation_id, person=False, fails=False)
        raise AssertionError("the customer is left without an answer")

    async def _unanswered(self, conversation_id: ConversationId) -> bool:
        conversation = await self.world.log.conversation(conversation_id)
        left = await self.world.log.next_unanswered(conversation)
        return left is not None or conversation.handed_back is not None

    def _run(self, what: Any) -> None:
        self.world.run(what)
