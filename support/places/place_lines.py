"""Suburb, state and postcode, in whatever order they follow a street, or alone in an answer."""

import re
from dataclasses import replace
from typing import Final, NamedTuple

from support.identifiers.postcodes import postcodes_in
from support.places.localities import localities
from support.places.postal_address import PostalAddress, known_suburb, titled
from support.places.states import STATE, State, state_named
from support.places.suburbs import suburbs_in

_GAP: Final = re.compile(r"(?:[\s,.;:()/-]|\b(?:in|at|suburb|australia)\b)*", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W\d_][^\W\d_'-]*(?:['-][^\W\d_]+)*")
_WITHIN_NAME: Final = re.compile(r"\.?[ -]{1,2}")
_STATE: Final = re.compile(rf"({STATE})\b\.?", re.IGNORECASE)
_POSTCODE: Final = re.compile(
    r"(?<![\w$./#-])(?:(?:post\s?-?code|p/?code|pc)(?:\s+(?:is|was))?[\s:=#]*)?(\d{4})"
    r"(?![\w/]|[.,-]\d|\s\d{3}\s\d{3}\b)",
    re.IGNORECASE,
)
_OTHER_WORDS: Final = """
a actually address and are as asap but can cant cheers could do for from hello help hey hi how i if
instead is it its just mate me my name no not number of ok on or order ordered parcel please pls plz
rather sent so sorry ta thank thanks that the then there they this to today tomorrow u unit urgent
was we what when where which who why will with would yes you your
"""
_NO_SUBURB: Final = frozenset(_OTHER_WORDS.split())
_FILLER: Final = re.compile(
    r"\b(?:it'?s|it\s+is|is|in|the|a|an|my|suburb|town|city|state|post\s?-?code|postcode|and|yes|yep"
    r"|yeah|no|nope|sorry|please|pls|plz|thanks|thank\s+you|ta|cheers|hi|hello|hey|oh|ok|okay|of|so"
    r"|that'?s|that|would|be|should|sure|australia|at|actually|mate|for|address|not\s+sure)\b|[^\w'\s-]",
    re.IGNORECASE,
)
_ALSO_WORDS: Final = frozenset({"act", "sa", "wa", "nt"})
_SHORT_ANSWER: Final = 6
_LONGEST_UNKNOWN: Final = 3
_NOTHING: Final = PostalAddress()


class PlaceLine(NamedTuple):
    """Suburb, state and postcode as far as they are given, and where they end."""

    address: PostalAddress
    end: int


def place_line_at(text: str, start: int) -> PlaceLine:
    """Return what follows a street that ends at `start`."""
    found, place = _NOTHING, start
    while True:
        place_of_part = _gap(text, place)
        part = _part_at(text, place_of_part, found)
        if part is None:
            return PlaceLine(found, place)
        found, place = part


def place_in(text: str, *, suburb_asked: bool = False) -> PostalAddress:
    """Return suburb, state and postcode wherever they stand in a text, as far as it says them.

    In a short answer bare digits are a postcode and bare words a suburb, if one is listed. Where
    the suburb was asked for, an unlisted one is taken too: then it can be said to be not known.
    """
    short = len(text.split()) <= _SHORT_ANSWER
    suburbs = list(suburbs_in(text))
    found = PostalAddress(
        suburb=suburbs[-1].name if suburbs else None,
        postcode=_postcode_in(text, short=short),
        state=next((state for state in _states_in(text, short=short)), None),
    )
    if found.suburb or not short:
        return found
    return replace(found, suburb=_bare_suburb(text, unlisted=suburb_asked))


def _part_at(text: str, place: int, found: PostalAddress) -> PlaceLine | None:
    """Return the address with one part more, which stands at a place."""
    state, postcode = _STATE.match(text, place), _POSTCODE.match(text, place)
    if postcode and not found.postcode:
        return PlaceLine(replace(found, postcode=postcode[1]), postcode.end())
    if not found.suburb:
        named = listed_suburb(text, place) or (None if state else _unlisted(text, place))
        if named:
            return PlaceLine(replace(found, suburb=named[0]), named[1])
    if state and not found.state:
        return PlaceLine(replace(found, state=state_named(state[1])), state.end())
    return None


def listed_suburb(text: str, place: int) -> tuple[str, int] | None:
    """Return the longest name of a suburb that begins at a place or a gap on, and its end."""
    place = _gap(text, place)
    words = _words_from(text, place, localities().longest_name)
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        name = known_suburb(text[place:end])
        if name and text[place:end].casefold() not in _NO_SUBURB:
            return name, end
    return None


def _unlisted(text: str, place: int) -> tuple[str, int] | None:
    """Return words that stand where a suburb does, up to a state, a postcode or the line's end."""
    words = _words_from(text, place, _LONGEST_UNKNOWN + 1)
    for count, word in enumerate(words):
        if count and _STATE.fullmatch(word[0]):
            words = words[:count]
            break
    if not 0 < len(words) <= _LONGEST_UNKNOWN or words[0].start() != place:
        return None
    if any(word[0].casefold() in _NO_SUBURB for word in words):
        return None
    end = words[-1].end()
    return titled(text[place:end]), end


def _words_from(text: str, place: int, most: int) -> list[re.Match[str]]:
    """Return the words from a place on that have nothing but a gap of a name between them."""
    words: list[re.Match[str]] = []
    while len(words) < most:
        word = _WORDS.match(text, place)
        if word is None:
            break
        words.append(word)
        gap = _WITHIN_NAME.match(text, word.end())
        if gap is None:
            break
        place = gap.end()
    return words


def _gap(text: str, place: int) -> int:
    gap = _GAP.match(text, place)
    return gap.end() if gap else place


def _postcode_in(text: str, *, short: bool) -> str | None:
    """Return the last postcode: bare digits only in a short answer, or beside what explains them.

    Elsewhere they may be a year.
    """
    if not short:
        return next((found.value for found in reversed(list(postcodes_in(text)))), None)
    return next((match[1] for match in reversed(list(_POSTCODE.finditer(text)))), None)


def _states_in(text: str, *, short: bool) -> list[State]:
    """Return the states named, the last first; "act" and "sa" only in capitals, or alone."""
    found = [match[1] for match in re.finditer(rf"\b({STATE})\b", text, re.IGNORECASE)]
    named = [one for one in found if short or one not in _ALSO_WORDS]
    return [state for one in reversed(named) if (state := state_named(one))]


def _bare_suburb(text: str, *, unlisted: bool) -> str | None:
    """Return the suburb that is left when postcode, state and small talk are taken away."""
    left = _POSTCODE.sub(" ", text)
    left = re.sub(rf"\b{STATE}\b", " ", left, flags=re.IGNORECASE)
    left = " ".join(_FILLER.sub(" ", left).split())
    listed = known_suburb(left) if left else None
    if listed or not unlisted:
        return listed
    words = left.casefold().split()
    if not 0 < len(words) <= _LONGEST_UNKNOWN or not all(map(_WORDS.fullmatch, words)):
        return None
    return titled(left) if not _NO_SUBURB.intersection(words) else None
