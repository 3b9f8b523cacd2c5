"""Street addresses, post boxes and parcel lockers, as far as their own words give them away.

Street types are those of AS/NZS 4819 that are in common use, with their usual abbreviations.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

STREET_TYPES: Final = (
    r"(?:alley|arcade|avenue|ave?|boulevarde?|blvd|bvd|cct|circuit|cir|circle|close|cl|court|crt|ct"
    r"|crescent|cres|cr|drive|drv?|esplanade|esp|gardens|gdns|grove|gr|highway|hwy|lane|ln|loop"
    r"|mews|parade|pde|parkway|pkwy|place|pl|promenade|quay|road|rd|rise|row|square|sq|street|str?"
    r"|terrace|tce|track|walk|way)"
)
"""A pattern for the last word of a street's name; to be used with IGNORECASE."""

_UNIT: Final = r"(?:(?:unit|u|apartment|apt|flat|shop|suite|level|lvl|lot)\s?\d+\w?\s*[,/]?\s*)"
# Words that stand between a number and "way", "close" or "drive" where no street is meant.
_NO_STREET: Final = (
    r"(?!(?:hours?|hrs?|days?|weeks?|wks?|months?|years?|minutes?|mins?|times?|business|working"
    r"|people|parcels?|orders?|items?|am|pm|the|a|an|and|or|of|to|in|on|at|is|was|it|so|no|not"
    r"|my|your|i|you|we|they|from|for|by|with|that|this|but|still|x|km|kms|kg|cm|mm|pack|pcs?)\b)"
)
_STREET_WORD: Final = rf"{_NO_STREET}[a-z][a-z'-]{{0,20}}"
_HOUSE: Final = r"(?:\d{1,5}[a-z]?\s?[/-]\s?)?\d{1,5}[a-z]?"
_NUMBER: Final = r"\s*(?:no\.?\s*|number\s*|#)?"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w$.])(?:{_UNIT})?{_HOUSE},?\s+(?:{_STREET_WORD}\s+){{1,3}}{STREET_TYPES}\b(?!')",
        rf"(?<!\w)(?:g\.?p\.?o\.?|p\.?\s?o\.?)\s?box{_NUMBER}\d{{1,6}}(?!\w)",
        rf"(?<!\w)(?:locked|private)\s+bag{_NUMBER}\d{{1,6}}(?!\w)",
        rf"(?<!\w)parcel\s+locker{_NUMBER}\d{{4,12}}(?!\w)",
    )
)


class FoundAddress(NamedTuple):
    """Where an address stands in the folded text."""

    start: int
    end: int


def addresses_in(text: str) -> Iterator[FoundAddress]:
    """Yield the street addresses, post boxes and parcel lockers in a folded text.

    Suburb, state and postcode behind a street are not part of it.
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield FoundAddress(*match.span())
