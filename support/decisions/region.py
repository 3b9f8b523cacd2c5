"""Which delivery region a place lies in: metro, regional or remote.

Regions are the retailer's own where it gives them by postcode, else the remoteness of the locality.
A postcode can hold localities of several regions; then the suburb settles it, or all of them are
possible and it is said to be so.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from support.places.localities import (
    Locality,
    Remoteness,
    localities_named,
    localities_of,
)
from support.places.nicknames import NICKNAMES
from support.places.regions import Regions
from support.places.spelling import spelt
from support.places.states import State, state_named

_DIGITS: Final = 4
_MEANT: Final = MappingProxyType({"perth": State.WA})
"""Capitals whose name another state has, too: nobody means Perth in Tasmania without saying so."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place as somebody wrote it, in any of the parts of an address."""

    suburb: str | None = None
    state: str | None = None
    postcode: str | None = None

    @property
    def spoken(self) -> str:
        """The place as it is said: `Dubbo NSW 2830`."""
        return " ".join(filter(None, (self.suburb, self.state, self.postcode)))


@dataclass(frozen=True, slots=True)
class Destination:
    """The regions and states that a place may lie in; several regions mean that it is ambiguous.

    There is at least one region, nearest first. `states` is empty where none is known.
    """

    regions: tuple[Remoteness, ...]
    states: frozenset[State]


def destination_of(place: PlaceName, regions: Regions) -> Destination | None:
    """Return where a place lies; None where it is unknown, or its parts contradict each other."""
    postcode = _postcode(place.postcode)
    state = state_named(place.state) if place.state else None
    if not (state or postcode):
        state = _MEANT.get(spelt(place.suburb or ""))
    found = _of_postcode(postcode, place.suburb) if postcode else _of_suburb(place.suburb)
    meant = [one for one in found if state in (None, one.state)]
    if found and not meant:
        return None
    possible: set[Remoteness | None] = {regions.get(one.postcode, one.remoteness) for one in meant}
    if postcode and postcode in regions:
        possible = {regions[postcode]}
    nearest_first = tuple(region for region in Remoteness if region in possible)
    states = {one.state for one in meant}
    if state is not None:
        states = {state}
    return Destination(nearest_first, frozenset(states)) if nearest_first else None


def _postcode(written: str | None) -> str | None:
    """Return a postcode in four digits: systems that keep numbers write 800 for 0800."""
    digits = (written or "").strip()
    return digits.zfill(_DIGITS) if digits else None


def _of_postcode(postcode: str, suburb: str | None) -> tuple[Locality, ...]:
    """Return the suburb in this postcode; all of the postcode's places where it names none.

    A parcel goes by its postcode, so a suburb that is misspelt or not listed changes nothing.
    """
    named = tuple(one for one in _of_suburb(suburb) if one.postcode == postcode and one.remoteness)
    return named or localities_of(postcode)


def _of_suburb(suburb: str | None) -> tuple[Locality, ...]:
    name = spelt(suburb or "")
    return localities_named(NICKNAMES.get(name, name)) if name else ()
