"""An Australian address as far as it has been given, part by part."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Final, Self

from support.places.localities import localities_named
from support.places.nicknames import NICKNAMES
from support.places.spelling import spelt
from support.places.states import State, state_named

_STREET_PARTS: Final = ("unit", "number", "street")


class Part(StrEnum):
    """What an address cannot do without, in the order in which it is written."""

    NUMBER = "number"
    STREET = "street"
    SUBURB = "suburb"
    STATE = "state"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address; what was not given is None.

    `unit` is written as before the number ("3", "Level 5"). `box` is a post box, a parcel locker or
    a private bag, which takes the place of number and street.
    """

    unit: str | None = None
    number: str | None = None
    street: str | None = None
    box: str | None = None
    suburb: str | None = None
    state: State | None = None
    postcode: str | None = None

    @classmethod
    def read(cls, written: Mapping[str, str]) -> Self:
        """Return what `written` returned; other names in it are left alone."""
        given = {part.name: written.get(part.name) for part in fields(cls)}
        state = given.pop("state")
        return cls(**given, state=State(state) if state else None)

    def written(self) -> dict[str, str]:
        """Return the parts that were given, by name."""
        parts = ((part.name, getattr(self, part.name)) for part in fields(self))
        return {name: str(value) for name, value in parts if value}

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was given."""
        return not self.written()

    @property
    def line(self) -> str:
        """What was given, on one line: `3/12 Smith St, Geelong VIC 3220`."""
        place = " ".join(filter(None, (self.suburb, self.state, self.postcode)))
        return ", ".join(filter(None, (self.box or self.street_line, place)))

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that were not given."""
        needed = tuple(Part)[2:] if self.box else tuple(Part)
        return tuple(part for part in needed if not getattr(self, part.value))

    def over(self, earlier: "PostalAddress") -> "PostalAddress":
        """Return this address with what it does not give taken from one given earlier.

        Another suburb takes the postcode and state of the earlier one along only where they fit,
        another door in another street takes no unit along.
        """
        if self.box:
            earlier = replace(earlier, unit=None, number=None, street=None)
        elif self.street or self.number:
            earlier = replace(earlier, box=None)
        if self.street and self.number and spelt(self.street) != spelt(earlier.street or ""):
            earlier = replace(earlier, unit=None)
        if self.suburb and earlier.suburb and spelt(self.suburb) != spelt(earlier.suburb):
            earlier = _with_what_fits(earlier, self.suburb)
        return PostalAddress.read({**earlier.written(), **self.written()})

    def with_known_state(self) -> "PostalAddress":
        """Return this address with the state that follows from suburb and postcode, if one does."""
        if self.state or not (self.suburb and self.postcode):
            return self
        states = {
            place.state
            for place in localities_named(self.suburb)
            if place.postcode == self.postcode
        }
        return replace(self, state=states.pop()) if len(states) == 1 else self

    def is_same_place(self, other: "PostalAddress") -> bool:
        """Say whether both name the same door, as far as both are given."""
        mine, theirs = _door(self), _door(other)
        if not mine or mine != theirs:
            return False
        pairs = ((self.suburb, other.suburb), (self.postcode, other.postcode))
        return all(not a or not b or spelt(a) == spelt(b) for a, b in pairs)

    @property
    def street_line(self) -> str:
        """Unit, number and street, as far as they were given."""
        door = self.number or ""
        if self.unit and self.number:
            apart = "/" if self.unit.startswith("Unit ") or " " not in self.unit else ", "
            door = f"{self.unit}{apart}{self.number}"
        elif self.unit:
            door = self.unit
        return " ".join(filter(None, (door, self.street)))


_SHORT: Final = {
    "street": "st", "road": "rd", "avenue": "ave", "av": "ave", "drive": "dr", "drv": "dr",
    "court": "ct", "crt": "ct", "crescent": "cres", "cr": "cres", "place": "pl", "parade": "pde",
    "highway": "hwy", "lane": "ln", "terrace": "tce", "boulevard": "blvd", "close": "cl",
    "esplanade": "esp", "circuit": "cct", "square": "sq", "grove": "gr", "parkway": "pkwy",
}  # fmt: skip


def _door(address: PostalAddress) -> str:
    """Return the door in one spelling; empty where number or street were not given."""
    line = address.box or (address.street_line if address.number and address.street else "")
    words = re.sub(r"\b(?:unit|u|no)\b", " ", spelt(line)).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _with_what_fits(earlier: PostalAddress, suburb: str) -> PostalAddress:
    """Return an address without its suburb; postcode and state stay where this one has them too."""
    places = localities_named(suburb)
    fits = [place for place in places if earlier.postcode in (None, place.postcode)]
    return replace(
        earlier,
        suburb=None,
        postcode=earlier.postcode if fits else None,
        state=earlier.state if any(place.state is earlier.state for place in fits) else None,
    )


def same_street_types(word: str) -> frozenset[str]:
    """Return the other ways to write a street type: "st" for "street"; nothing for other words."""
    short = _SHORT.get(word.casefold(), word.casefold())
    return frozenset({short, *(long for long, one in _SHORT.items() if one == short)} - {word})


def known_suburb(name: str) -> str | None:
    """Return the name of a suburb or town as it is listed, however it is written; None if none."""
    key = spelt(name)
    if state_named(key) is not None:
        return None
    places = localities_named(NICKNAMES.get(key, key))
    return places[0].name if places else None


def titled(words: str) -> str:
    """Return a name with capital letters where it was typed without, or in nothing else."""
    return " ".join(
        "-".join("'".join(_capital(bit) for bit in part.split("'")) for part in word.split("-"))
        if word.islower() or word.isupper()
        else word
        for word in words.replace("\n", " ").split()
    )


def _capital(bit: str) -> str:
    if bit.isupper() and len(bit) == 1:
        return bit
    return bit.capitalize() if len(bit) > 1 or bit.isalpha() else bit
