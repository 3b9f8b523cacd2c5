"""Which cases and tickets are told about, and in which order."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from support.systems.cases.models import Case
from support.systems.marketplace.models import Ticket

MOST_TOLD: Final = 3
"""More at once is not read, least of all on a phone."""

Filed = Case | Ticket
"""Something that was opened about an order."""

_REFERENCE: Final = re.compile(
    r"(?<![\w-])((?:C|M|CASE|MKT)[-\s]?\d{5,7})(?![\w-])"
    r"|\b(?:ref(?:erence)?|ticket|claim|enquiry|investigation)\b"
    r"(?:\s+(?:number|no|id|is|ref))*[\s:.#]*(\d{5,7})(?![\w-])",
    re.IGNORECASE,
)
"""Shorter than any order number, so that one is not taken for the other."""

_WHOLE_REFERENCE: Final = re.compile(
    r"(?<![\w-])(?:C|M|CASE-?|MKT-?)\d{5,7}(?![\w-])", re.IGNORECASE
)
_CASE_WORDS: Final = re.compile(
    r"\b(?:case|ticket|reference|ref|claim|investigation|enquiry|request)\b", re.IGNORECASE
)
_ANY_KIND: Final = frozenset({"", "CASE", "MKT"})


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: the cases and tickets, how many more there are, and what is not of the order.

    `unknown` are references that were asked for but belong to no case of this order.
    """

    filed: tuple[Filed, ...]
    more: int
    unknown: tuple[str, ...]


def references_in(text: str) -> tuple[str, ...]:
    """Return what looks like the reference of a case or ticket, as it was written."""
    found = (match[1] or match[2] for match in _REFERENCE.finditer(text))
    return tuple(dict.fromkeys(one.upper() for one in found))


def names_a_case(text: str) -> bool:
    """Say whether a text holds a whole reference: "C100004", "MKT-000012"."""
    return _WHOLE_REFERENCE.search(text) is not None


def speaks_of_a_case(text: str) -> bool:
    """Say whether a text speaks of something that was opened: "nobody looked at my case"."""
    return _CASE_WORDS.search(text) is not None or names_a_case(text)


def told(filed: Iterable[Filed], asked_for: Collection[str]) -> Told:
    """Return what to tell about: what was asked for by its reference, else the latest few.

    Those that are still worked on come first, and of these the newest.
    """
    everything = sorted(filed, key=lambda one: (one.is_open, one.opened_at), reverse=True)
    meant = [one for one in everything if _is_asked_for(one, asked_for)]
    unknown = [one for one in asked_for if not any(_same(one, each) for each in meant)]
    shown = meant or everything
    return Told(tuple(shown[:MOST_TOLD]), len(shown[MOST_TOLD:]), tuple(unknown))


def all_settled(filed: Sequence[Filed]) -> bool:
    """Say whether nobody works on any of these any more."""
    return not any(one.is_open for one in filed)


def _is_asked_for(one: Filed, references: Iterable[str]) -> bool:
    return any(_same(reference, one) for reference in references)


def _same(reference: str, one: Filed) -> bool:
    """Say whether a reference is meant, however it is written: "case 100001" for C100001."""
    kind, digits = _parts(reference)
    own_kind, own_digits = _parts(one.reference)
    return digits == own_digits and (kind == own_kind or kind in _ANY_KIND)


def _parts(reference: str) -> tuple[str, str]:
    kind = "".join(sign for sign in reference.upper() if sign.isalpha())
    return kind, "".join(sign for sign in reference if sign.isdigit())
