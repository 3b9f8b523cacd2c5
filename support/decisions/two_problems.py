"""Two problems in one message: "it's late AND the address is wrong".

The classifier names one of them. The other is found by its words, clause by clause; what belongs
together ("it's late, tracking doesn't move") is one problem.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a problem is about: where the order is, where it goes, or what is in it."""

    WHERE = "where"
    ADDRESS = "address"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: the intent that takes it up, and the words that tell it."""

    kind: Kind
    intent: str
    words: str


KINDS: Final = {
    "delivery_delayed": Kind.WHERE,
    "delivered_not_received": Kind.WHERE,
    "tracking_not_updating": Kind.WHERE,
    "no_tracking_info": Kind.WHERE,
    "track_order": Kind.WHERE,
    "eta_question": Kind.WHERE,
    "wrong_address": Kind.ADDRESS,
    "missing_item_or_damaged": Kind.ITEMS,
}
"""What each intent that may be one of two problems is about."""

_WORDS: Final = {
    "wrong_address": (
        r"\b(?:wrong|old|incorrect|bad|previous)\s+(?:\w+\s+)?(?:address|unit|street|postcode|suburb|place)\b"
        r"|\baddress(?:'?s|\s+is|\s+was)?\s+(?:also\s+|all\s+)?(?:wrong|incorrect|old|not\s+right|outdated)\b"
        r"|\b(?:i(?:'ve|\s+have)?|we(?:'ve|\s+have)?)\s+moved\b|\bchange\s+(?:the|my)\s+address\b"
    ),
    "missing_item_or_damaged": (
        r"\b(?:broken|smashed|cracked|shattered|damaged|faulty|in\s+pieces)\b"
        r"|\bwrong\s+(?:item|size|colour|color|product|one)\b"
        r"|\b(?:item|thing|part|piece|\w+s)\s+(?:is|are|was|were)\s+missing\b|\bmissing\s+(?:an?\s+)?items?\b"
    ),
    "delivery_delayed": (
        r"\b(?:late|delayed|overdue|behind\s+schedule)\b"
        r"|\b(?:still|yet)\b.{0,20}\b(?:not|hasn'?t|haven'?t|isn'?t)\b.{0,20}\b(?:here|come|arrived?)\b"
        r"|\b(?:hasn'?t|has\s+not)\s+(?:even\s+)?(?:come|arrived)\b|\btak(?:ing|en)\s+(?:so|too|for)\s*(?:long|ever)\b"
    ),
}
_PATTERNS: Final = {intent: re.compile(words, re.IGNORECASE) for intent, words in _WORDS.items()}
_NOT_UNDERSTOOD: Final = "nlu_fallback"
_TWO: Final = 2
_CLAUSE: Final = re.compile(
    r"\s*(?:[.;!?\n]+|,|\b(?:and|also|plus|as\s+well\s+as|on\s+top\s+of\s+that)\b)\s*",
    re.IGNORECASE,
)


def problems_told(text: str) -> tuple[Problem, ...]:
    """Return the problems that a message tells by its words, one of each kind, in their order."""
    return tuple(_told(text.replace("\u2019", "'")))


def other_problem(text: str, intent: str | None) -> Problem | None:
    """Return the problem that a message tells besides the one that it was understood as."""
    found = problems_told(text)
    if intent == _NOT_UNDERSTOOD:
        return found[1] if len(found) == _TWO else None
    kind = KINDS.get(intent or "")
    if kind is None:
        return None
    if {kind} == {one.kind for one in found}:
        return None
    others = [one for one in found if one.kind is not kind]
    same = [one for one in found if one.kind is kind]
    # "It says delivered, to the wrong address" is one problem.
    apart = same or intent in {"track_order", "eta_question"}
    return others[0] if len(others) == 1 and apart else None


def first_of_two(text: str) -> Problem | None:
    """Return the first of the two problems that a message tells; None where it tells no two."""
    found = problems_told(text)
    return found[0] if len(found) == _TWO else None


def _told(text: str) -> Iterator[Problem]:
    seen: set[Kind] = set()
    for clause in filter(None, _CLAUSE.split(text)):
        for intent, pattern in _PATTERNS.items():
            if pattern.search(clause) and KINDS[intent] not in seen:
                seen.add(KINDS[intent])
                yield Problem(KINDS[intent], intent, clause)
