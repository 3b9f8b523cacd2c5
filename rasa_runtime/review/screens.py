"""What the person sees."""

import shutil
import string
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rasa_runtime.review.candidates import Candidate
from rasa_runtime.review.grouping import Group
from rasa_runtime.review.suggestions import Ranking
from rasa_runtime.review.training_files import Added, AlreadyThere

HINT = "number or name labels, o out of scope, d delete, s skip, e edit, l intents, q quit, ? help"


def introduction(groups: Sequence[Group]) -> str:
    """Return what stands above all groups."""
    messages = sum(group.count for group in groups)
    return (
        f"{counted(messages, 'message')} in {counted(len(groups), 'group')}, the biggest first. "
        f"Numbers, names and addresses are made up.\n{HINT}"
    )


def heading(group: Group, number: int, groups: int) -> str:
    """Return the line above a group."""
    said = counted(group.count, "message")
    return f"\n{number} of {groups}: {said}   {_reasons(group)}"


def choices(candidates: Sequence[Candidate], suggested: Ranking) -> str:
    """Return the lines that are to be decided, and the intents that come nearest."""
    rows = [
        _candidate(letter, candidate)
        for letter, candidate in zip(string.ascii_lowercase, candidates, strict=False)
    ]
    numbered = (
        f"{number} {intent} {confidence:.2f}"
        for number, (intent, confidence) in enumerate(suggested, start=1)
    )
    return "\n".join([*rows, "  " + "   ".join(numbered)])


def _candidate(letter: str, candidate: Candidate) -> str:
    prediction = candidate.line.messages[0].message.prediction
    times = f"  x{candidate.line.count}" if candidate.line.count > 1 else ""
    taken_for = f"({prediction.intent} {prediction.confidence:.2f}){times}"
    return _wrapped(f"  {letter}  {candidate.text}  {taken_for}")


def placed(candidate: Candidate, place: Added | AlreadyThere, intent: str) -> str:
    """Return what became of a line that was labelled."""
    shortened = _shortened(candidate.text, 50)
    if isinstance(place, Added):
        return f"  + {place.path}: {shortened}"
    if place.intent == intent:
        return f"  = {place.path} has it already: {shortened}"
    return (
        f"  ! {place.path} has it as {place.intent}, and it stays on the list: {shortened}\n"
        f"    If that is wrong, move the line there by hand."
    )


def known(candidate: Candidate, intent: str) -> str:
    """Return what is said about a line that was recognised without doubt."""
    return f"  = understood as {intent} already, not added: {_shortened(candidate.text, 50)}"


def summary(added: Mapping[Path, int]) -> str:
    """Return what was changed, in the manner of `git diff --stat`."""
    if not added:
        return "\nNo lines added."
    paths = sorted(added)
    width = max(len(str(path)) for path in paths)
    rows = [f" {path!s:<{width}} | {added[path]:>3} {_bar(added[path])}" for path in paths]
    names = ", ".join(map(str, paths))
    lines = counted(sum(added.values()), "line")
    return "\n".join(["", *rows, f"{lines} added to {names}; run make train."])


def columns(names: Iterable[str]) -> str:
    """Return names side by side."""
    names = list(names)
    width = max(map(len, names)) + 2
    each = max(1, (_terminal_width() - 2) // width)
    rows = (names[start : start + each] for start in range(0, len(names), each))
    return "\n".join("  " + "".join(f"{name:<{width}}" for name in row).rstrip() for row in rows)


def table(groups: Sequence[Group]) -> str:
    """Return all groups, one a row."""
    space = max(48, _terminal_width() - 60)
    head = f"{'count':>5}  {'taken for':<23} {'sure':>4}  {'why':<18}  example"
    return "\n".join([head, *(_row(group, space) for group in groups)])


def _row(group: Group, space: int) -> str:
    intent, confidence = group.taken_for
    more = f" (+{len(group.lines) - 1})" if len(group.lines) > 1 else ""
    why = ", ".join(sorted(group.reasons))
    example = _shortened(group.lines[0].text, space - len(more))
    return f"{group.count:>5}  {intent:<23} {confidence:.2f}  {why:<18}  {example}{more}"


def _reasons(group: Group) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in group.reasons.most_common())


def _bar(count: int) -> str:
    return "+" * min(count, 40)


def counted(count: int, thing: str) -> str:
    """Return the thing in singular or plural."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _shortened(text: str, width: int) -> str:
    return textwrap.shorten(text, max(width, 10), placeholder=" ...")


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _terminal_width(), subsequent_indent=" " * 5)


def _terminal_width() -> int:
    return shutil.get_terminal_size().columns
