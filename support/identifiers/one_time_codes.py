"""One-time codes of six digits, as people type them: "482913", "its 482 913", "code: 482-913"."""

import re
from typing import Final

from support.identifiers.extract import LONGEST_TEXT, candidates_in
from support.identifiers.folding import FoldedText, blank_out
from support.identifiers.models import IdentifierKind

_TOGETHER: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")
_APART: Final = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){5}(?![ .-]?\d)")
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


def _without_other_numbers(text: str) -> str:
    folded = bare = FoldedText.of(text[:LONGEST_TEXT]).text
    for found in candidates_in(folded):
        if found.kind in _SOMETHING_ELSE:
            bare = blank_out(bare, found.start, found.end)
    return bare
