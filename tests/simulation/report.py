"""What a simulation came to: a table, the bars, and transcripts of what went wrong."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from tests.simulation.conversations import Conversation
from tests.simulation.problems import PROBLEMS

COMPLETED_AT_LEAST: Final = 0.95
TURNS_WITH_DETAILS: Final = 3
TURNS_WITHOUT_DETAILS: Final = 5
_WIDTH: Final = 30


@dataclass(frozen=True, slots=True)
class Row:
    """The conversations about one problem, in numbers."""

    name: str
    held: int
    completed: int
    untrue: int
    dead_ends: int
    turns_with_details: float | None
    turns_without_details: float | None

    @property
    def rate(self) -> float:
        """The share of conversations in which the problem was dealt with."""
        return self.completed / self.held if self.held else 1.0


def rows(conversations: Sequence[Conversation]) -> list[Row]:
    """Return a row for each problem, and one for all of them at the end."""
    by_problem = (
        (problem.name, [one for one in conversations if one.scenario.problem is problem])
        for problem in PROBLEMS
    )
    return [*(_row(name, held) for name, held in by_problem if held), _row("all", conversations)]


def missed(table: Sequence[Row]) -> list[str]:
    """Return which bars are missed; the table's last row is for all problems."""
    *each, whole = table
    found = [
        f"{row.name}: {row.rate:.0%} dealt with, not {COMPLETED_AT_LEAST:.0%}"
        for row in each
        if row.rate < COMPLETED_AT_LEAST
    ]
    if whole.untrue:
        found.append(f"{whole.untrue} untrue statements")
    if whole.dead_ends:
        found.append(f"{whole.dead_ends} dead ends")
    if (whole.turns_with_details or 0) > TURNS_WITH_DETAILS:
        found.append(f"{whole.turns_with_details:g} turns to an answer where details are given")
    if (whole.turns_without_details or 0) > TURNS_WITHOUT_DETAILS:
        found.append(f"{whole.turns_without_details:g} turns to an answer where they are asked")
    return found


def as_text(table: Iterable[Row]) -> str:
    """Return the table as it is printed."""
    head = f"{'problem':{_WIDTH}} held  dealt with  untrue  dead ends  turns: details given / asked"
    return "\n".join([head, *map(_line, table)])


def write_transcripts(conversations: Iterable[Conversation], folder: Path) -> int:
    """Write every conversation that went wrong to a file of its own; return how many."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wrong = [one for one in conversations if not one.is_well]
    for one in wrong:
        (folder / f"{one.scenario.name}.txt").write_text(f"{one}\n", encoding="utf-8")
    return len(wrong)


def _row(name: str, held: Sequence[Conversation]) -> Row:
    return Row(
        name=name,
        held=len(held),
        completed=sum(one.completed for one in held),
        untrue=sum(len(one.untrue) for one in held),
        dead_ends=sum(len(one.dead_ends) for one in held),
        turns_with_details=_turns(one for one in held if one.details_first),
        turns_without_details=_turns(one for one in held if not one.details_first),
    )


def _turns(held: Iterable[Conversation]) -> float | None:
    turns = [one.answered_after for one in held if one.answered_after is not None]
    return median(turns) if turns else None


def _line(row: Row) -> str:
    given, asked = (
        "-" if turns is None else f"{turns:g}"
        for turns in (row.turns_with_details, row.turns_without_details)
    )
    return (
        f"{row.name:{_WIDTH}} {row.held:4}  {row.rate:10.0%}  {row.untrue:6}  {row.dead_ends:9}"
        f"  {given:>5} / {asked}"
    )
