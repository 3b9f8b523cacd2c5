"""Holds simulated conversations, several at a time, and judges each as it goes."""

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from support.knowledge.library import Library
from support.times import utc_now
from tests.simulation.checks import Exchange, dead_ends
from tests.simulation.customer import SimulatedCustomer
from tests.simulation.facts import Facts
from tests.simulation.outcomes import Outcome
from tests.simulation.place import Place
from tests.simulation.scenarios import Scenario
from tests.simulation.truth import told_statuses, untrue
from tests.simulation.worlds import World, world_of

MOST_TURNS: Final = 14
AT_A_TIME: Final = 6
_SOMETHING_OPENED: Final = re.compile(r"\b[CM]\d{6}\b")


@dataclass
class Conversation:
    """What came of one scenario. `answered_after` counts messages; None where nothing came."""

    scenario: Scenario
    details_first: bool
    exchanges: list[Exchange] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    dead_ends: list[str] = field(default_factory=list)
    completed: bool = False
    answered_after: int | None = None

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.completed and not self.untrue and not self.dead_ends

    def __str__(self) -> str:
        judged = {"untrue": self.untrue, "dead end": self.dead_ends}
        wrong = [f"{kind}: {one}" for kind, several in judged.items() for one in several]
        if not self.completed:
            wrong.append("not dealt with")
        return "\n".join([f"# {self.scenario.name}", *wrong, "", *map(str, self.exchanges)])


def held(place: Place, scenarios: Sequence[Scenario]) -> list[Conversation]:
    """Hold all of these, in their order as far as possible."""
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        return list(threads.map(lambda one: hold(place, one), scenarios))


def hold(place: Place, scenario: Scenario) -> Conversation:
    """Hold one conversation to its end."""
    world = world_of(scenario.plan, scenario.serial, utc_now())
    place.put(world)
    if scenario.problem.case_before:
        place.open_case(world, scenario.problem.case_before)
    simulated = SimulatedCustomer(
        scenario.persona, scenario.problem, world, scenario.chance, place.code
    )
    customer, move = place.new_customer(), simulated.opening()
    conversation = Conversation(
        scenario, simulated.gives_details and not scenario.persona.wrong_first
    )
    while move is not None and len(conversation.exchanges) < MOST_TURNS:
        try:
            answer = move.make(customer)
        except AssertionError as late:
            conversation.dead_ends.append(f"no answer to {move.text!r}: {late}")
            break
        conversation.exchanges.append(Exchange(move.text, answer, move.pressed))
        outcome = _outcome(place, world, conversation)
        _judge(conversation, outcome, simulated)
        move = simulated.next(answer, outcome)
    return conversation


def _judge(conversation: Conversation, outcome: Outcome, simulated: SimulatedCustomer) -> None:
    last = conversation.exchanges[-1]
    conversation.untrue += untrue(last.answer, outcome.facts)
    conversation.dead_ends += dead_ends(conversation.exchanges)
    conversation.completed = all(one.completed(outcome) for one in simulated.problems)
    told = told_statuses(last.text, len(outcome.facts.world.told))
    if conversation.answered_after is None and (told or conversation.completed):
        conversation.answered_after = len(conversation.exchanges)


def _outcome(place: Place, world: World, conversation: Conversation) -> Outcome:
    texts = [exchange.text for exchange in conversation.exchanges]
    opened = conversation.scenario.problem.case_before or any(map(_SOMETHING_OPENED.search, texts))
    facts = Facts(
        world=world,
        library=_library(),
        said="\n".join(exchange.said for exchange in conversation.exchanges),
        cases=place.cases(world) if opened else (),
        tickets=place.tickets(world) if opened else (),
        since=world.now,
        until=utc_now(),
    )
    return Outcome(texts, facts)


@cache
def _library() -> Library:
    """Return what the assistant has read, too."""
    folder = os.environ.get("KNOWLEDGE_FOLDER")
    return Library.read(*([Path(folder)] if folder else []))
