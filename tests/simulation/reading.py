"""Reads replies back into responses and their values: what was said, line by line.

Every response is one line of a reply, or several where its text has several.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tests.wordings import all_texts

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_TITLES_OF_BUTTONS: Final = ("utter_choice_", "utter_answer_yes", "utter_answer_no")


@dataclass(frozen=True)
class Statement:
    """One line of a reply: the response that it is, and its values; `key` is None for others."""

    line: str
    key: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Template:
    key: str
    pattern: re.Pattern[str]
    letters: int


@cache
def statements(text: str) -> tuple[Statement, ...]:
    """Return what each line of a text is."""
    return tuple(_statement(line.strip()) for line in text.splitlines() if line.strip())


def keys_in(text: str) -> tuple[str, ...]:
    """Return the responses that a text is made of, in their order."""
    return tuple(dict.fromkeys(one.key for one in statements(text) if one.key))


def _statement(line: str) -> Statement:
    for template in _templates():
        if found := template.pattern.fullmatch(line):
            return Statement(line, template.key, found.groupdict())
    return Statement(line)


@cache
def _templates() -> tuple[_Template, ...]:
    """Return every response's lines, those that say most in words of their own first."""
    made = (
        _template(key, line.strip())
        for key, texts in all_texts().items()
        for text in texts
        for line in text.splitlines()
        if line.strip() and not key.startswith(_TITLES_OF_BUTTONS)
    )
    telling = (one for one in made if one.letters)
    return tuple(sorted(telling, key=lambda one: one.letters, reverse=True))


def _template(key: str, line: str) -> _Template:
    letters = sum(character.isalpha() for character in _PLACEHOLDER.sub("", line))
    return _Template(key, re.compile("".join(_parts(line)), re.DOTALL), letters)


def _parts(line: str) -> Iterator[str]:
    """Yield a line as pieces of a pattern; a value that stands in it twice is the same twice."""
    seen: set[str] = set()
    for place, part in enumerate(_PLACEHOLDER.split(line)):
        if place % 2 == 0:
            yield re.escape(part)
        elif part in seen:
            yield f"(?P={part})"
        else:
            seen.add(part)
            yield f"(?P<{part}>.+?)"
