"""Digits that are something else: payment cards, prices, dates, times and quantities."""

import re
from typing import Final

from support.identifiers.folding import blank_out

_ALONE: Final = r"(?<![\w.,/+-])"
_ENDS: Final = r"(?!\w|[./:-]?\d)"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR: Final = r"(?:20\d{2}|\d{2})"
_UNITS: Final = (
    r"(?:x|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|months?|years?|items?|parcels?|packages?"
    r"|boxes|orders?|times|am|pm|kg|cm|mm|pcs?|%|percent|business|working)"
)
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ALONE}\d{{4}}([ -])\d{{4}}\1\d{{4}}\1\d{{4}}(?!\d)",
        r"(?:[$\u20ac\u00a3]|\b(?:aud|nzd)\b)\s?\d[\d,]*(?:\.\d+)?",
        rf"{_ALONE}\d[\d,]*(?:\.\d{{1,2}})?\s?(?:dollars|bucks|aud)\b",
        rf"{_ALONE}(?:{_DAY}([ ./-]){_MONTH}\1{_YEAR}|{_MONTH}([ ./-]){_DAY}\2{_YEAR}){_ENDS}",
        rf"{_ALONE}20\d{{2}}([./-]){_MONTH}\1{_DAY}(?:t\d{{2}}:\d{{2}}\S*)?(?!\d)",
        rf"{_ALONE}\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?[ap]m)?(?!\d)",
        rf"{_ALONE}\d{{1,2}}\s?{_UNITS}(?!\w)",
    )
)


def without_noise(text: str) -> str:
    """Return the text with cards, prices, dates, times and quantities blanked out."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            text = blank_out(text, match.start(), match.end())
    return text
