"""Which of several listed things somebody picks: "the second one", "both", "the older one"."""

import re
from collections.abc import Iterator
from typing import Final

from support.mentions.carriers import carriers_in
from support.mentions.choices import choices_in

_LOOSE: Final = {
    "1": r"\b(?:first|former|(?:parcel|order) (?:1|one))\b",
    "2": r"\b(?:second|latter|(?:parcel|order) (?:2|two))\b",
    "3": r"\b(?:third|(?:parcel|order) (?:3|three))\b",
    "oldest": r"\b(?:old|before that)\b",
    "newest": r"\bnew\b",
    "last": r"\b(?:last|bottom)\b",
    "all": r"\b(?:the lot|all|each)\b",
}
"""What picks something only where it is known that something is picked."""

_PATTERNS: Final = {value: re.compile(words, re.IGNORECASE) for value, words in _LOOSE.items()}
_PICKS_NOTHING: Final = re.compile(
    r"\bnot\s+(?:the|my|your)\s+\w+|\b(?:second|2nd|third|3rd)[ -](?:to[ -])?last\b", re.IGNORECASE
)
_FROM: Final = re.compile(
    r"\b(?:one|parcel|package|order|box)s?\b.{0,20}\b(?:from|with|by|via|at|through)\b"
    r"|^\W*(?:the\s+)?[\w\s]{3,20}\s+(?:one|parcel|package)\W*$",
    re.IGNORECASE,
)
_EARLIER: Final = re.compile(
    r"\b(?:orders?|back|previous|before|original|earlier|i\s+(?:gave|told|said|sent|asked))\b",
    re.IGNORECASE,
)
_EVERY: Final = frozenset({"both", "all"})


def picked(
    text: str, count: int, *, current: int | None = None, newest_first: bool = False
) -> tuple[int, ...]:
    """Return the picked places of a list, from 0; none where the words pick nothing in it.

    `current` is the place that was spoken of last, which "the other one" is not.
    """
    values = [found.value for found in choices_in(text)] or list(_loosely(text))
    if _EVERY.intersection(values):
        return tuple(range(count))
    if "other" in values:
        return tuple(place for place in range(count) if place != (current or 0))
    places = (_place(value, count, newest_first=newest_first) for value in values)
    return tuple(dict.fromkeys(place for place in places if place in range(count)))


def picked_earlier(text: str, count: int, *, current: int | None, parcels: int) -> int | None:
    """Return which of the orders told about is picked, from 0; None where it is the current one.

    `current` is None while another order is spoken of that could not be told about. What could as
    well be a parcel of the current order is none of them: "the second one".
    """
    names_orders = _EARLIER.search(text) is not None
    if current is not None and parcels > 1 and not names_orders:
        return None
    places = picked(text, count, current=count if current is None else current)
    if not places and names_orders:
        places = ((current or count) - 1,)
    return next((place for place in reversed(places) if place != current), None)


def picks_by_carrier(text: str) -> bool:
    """Say whether words pick something by who brings it: "the one from startrack"."""
    return _FROM.search(text) is not None and any(True for _ in carriers_in(text))


def _loosely(text: str) -> Iterator[str]:
    rest = _PICKS_NOTHING.sub(" ", text)
    for value, pattern in _PATTERNS.items():
        if pattern.search(rest):
            yield value
            return


def _place(value: str, count: int, *, newest_first: bool) -> int:
    """Return a place, which may lie outside the list."""
    ends = {"last": count - 1}
    ends["newest"], ends["oldest"] = (0, count - 1) if newest_first else (count - 1, 0)
    return int(value) - 1 if value.isdigit() else ends.get(value, -1)
