"""Every identifier in what somebody typed."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from support.identifiers.emails import emails_in
from support.identifiers.folding import BLANK, FoldedText, blank_out
from support.identifiers.labels import is_called_another_order, is_called_order, label_goes_on
from support.identifiers.models import Identifier, IdentifierKind
from support.identifiers.noise import without_noise
from support.identifiers.numbers import compound_order_numbers_in, numbers_in, order_number_of
from support.identifiers.postcodes import postcodes_in
from support.identifiers.tracking_numbers import tracking_numbers_in

DEFAULT_ORDER_NUMBER_PATTERN: Final = r"[A-Z]{0,3}\d{8,12}"
"""What an order number looks like where nothing is configured. The real format is not public."""

LONGEST_TEXT: Final = 10_000
"""Characters of a text that are looked at; what customers may send is shorter."""

_Hit = tuple[IdentifierKind, str, int, int, bool]


def identifiers_in(
    text: str, *, order_number_pattern: str = DEFAULT_ORDER_NUMBER_PATTERN
) -> tuple[Identifier, ...]:
    """Return the identifiers in a text, in the order they stand in, none overlapping another.

    `order_number_pattern` is a regular expression for a whole order number in upper case. Digits
    that could be a phone or an order number are what the words beside them say, else a phone where
    they have a phone's shape. Where one order number is called so, those that are not are left out,
    unless it is called another one.
    Only the first `LONGEST_TEXT` characters are looked at.
    """
    folded = FoldedText.of(text[:LONGEST_TEXT])
    hits = _called_so(folded.text, _sorted_hits(folded.text, order_number_pattern))
    return tuple(_identifier(folded, hit) for hit in hits)


def candidates_in(
    text: str, *, order_number_pattern: str = DEFAULT_ORDER_NUMBER_PATTERN
) -> tuple[Identifier, ...]:
    """Return the same as `identifiers_in`, order numbers that may be something else included."""
    folded = FoldedText.of(text[:LONGEST_TEXT])
    hits = _sorted_hits(folded.text, order_number_pattern)
    return tuple(_identifier(folded, hit) for hit in hits)


def _sorted_hits(text: str, order_number_pattern: str) -> list[_Hit]:
    return sorted(_hits(text, _compiled(order_number_pattern)), key=lambda hit: hit[2])


def _called_so(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Return the hits without unlabelled order numbers, where another one is labelled."""
    labelled: set[_Hit] = set()
    end_of_labelled: int | None = None
    for hit in hits:
        kind, _, start, end, _ = hit
        if kind is not IdentifierKind.ORDER_NUMBER:
            continue
        goes_on = end_of_labelled is not None and label_goes_on(text, end_of_labelled, start)
        if goes_on or is_called_order(text, start, end):
            labelled.add(hit)
            end_of_labelled = end
    if any(is_called_another_order(text, start) for _, _, start, _, _ in labelled):
        return hits
    others = (hit for hit in hits if hit[0] is not IdentifierKind.ORDER_NUMBER)
    return sorted({*others, *labelled}, key=lambda hit: hit[2]) if labelled else hits


def _hits(text: str, order_number: re.Pattern[str]) -> list[_Hit]:
    hits: list[_Hit] = []
    for finder in _finders(order_number):
        for hit in finder(text):
            _, _, start, end, _ = hit
            if BLANK not in text[start:end]:
                hits.append(hit)
                text = blank_out(text, start, end)
        if finder is _emails:
            text = without_noise(text)
    return hits


def _finders(order_number: re.Pattern[str]) -> tuple[Callable[[str], Iterator[_Hit]], ...]:
    def is_order_number(value: str) -> bool:
        return order_number_of(value, order_number) is not None

    def tracking_numbers(text: str) -> Iterator[_Hit]:
        for found in tracking_numbers_in(text, is_order_number):
            yield IdentifierKind.TRACKING_NUMBER, *found

    def compound_order_numbers(text: str) -> Iterator[_Hit]:
        for found in compound_order_numbers_in(text, order_number):
            yield *found, False

    def numbers(text: str) -> Iterator[_Hit]:
        for found in numbers_in(text, order_number):
            yield *found, False

    return _emails, compound_order_numbers, tracking_numbers, _postcodes, numbers


def _emails(text: str) -> Iterator[_Hit]:
    for found in emails_in(text):
        yield IdentifierKind.EMAIL, *found, False


def _postcodes(text: str) -> Iterator[_Hit]:
    for found in postcodes_in(text):
        yield IdentifierKind.POSTCODE, *found, False


def _identifier(folded: FoldedText, hit: _Hit) -> Identifier:
    kind, value, first, last, check_digit_failed = hit
    start, end = folded.original_span(first, last)
    return Identifier(kind, value, folded.original[start:end], start, end, check_digit_failed)


@lru_cache(maxsize=8)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
