"""Australian postcodes, where somebody says that it is one.

Four bare digits are as often a year, a price or a house number, so a postcode needs the word, a
state or its own suburb beside it, or nothing else in the message, or it is where something is
delivered to ("how long is delivery to 3220").
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from support.places.localities import localities_of
from support.places.suburbs import suburbs_in

_STATES: Final = (
    r"(?:vic|nsw|qld|wa|sa|tas|act|nt|victoria|new south wales|queensland|western australia"
    r"|south australia|tasmania|northern territory)"
)
_PATTERN: Final = re.compile(
    rf"(?:\b(?:post\s?-?code|p/?code|zip(?:\s?code)?)\b(?:\s+(?:is|was)\b)?[\s:=#]*|\b{_STATES}[\s,.]+)"
    r"(?P<before>\d{4})(?!\w|[.,:/-]\d)"
    rf"|(?<![\w$./:-])(?P<after>\d{{4}})(?=[\s,]+(?:{_STATES}\b|is\s+(?:my|the)\s+post\s?code))",
    re.IGNORECASE,
)


_BARE: Final = re.compile(r"(?<![\w$./:#-])\d{4}(?!\w|[.,:/-]\d)")
_NOTHING_ELSE: Final = re.compile(
    r"(?:[\s.,!]|\b(?:it|its|it's|is|hi|yes|please|pls|thanks|thank you|ta)\b)*", re.IGNORECASE
)
_DELIVERED_TO: Final = re.compile(
    r"\b(?:deliver\w*|ship\w*|send\w*|sent|post(?:age)?|express|standard|transit|eta|estimate\w*"
    r"|takes?|taking|arriv\w*|reach\w*|days?|quick\w*|fast\w*|how\s+long)\b[^.?!]*"
    r"(?<!\d)\s(?:to|for)\s+$",
    re.IGNORECASE,
)
_REACH: Final = 80
_AFTER_DESTINATION: Final = re.compile(
    r"\s*(?:$|[?!,.;)]|(?:please|pls|plz|thanks|thank|thx|ta|takes?|from|by|with|and|if|post|area"
    r"|at|usually|normally|these|atm|now|today)\b)",
    re.IGNORECASE,
)


class FoundPostcode(NamedTuple):
    """A postcode and where it stands in the folded text."""

    value: str
    start: int
    end: int


def postcodes_in(text: str) -> Iterator[FoundPostcode]:
    """Yield the postcodes in a folded text; the number is within Australia's ranges (0200-9999)."""
    for match in _PATTERN.finditer(text):
        group = "before" if match["before"] else "after"
        if int(match[group]) >= 200:  # noqa: PLR2004 - the lowest Australian postcode
            yield FoundPostcode(match[group], match.start(group), match.end(group))
    yield from _listed_postcodes(text)


def _listed_postcodes(text: str) -> Iterator[FoundPostcode]:
    """Yield the postcodes that exist and stand beside their suburb, as a destination, or alone."""
    bare = [match for match in _BARE.finditer(text) if localities_of(match[0])]
    if not bare:
        return
    beside_suburb = {suburb.postcode for suburb in suburbs_in(text)}
    for match in bare:
        rest = text[: match.start()] + text[match.end() :]
        alone = _NOTHING_ELSE.fullmatch(rest)
        if match[0] in beside_suburb or alone or _is_destination(text, match):
            yield FoundPostcode(match[0], match.start(), match.end())


def _is_destination(text: str, match: re.Match[str]) -> bool:
    before = _DELIVERED_TO.search(text[max(0, match.start() - _REACH) : match.start()])
    return before is not None and _AFTER_DESTINATION.match(text, match.end()) is not None
