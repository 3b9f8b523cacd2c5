"""Suburbs and towns in what somebody typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from support.identifiers.addresses import FoundAddress, addresses_in
from support.places.evidence import NameInText
from support.places.localities import Locality, LocalityTable, localities
from support.places.nicknames import NICKNAMES
from support.places.spelling import spelt
from support.places.states import State

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|'(?=[^\W\d_]))*")
_WITHIN_NAME: Final = re.compile(r"\. ?|[ -]{1,2}")
_AFTER_ADDRESS: Final = re.compile(r"[\s,.]*")
_FIRST_WORDS: Final = frozenset(name.split()[0] for name in NICKNAMES)


@dataclass(frozen=True, slots=True)
class FoundSuburb:
    """A suburb or town, and where it stands in the folded text.

    `name` is the place's own, whatever was typed. `postcode` is the one typed beside it. `state` is
    typed, or the only one that has such a place.
    """

    name: str
    start: int
    end: int
    state: State | None
    postcode: str | None


def suburbs_in(text: str, table: LocalityTable | None = None) -> Iterator[FoundSuburb]:
    """Yield the suburbs and towns that a folded text names, by the rule in `evidence.py`."""
    table = table or localities()
    addresses = list(addresses_in(text))
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        name, used = _longest_name(text, words, place, addresses, table)
        if name:
            yield _found(name)
        place += used


def _longest_name(
    text: str,
    words: list[re.Match[str]],
    place: int,
    addresses: list[FoundAddress],
    table: LocalityTable,
) -> tuple[NameInText | None, int]:
    """Return the longest name of a place that begins with a word, and how many words are used."""
    first = spelt(words[place][0])
    if first not in table.first_words and first not in _FIRST_WORDS:
        return None, 1
    start = words[place].start()
    if any(address.start <= start < address.end for address in addresses):
        return None, 1
    follows = any(_follows(text, address, start) for address in addresses)
    for count in range(_words_together(text, words, place, table.longest_name), 0, -1):
        end = words[place + count - 1].end()
        key = spelt(text[start:end])
        name = NameInText(text, start, end, key, _places(key, table), follows)
        if name.places and name.means_place:
            return name, count
    return None, 1


def _words_together(text: str, words: list[re.Match[str]], place: int, most: int) -> int:
    """Return how many words from a place on have nothing but a gap of a name between them."""
    count = 1
    while count < most and place + count < len(words):
        left, right = words[place + count - 1], words[place + count]
        if not _WITHIN_NAME.fullmatch(text, left.end(), right.start()):
            break
        count += 1
    return count


def _places(key: str, table: LocalityTable) -> tuple[Locality, ...]:
    return table.named(NICKNAMES.get(key, key))


def _follows(text: str, address: FoundAddress, start: int) -> bool:
    return address.end <= start and bool(_AFTER_ADDRESS.fullmatch(text, address.end, start))


def _found(name: NameInText) -> FoundSuburb:
    meant = [
        place
        for place in name.places
        if name.postcode in (None, place.postcode) and name.state in (None, place.state)
    ]
    states = {place.state for place in meant}
    return FoundSuburb(
        name=name.places[0].name,
        start=name.start,
        end=name.end,
        state=name.state or (states.pop() if len(states) == 1 else None),
        postcode=name.postcode,
    )
