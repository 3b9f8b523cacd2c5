"""Order numbers and phone numbers: runs of digits, told apart by shape and by the words beside."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from support.identifiers.folding import blank_out
from support.identifiers.labels import GLUED_LABELS, Label, label_of
from support.identifiers.models import IdentifierKind
from support.identifiers.phones import e164, is_service_number

_TOKEN: Final = re.compile(r"(?<![A-Z0-9])[A-Z0-9]*\d[A-Z0-9]*")
_COMPOUND: Final = re.compile(r"(?<![A-Z0-9])(?=[\d-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)+(?![A-Z0-9-])")
_PHONE_GAP: Final = re.compile(r"[ .()\-]{1,3}")
_ORDER_GAP: Final = re.compile(r" {1,2}| ?- ?|\.")
_TIGHT_GAP: Final = re.compile(r"[-.]")
_PREFIXED: Final = re.compile(r"([A-Z]+)(\d.*)")
_MORE: Final = re.compile(r"-\d{3}|[ -][1-9](?:\d{2}|\d{4,6})(?![A-Z0-9])")
_CALLED_MOBILE: Final = re.compile(
    r"(?<!\bA )(?<!\bTHE )\b(?:MOBILE|MOB|CELL|PHONE\s+(?:NUMBER|NO))"
    r"(?:\s+(?:NUMBER|NO))?\.?\s*(?:(?:IS|WAS)\s+|[:=]\s*)?$"
)
"""What a mobile number without its leading 0 is called: "mob 400 000 001"."""

_LEFT_OVER: Final = re.compile(r"\d{3}[ -]")
_FOLLOWED: Final = re.compile(r"(\d{8,})[A-Z]{2,}")
_REACH: Final = 40
_COMPLETE: Final = 8
_SMALLEST_GROUP: Final = 3
_MOST_GROUPS: Final = 16


class FoundNumber(NamedTuple):
    """A number and where it stands in the folded text."""

    kind: IdentifierKind
    value: str
    start: int
    end: int


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    glued: Label | None

    @property
    def is_complete(self) -> bool:
        """Whether this group is long enough to be a number on its own."""
        return len(self.text) >= _COMPLETE


def numbers_in(text: str, order_number: re.Pattern[str]) -> Iterator[FoundNumber]:
    """Yield the order numbers and phone numbers in a folded text, left to right."""
    upper = text.upper() if len(text.upper()) == len(text) else text
    tokens = [_token(match, order_number) for match in _TOKEN.finditer(upper)]
    place = 0
    while place < len(tokens):
        run = tokens[place : place + _MOST_GROUPS]
        found, used = _first_number(upper, run, order_number)
        if found:
            yield found
            upper = blank_out(upper, found.start, found.end)
        place += used


def compound_order_numbers_in(text: str, order_number: re.Pattern[str]) -> Iterator[FoundNumber]:
    """Yield the order numbers whose own format has letters and hyphens (`KMT-123456-X`)."""
    for match in _COMPOUND.finditer(text.upper() if len(text.upper()) == len(text) else text):
        if order_number.fullmatch(match[0]):
            yield FoundNumber(IdentifierKind.ORDER_NUMBER, match[0], match.start(), match.end())


def order_number_of(typed: str, order_number: re.Pattern[str]) -> str | None:
    """Return the order number that this text (upper case) is, separators aside, or None."""
    prefixed = _PREFIXED.fullmatch(typed)
    stripped = prefixed[2].lstrip() if prefixed and prefixed[1] in GLUED_LABELS else typed
    forms = (stripped, re.sub(r"[^A-Z0-9]", "", stripped), typed)
    return next((form for form in forms if order_number.fullmatch(form)), None)


def _token(match: re.Match[str], order_number: re.Pattern[str]) -> _Token:
    """Cut off what is glued to a number, unless the configured format asks for it.

    That is a label before it ("ph0400000001") or a word behind it ("410200341pls").
    """
    followed = _FOLLOWED.fullmatch(match[0])
    if followed and not order_number.fullmatch(match[0]):
        return _Token(followed[1], match.start(), match.start() + len(followed[1]), None)
    prefixed = _PREFIXED.fullmatch(match[0])
    if not prefixed or prefixed[1] not in GLUED_LABELS:
        return _Token(match[0], match.start(), match.end(), None)
    if order_number_of(match[0], order_number) == match[0]:
        return _Token(match[0], match.start(), match.end(), Label.ORDER)
    start = match.start() + len(prefixed[1])
    return _Token(prefixed[2], start, match.end(), GLUED_LABELS[prefixed[1]])


def _first_number(
    text: str, run: Sequence[_Token], order_number: re.Pattern[str]
) -> tuple[FoundNumber | None, int]:
    """Return the number that begins with the first group, and how many groups are dealt with."""
    phone, phone_groups = _phone(text, run)
    order, order_groups = _order(text, run, order_number)
    if phone and order and _label(text, run[:order_groups]) is Label.ORDER:
        return order, order_groups
    if phone:
        return phone, phone_groups
    if order:
        return order, order_groups
    return None, _groups_of_another_number(text, run)


def _phone(text: str, run: Sequence[_Token]) -> tuple[FoundNumber | None, int]:
    first = run[0]
    start = _with_opening(text, first.start)
    lost_its_zero = first.text.startswith("4") and _is_called_mobile(text, start)
    if not (lost_its_zero or text[start] == "+" or first.text.startswith(("0", "61"))):
        return None, 0
    best: tuple[FoundNumber | None, int] = (None, 0)
    sign = "0" if lost_its_zero else "+" if "+" in text[start : first.start] else ""
    for groups in _joined(text, run, _PHONE_GAP):
        value = e164(sign + "".join(token.text for token in groups))
        if value:
            found = FoundNumber(IdentifierKind.PHONE, value, start, groups[-1].end)
            best = (found, len(groups))
    return best


def _is_called_mobile(text: str, start: int) -> bool:
    return _CALLED_MOBILE.search(text[max(0, start - _REACH) : start]) is not None


def _order(
    text: str, run: Sequence[_Token], order_number: re.Pattern[str]
) -> tuple[FoundNumber | None, int]:
    best: tuple[FoundNumber | None, int] = (None, 0)
    for groups in _joined(text, run, _ORDER_GAP):
        start, end = groups[0].start, groups[-1].end
        value = order_number_of(text[start:end], order_number)
        if value and _may_be_order(text, groups) and not _goes_on(text, groups):
            best = (FoundNumber(IdentifierKind.ORDER_NUMBER, value, start, end), len(groups))
    return best


def _goes_on(text: str, groups: Sequence[_Token]) -> bool:
    """Whether groups are only the beginning of a longer number: 671-6732416-8805305."""
    return len(groups) > 1 and _MORE.match(text, groups[-1].end) is not None


def _may_be_order(text: str, groups: Sequence[_Token]) -> bool:
    label = _label(text, groups)
    if label is Label.ORDER:
        return True
    if label is not None or is_service_number("".join(token.text for token in groups)):
        return False
    return len(groups) == 1 or _belong_together(text, groups)


def _continues(text: str, start: int) -> bool:
    """Whether digits before a place, which are no number themselves, begin this one."""
    return _LEFT_OVER.fullmatch(text, max(0, start - 4), start) is not None


def _belong_together(text: str, groups: Sequence[_Token]) -> bool:
    """Whether groups that nobody called an order number were typed as one number."""
    if groups[0].text.startswith("0") or _continues(text, groups[0].start):
        return False
    sizes = [len(token.text) for token in groups]
    gaps = [text[left.end : right.start] for left, right in pairwise(groups)]
    return (
        min(sizes) >= _SMALLEST_GROUP
        or max(sizes) == 1
        or all(_TIGHT_GAP.fullmatch(gap) for gap in gaps)
    )


def _joined(text: str, run: Sequence[_Token], gap: re.Pattern[str]) -> Iterator[Sequence[_Token]]:
    """Yield the first group, then the first two, ... while they can be parts of one number."""
    yield run[:1]
    for count in range(2, len(run) + 1):
        left, right = run[count - 2], run[count - 1]
        apart = not gap.fullmatch(text[left.end : right.start]) or not right.text.isdigit()
        area_code = count == 2 and len(left.text) < _SMALLEST_GROUP  # noqa: PLR2004 - the first two
        if apart or left.is_complete or (right.is_complete and not area_code):
            return
        yield run[:count]


def _label(text: str, groups: Sequence[_Token]) -> Label | None:
    return groups[0].glued or label_of(text, _with_opening(text, groups[0].start), groups[-1].end)


def _with_opening(text: str, start: int) -> int:
    """Step left over the "(" and "+" that a phone number may begin with."""
    while start > 0 and text[start - 1] in "(+":
        start -= 1
    return start


def _groups_of_another_number(text: str, run: Sequence[_Token]) -> int:
    """Return how many groups belong to a number that is neither: a service number, a card, ..."""
    for groups in _joined(text, run, _PHONE_GAP):
        if is_service_number("".join(token.text for token in groups)):
            return len(groups)
    if _label(text, run[:1]) in (Label.OTHER, Label.TRACKING):
        return len(list(_joined(text, run, _ORDER_GAP)))
    return 1
