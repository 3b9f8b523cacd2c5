"""Carriers' numbers, recognised by shape; where there is a check digit it is compared.

| shape | example | check digit |
|---|---|---|
| Australia Post eParcel article, 21 or 23 characters | JDQ019457101000930308 | yes |
| the same without product code, 16 characters | 7XX1000634011427 | yes |
| Australia Post consignment, 10 or 12 characters | JDQ0194571 | none known |
| postal item (UPU S10) | RR123456785AU | yes |
| Serial Shipping Container Code, 00 + 18 digits | 00393153450000000700 | yes |
| StarTrack consignment, 3-4 characters + 8 digits | 6XXX12345678 | none known |

S10 and SSCC are public standards. No page of Australia Post or StarTrack that gives their formats
was found: those shapes are read off examples and public code.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from support.identifiers.check_digits import eparcel_digit, s10_digit, sscc_digit
from support.identifiers.labels import GLUED_LABELS, Label, label_of

_GAP: Final = r"(?: {1,2}| ?- ?)?"
_LEFT: Final = r"(?<![A-Z0-9])"
_RIGHT: Final = r"(?![A-Z0-9])"
_LONG_GROUP: Final = re.compile(r"\d{8,}")
_LEADING_LETTERS: Final = re.compile(r"[A-Z]+")
_SEPARATORS: Final = re.compile(r"[^A-Z0-9]")


class FoundTracking(NamedTuple):
    """A tracking number and where it stands in the folded text."""

    value: str
    start: int
    end: int
    check_digit_failed: bool


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    expected_check_digit: Callable[[str], bool] | None


def _digits(count: int) -> str:
    return rf"(?:{_GAP}\d){{{count}}}"


def _eparcel_fits(value: str) -> bool:
    return eparcel_digit(value[:-1]) == value[-1]


def _s10_fits(value: str) -> bool:
    return s10_digit(value[2:10]) == value[10]


def _sscc_fits(value: str) -> bool:
    return sscc_digit(value[-18:-1]) == value[-1]


def _shape(body: str, fits: Callable[[str], bool] | None = None) -> _Shape:
    return _Shape(re.compile(_LEFT + body + _RIGHT), fits)


_LETTER_INSIDE: Final = r"(?=[A-Z0-9]*[A-Z])"
_SHAPES: Final = (
    _shape(rf"\(?00\)?{_digits(18)}", _sscc_fits),
    _shape(rf"[A-Z0-9]{{5}}{_digits(18)}", _eparcel_fits),
    _shape(rf"[A-Z0-9]{{3}}{_digits(18)}", _eparcel_fits),
    _shape(rf"{_LETTER_INSIDE}[A-Z0-9]{{3}}\d{{13}}", _eparcel_fits),
    _shape(rf"[A-Z]{{2}}{_digits(9)}{_GAP}[A-Z]{{2}}", _s10_fits),
)
_LITTLE_WORDS: Final = re.compile(
    r"(?:AM|AN|AS|AT|BE|BY|DO|GO|HE|HI|IF|IN|IS|IT|ME|MY|NO|OF|OI|OK|ON|OR|SO|TA|TO|UM|UP|US|WE)\b"
)
"""With which no tracking number begins whose groups stand apart: "hi 314 883 627 is it"."""

_UNCHECKED: Final = (
    _shape(rf"{_LETTER_INSIDE}[A-Z0-9]{{3,4}}\d{{8}}"),
    _shape(rf"{_LETTER_INSIDE}(?:[A-Z0-9]{{3}}|[A-Z0-9]{{5}})\d{{7}}"),
)
_LABELLED: Final = _shape(r"(?=[A-Z0-9]*\d{6})[A-Z0-9]{8,23}")
_BARE_SSCC: Final = _shape(r"\d{18}", _sscc_fits)


def tracking_numbers_in(
    text: str, is_order_number: Callable[[str], bool]
) -> Iterator[FoundTracking]:
    """Yield the tracking numbers in a folded text.

    A number that is also of an order number's shape is only taken where it is called a tracking
    number. One with a wrong check digit is flagged, not dropped, unless it was only put together
    from groups that stand apart.
    """
    upper = text.upper() if len(text.upper()) == len(text) else text
    for shape in (*_SHAPES, _BARE_SSCC, *_UNCHECKED, _LABELLED):
        for match in shape.pattern.finditer(upper):
            found = _accepted(upper, match, shape, is_order_number)
            if found:
                yield found


def _accepted(
    text: str, match: re.Match[str], shape: _Shape, is_order_number: Callable[[str], bool]
) -> FoundTracking | None:
    value = _SEPARATORS.sub("", match[0])
    label = label_of(text, match.start(), match.end())
    fits = shape.expected_check_digit is None or shape.expected_check_digit(value)
    if label is not Label.TRACKING and not _speaks_for_itself(
        match, value, shape, fits=fits, is_order_number=is_order_number
    ):
        return None
    return FoundTracking(value, match.start(), match.end(), check_digit_failed=not fits)


def _speaks_for_itself(
    match: re.Match[str],
    value: str,
    shape: _Shape,
    *,
    fits: bool,
    is_order_number: Callable[[str], bool],
) -> bool:
    if shape is _LABELLED or is_order_number(value) or _begins_with_label(value):
        return False
    if shape is _BARE_SSCC:
        return fits
    put_together = " " in match[0] and not match[0].startswith("(00)")
    if put_together and _LITTLE_WORDS.match(match[0]):
        return False
    return not put_together or (fits and not _LONG_GROUP.search(match[0]))


def _begins_with_label(value: str) -> bool:
    letters = _LEADING_LETTERS.match(value)
    return letters is not None and letters[0] in GLUED_LABELS
