"""Australian postcodes, where somebody says that it is one.

Four bare digits are as often a year, a price or a house number, so a postcode needs the word or a
state beside it.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

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
