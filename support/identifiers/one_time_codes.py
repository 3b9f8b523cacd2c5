"""One-time codes of six digits, as people type them: "482913", "its 482 913", "code: 482-913"."""

import re
from typing import Final

from support.identifiers.extract import LONGEST_TEXT, candidates_in
from support.identifiers.folding import FoldedText, blank_out
from support.identifiers.models import IdentifierKind

_TOGETHER: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")
_APART: Final = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){5}(?![ .-]?\d)")
_TO_HIDE: Final = re.compile(r"(?<!\d)(?<!\b[A-Za-z])\d{3}[ -]?\d{3}(?!\d)")
"""Six digits in one or two groups; after a single letter they are a case's reference."""

_OTHER_LENGTH: Final = re.compile(r"\D{0,20}\d(?:[ .-]?\d){2,8}\D{0,20}")
_SOMETHING_ELSE: Final = frozenset(
    {
        IdentifierKind.ORDER_NUMBER,
        IdentifierKind.TRACKING_NUMBER,
        IdentifierKind.EMAIL,
        IdentifierKind.PHONE,
    }
)


def code_in(text: str) -> str | None:
    """Return the code that a text gives, the last one of several; None where it gives none.

    Phone, order and tracking numbers are none, and no part of one is.
    """
    bare = _without_other_numbers(text)
    found = _TOGETHER.findall(bare) or _APART.findall(bare)
    return re.sub(r"\D", "", found[-1]) if found else None


def is_code_of_other_length(text: str) -> bool:
    """Say whether a text is little more than a number that has too few or too many digits."""
    bare = _without_other_numbers(text)
    return code_in(text) is None and _OTHER_LENGTH.fullmatch(bare) is not None


def codes_to_hide(text: str) -> list[tuple[int, int]]:
    """Return where codes may stand in a text. Phone, order and tracking numbers are none."""
    folded = FoldedText.of(text[:LONGEST_TEXT])
    found = _TO_HIDE.finditer(_without_other_numbers(text))
    return [folded.original_span(*one.span()) for one in found]


def without_codes(text: str, instead: str) -> str:
    """Return the text with `instead` in the place of whatever may be a code."""
    for start, end in reversed(codes_to_hide(text)):
        text = text[:start] + instead + text[end:]
    return text


def _without_other_numbers(text: str) -> str:
    folded = bare = FoldedText.of(text[:LONGEST_TEXT]).text
    for found in candidates_in(folded):
        if found.kind in _SOMETHING_ELSE:
            bare = blank_out(bare, found.start, found.end)
    return bare
