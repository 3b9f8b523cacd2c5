"""Reads the entries, checks them, and answers with facts that carry their source.

A folder given by the setting KNOWLEDGE_FOLDER overrides: an entry there takes the place of the
shipped one with the same key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Final, Self, TypeVar

from pydantic import TypeAdapter

from support.facts import Evidence, Fact
from support.knowledge.files import DISRUPTIONS, SHIPPED, KnowledgeInvalid, files_in, read_list
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import ClockTime, Entry, Rule, Span, Words

_ENTRIES: Final = TypeAdapter(tuple[Entry, ...])
_V = TypeVar("_V", Span, ClockTime, Rule, Words)


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
            raise KnowledgeInvalid(f"{SHIPPED}: no entry for {', '.join(sorted(missing))}.")
        return cls(entries)

    def entry(self, key: KnowledgeKey) -> Entry:
        """Return an entry as it is written."""
        return self.entries[key]

    def span(self, key: KnowledgeKey) -> Fact[Span] | None:
        """Return a time from least to most."""
        return self._fact(key, Span)

    def other_span(self, key: KnowledgeKey) -> Fact[Span] | None:
        """Return what another source says of the same time; None where they agree."""
        others = [one for one in self.entries[key].claims if isinstance(one.value, Span)]
        other = max(others, key=lambda one: one.read_on, default=None)
        if other is None or not isinstance(other.value, Span):
            return None
        return Fact(other.value, other.evidence)

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
        return basis.evidence if basis else None

    def _fact(self, key: KnowledgeKey, kind: type[_V]) -> Fact[_V] | None:
        value, evidence = self.entries[key].value, self.evidence(key)
        if value is None or evidence is None:
            return None
        if not isinstance(value, kind):
            raise TypeError(f"{key} is not a {kind.__name__}.")
        return Fact(value, evidence)


def _of_folder(folder: Path) -> dict[KnowledgeKey, Entry]:
    entries: dict[KnowledgeKey, Entry] = {}
    for path in files_in(folder):
        if path.name == DISRUPTIONS:
            continue
        for entry in read_list(path, _ENTRIES, named_by="key"):
            if entry.key in entries:
                raise KnowledgeInvalid(f"{path}: {entry.key} stands there twice, or in two files.")
            entries[entry.key] = entry
    return entries
