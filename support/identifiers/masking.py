"""Identifiers hidden, wholly (logs, training data) or in part (read back to the customer)."""

import re
from typing import Final

from support.identifiers.extract import (
    DEFAULT_ORDER_NUMBER_PATTERN,
    LONGEST_TEXT,
    candidates_in,
)

_SHOWN_DIGITS: Final = 3
_OTHER_LONG_NUMBER: Final = re.compile(r"\d(?:[ -]?\d){5,}")


def mask_text(text: str, *, order_number_pattern: str = DEFAULT_ORDER_NUMBER_PATTERN) -> str:
    """Return the text with each identifier replaced by its kind: `<order_number>`, `<email>`, ...

    Other runs of six digits or more become `<number>`. A text longer than is looked at is cut.
    """
    text = text[:LONGEST_TEXT]
    found = candidates_in(text, order_number_pattern=order_number_pattern)
    parts, end_of_last = [], 0
    for identifier in found:
        parts += [_hide_numbers(text[end_of_last : identifier.start]), f"<{identifier.kind}>"]
        end_of_last = identifier.end
    return "".join([*parts, _hide_numbers(text[end_of_last:])])


def mask_number(number: str) -> str:
    """Return a number with only its last three characters readable: `......341`."""
    hidden = max(len(number) - _SHOWN_DIGITS, 0)
    return "\u2022" * hidden + number[hidden:]


def mask_email(email: str) -> str:
    """Return an address with only its first letter and its domain readable: `s...@example.com`."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}\u2022\u2022\u2022@{domain}"


def _hide_numbers(text: str) -> str:
    return _OTHER_LONG_NUMBER.sub("<number>", text)
