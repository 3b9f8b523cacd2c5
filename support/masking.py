"""Personal data hidden, wholly (logs, lines kept for review) or in part (read back)."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from support.identifiers.addresses import addresses_in
from support.identifiers.extract import (
    DEFAULT_ORDER_NUMBER_PATTERN,
    LONGEST_TEXT,
    candidates_in,
)
from support.identifiers.folding import FoldedText
from support.identifiers.names import names_in

_SHOWN_DIGITS: Final = 3
_OTHER_LONG_NUMBER: Final = re.compile(r"\d(?:[ -]?\d){5,}")
_CARD: Final = re.compile(r"(?<![\w-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w-])")
_HIDDEN: Final = "\u2022"


class _Hidden(NamedTuple):
    start: int
    end: int
    kind: str


def masked(
    text: str,
    *,
    order_number_pattern: str = DEFAULT_ORDER_NUMBER_PATTERN,
    readable: Collection[str] = (),
) -> str:
    """Return the text with personal data replaced by its kind: `[email]`, `[order_number]`, ...

    Besides the identifiers these are `[address]`, `[name]` and `[number]`, which is any other run
    of six digits or more. Names and addresses are found by the words around them, so one that
    stands alone stays. A text longer than is looked at is cut. What is of a `readable` kind stays.
    """
    text = text[:LONGEST_TEXT]
    parts, end_of_last = [], 0
    for hidden in _joined(_personal_data(text, order_number_pattern)):
        if hidden.kind in readable:
            continue
        parts += [text[end_of_last : hidden.start], f"[{hidden.kind}]"]
        end_of_last = hidden.end
    return "".join([*parts, text[end_of_last:]])


def without_cards(text: str) -> str:
    """Return the text with `[card]` for each number that can be a payment card's."""
    return _CARD.sub(lambda found: "[card]" if _is_card(found.group()) else found.group(), text)


def mask_number(number: str) -> str:
    """Return a number with only its last three characters readable: `......341`."""
    hidden = max(len(number) - _SHOWN_DIGITS, 0)
    return _HIDDEN * hidden + number[hidden:]


def mask_email(email: str) -> str:
    """Return an address with only its first letter and its domain readable: `s...@example.com`."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}{_HIDDEN * 3}@{domain}"


def _is_card(written: str) -> bool:
    """Say whether the check digit is a card's (ISO/IEC 7812-1, annex B)."""
    digits = [int(one) for one in reversed(written) if one.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _personal_data(text: str, order_number_pattern: str) -> Iterator[_Hidden]:
    for found in candidates_in(text, order_number_pattern=order_number_pattern):
        yield _Hidden(found.start, found.end, str(found.kind))
    folded = FoldedText.of(text)
    for address in addresses_in(folded.text):
        yield _Hidden(*folded.original_span(*address), "address")
    for name in names_in(folded.text):
        yield _Hidden(*folded.original_span(*name), "name")
    for number in _OTHER_LONG_NUMBER.finditer(folded.text):
        yield _Hidden(*folded.original_span(*number.span()), "number")


def _joined(found: Iterable[_Hidden]) -> Iterator[_Hidden]:
    """Yield what is found from left to right; what overlaps is hidden as one, by its first kind."""
    current: _Hidden | None = None
    for hidden in sorted(found, key=lambda hidden: (hidden.start, hidden.kind == "number")):
        if current is not None and hidden.start < current.end:
            current = current._replace(end=max(current.end, hidden.end))
            continue
        if current is not None:
            yield current
        current = hidden
    if current is not None:
        yield current
