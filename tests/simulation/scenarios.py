"""Which conversations are held: every persona meets every problem, each with its own order."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.simulation.personas import PERSONAS, Persona
from tests.simulation.problems import PROBLEMS, Problem
from tests.simulation.worlds import Plan, drawn, plans


@dataclass(frozen=True, slots=True)
class Scenario:
    """One conversation to be. `serial` makes its order unlike all others."""

    serial: int
    persona: Persona
    problem: Problem
    plan: Plan
    chance: Random

    @property
    def name(self) -> str:
        """The name of its transcript."""
        words = f"{self.serial:04d} {self.problem.name} {self.persona.name}"
        return "-".join("".join(one if one.isalnum() else " " for one in words).split())


def scenarios(count: int, *, start: int) -> list[Scenario]:
    """Return this many conversations, the same ones for the same start."""
    worlds = {
        problem.name: iter(
            drawn(plans(problem.stories, problem.companions), _share(count), start=start)
        )
        for problem in PROBLEMS
    }
    return [
        Scenario(serial, persona, problem, next(worlds[problem.name]), _chance(start, serial))
        for serial, (persona, problem) in enumerate(_pairs(count), start=1)
    ]


def _pairs(count: int) -> Iterator[tuple[Persona, Problem]]:
    for place in range(count):
        turn, problem = divmod(place, len(PROBLEMS))
        yield PERSONAS[(problem + turn) % len(PERSONAS)], PROBLEMS[problem]


def _share(count: int) -> int:
    return -(-count // len(PROBLEMS))


def _chance(start: int, serial: int) -> Random:
    return Random(f"{start}:{serial}")  # noqa: S311 - only words are chosen by it
