"""Reads the entries, checks them, and answers with facts that carry their source.

A folder given by the setting KNOWLEDGE_FOLDER overrides: an entry there takes the place of the
shipped one with the same key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final, Self, TypeVar
from zoneinfo import ZoneInfo

import yaml
from pydantic import TypeAdapter, ValidationError

from support.facts import Evidence, Fact
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import ClockTime, Entry, Rule, Span, Words

SHIPPED: Final = Path(__file__).parent
_NOT_ENTRIES: Final = {"disruptions.yml"}
_OF_READERS: Final = ZoneInfo("Australia/Melbourne")
_ENTRIES: Final = TypeAdapter(tuple[Entry, ...])
_V = TypeVar("_V", Span, ClockTime, Rule, Words)


class KnowledgeInvalid(Exception):
    """The files cannot be used; the message names file, entry and what is wrong."""


@dataclass(frozen=True)
class Library:
    """All entries. What is asked for is a fact with its source, or None where nothing is known."""

    entries: Mapping[KnowledgeKey, Entry]

    @classmethod
    def read(cls, *folders: Path) -> Self:
        """Read the shipped entries and those of other folders; raises KnowledgeInvalid."""
        entries: dict[KnowledgeKey, Entry] = {}
        for folder in (SHIPPED, *folders):
            entries |= _of_folder(folder)
        missing = set(KnowledgeKey) - entries.keys()
        if missing:
            raise KnowledgeInvalid(f"No entry for {', '.join(sorted(missing))}.")
        return cls(entries)

    def entry(self, key: KnowledgeKey) -> Entry:
        """Return an entry as it is written."""
        return self.entries[key]

    def span(self, key: KnowledgeKey) -> Fact[Span] | None:
        """Return a time from least to most."""
        return self._fact(key, Span)

    def clock_time(self, key: KnowledgeKey) -> Fact[time] | None:
        """Return a time of day."""
        found = self._fact(key, ClockTime)
        return Fact(found.value.at, found.evidence) if found else None

    def holds(self, key: KnowledgeKey) -> Fact[bool] | None:
        """Return whether something is allowed, offered or done."""
        found = self._fact(key, Rule)
        return Fact(found.value.holds, found.evidence) if found else None

    def words(self, key: KnowledgeKey) -> Fact[str] | None:
        """Return what was published in words."""
        found = self._fact(key, Words)
        return Fact(found.value.text, found.evidence) if found else None

    def evidence(self, key: KnowledgeKey) -> Evidence | None:
        """Return who published it and when it was read; None where nothing is known."""
        basis = self.entries[key].basis if self.entries[key].value else None
        if basis is None:
            return None
        return Evidence(basis.source, datetime.combine(basis.read_on, time(), _OF_READERS))

    def _fact(self, key: KnowledgeKey, kind: type[_V]) -> Fact[_V] | None:
        value, evidence = self.entries[key].value, self.evidence(key)
        if value is None or evidence is None:
            return None
        if not isinstance(value, kind):
            raise TypeError(f"{key} is not a {kind.__name__}.")
        return Fact(value, evidence)


def _of_folder(folder: Path) -> dict[KnowledgeKey, Entry]:
    entries: dict[KnowledgeKey, Entry] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name in _NOT_ENTRIES:
            continue
        for entry in _of_file(path):
            if entry.key in entries:
                raise KnowledgeInvalid(f"{path}: {entry.key} stands there twice.")
            entries[entry.key] = entry
    return entries


def _of_file(path: Path) -> Iterable[Entry]:
    try:
        written: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _ENTRIES.validate_python(written)
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeInvalid(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        raise KnowledgeInvalid(f"{path}: {_first_problem(error, written)}") from error


def _first_problem(error: ValidationError, written: object) -> str:
    problem = error.errors(include_url=False, include_context=False)[0]
    place = problem["loc"]
    number = place[0] if place and isinstance(place[0], int) else None
    entry = written[number] if isinstance(written, list) and number is not None else None
    name = entry.get("key") if isinstance(entry, dict) else None
    within = ".".join(str(part) for part in place[1:])
    return f"{name or 'the file'}{f', {within}' if within else ''}: {problem['msg']}"
