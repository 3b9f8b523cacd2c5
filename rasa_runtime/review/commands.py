"""What a person answers when shown a group of lines."""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HELP: Final = """\
  1 to 5, or a name    label the lines with this intent; the beginning of a name is enough
  o                    label them out_of_scope: the assistant was right not to answer
  d                    delete: useless for training
  s                    skip: they stay on the list
  e a                  edit line a before it is added
  l                    list all intents
  q                    quit; what was done is done
Letters behind a command choose lines: "1 ac" labels lines a and c, "d b" deletes line b."""


class Action(StrEnum):
    """What to do with lines."""

    LABEL = "label"
    DELETE = "d"
    SKIP = "s"
    EDIT = "e"
    LIST_INTENTS = "l"
    QUIT = "q"
    HELP = "?"


OUT_OF_SCOPE: Final = "o"
_SINGLE: Final = {str(action): action for action in Action if len(action) == 1}


class NotUnderstood(Exception):
    """The answer makes no sense; the message says why."""


@dataclass(frozen=True, slots=True)
class Command:
    """An action on the lines at these positions, and the intent if it is a label."""

    action: Action
    positions: tuple[int, ...]
    intent: str = ""


def command_of(
    answer: str, *, suggested: Sequence[str], intents: Sequence[str], lines: int
) -> Command:
    """Read an answer; without letters it is about all lines. Raises NotUnderstood."""
    head, *letters = answer.split() or [""]
    positions = _positions("".join(letters), lines)
    if not head:
        raise NotUnderstood("Say what to do with these lines; ? explains.")
    if head.lower() in _SINGLE:
        return Command(_SINGLE[head.lower()], positions)
    return Command(Action.LABEL, positions, _intent(head.lower(), suggested, intents))


def _positions(letters: str, lines: int) -> tuple[int, ...]:
    known = string.ascii_lowercase[:lines]
    chosen = letters.lower().replace(",", "")
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        raise NotUnderstood(f"There is no line {', '.join(unknown)}.")
    return tuple(sorted({known.index(letter) for letter in chosen})) or tuple(range(lines))


def _intent(head: str, suggested: Sequence[str], intents: Sequence[str]) -> str:
    if head == OUT_OF_SCOPE:
        return "out_of_scope"
    if head.isdecimal():
        return _suggested(int(head), suggested)
    if head in intents:
        return head
    return _only([intent for intent in intents if intent.startswith(head)], head)


def _suggested(number: int, suggested: Sequence[str]) -> str:
    if not 1 <= number <= len(suggested):
        raise NotUnderstood(f"There is no suggestion {number}.")
    return suggested[number - 1]


def _only(matching: Sequence[str], beginning: str) -> str:
    if not matching:
        raise NotUnderstood(f"No intent begins with {beginning}; l lists them.")
    if len(matching) > 1:
        raise NotUnderstood(f"{beginning} could be {', '.join(matching)}.")
    return matching[0]
