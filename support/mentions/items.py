"""What somebody ordered, as they call it: "my 5L air fryer", "the doona cover".

An item is a product's name (`products.txt`) with what describes it, or whatever stands where only a
thing can: "my wiggles stage never came", "I bought a cat tree". An order, a parcel, money and
people are no items.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from support.mentions.item_words import NOT_IN_ITEM, is_no_item, stem
from support.mentions.models import Found, before

_WORD: Final = re.compile(r"[^\W_][\w'.-]*[^\W_]|[^\W_]")
_GAP: Final = re.compile(r"[ -]{1,2}")
_MOST_WORDS: Final = 4
_POSSESSED: Final = re.compile(
    r"\b(?:my|our|ordered|bought|purchased|missing|a|an|the|some|one|two|new|\d{1,2}\s?x?)\s+$",
    re.IGNORECASE,
)
_HAD: Final = re.compile(r"\b(?:my|our|ordered|bought|purchased)\s+(?:an?\s+)?$", re.IGNORECASE)
_LINES: Final = [
    line
    for line in Path(__file__).with_name("products.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
_UNSURE: Final = frozenset(stem(line.rstrip("?")) for line in _LINES if line.endswith("?"))
_SURE: Final = frozenset(stem(line) for line in _LINES if not line.endswith("?"))
_SINGULAR: Final = frozenset(line.rstrip("?") for line in _LINES if stem(line) == line.rstrip("?"))
_LONGEST: Final = max(len(line.split()) for line in _LINES)

_THING: Final = (
    r"(?:(?:new|other|\d{1,2}\s?x?)\s+)?(?P<item>[a-z][\w'-]*(?:[ -][a-z][\w'-]*){0,3}?)"
)
_MISSED: Final = (
    r"\s+(?:still\s+)?(?:(?:has|have|had|did|is|was|were|are)(?:n'?t|\s+not|\s+never)|never"
    r"|(?:still\s+)?not\s+(?:here|come|arrived|received)|went\s+missing|(?:is|are)\s+(?:still\s+)?"
    r"(?:late|missing|lost|stuck|overdue)|arrived|came)\b"
)
_BOUGHT: Final = r"(?:ordered|bought|purchased)\s+(?:(?:an?|the|some|my|our|one|two)\s+)?"
_UNLISTED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:my|our)\s+{_THING}(?={_MISSED})",
        rf"\b{_BOUGHT}{_THING}(?=\s*(?:[.,!?;]|$)|\s+(?:from|on|last|for|and|but|online|\d)\b)",
    )
)
"""Things that no list names, where only a thing that is sent can stand."""


def items_in(text: str) -> Iterator[Found]:
    """Yield the things that a folded text names, in lower case, without article or quantity."""
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        count = _product_words(text, words, place)
        if count:
            first = _first_of_phrase(text, words, place)
            yield _found(text, words[first].start(), words[place + count - 1].end())
        place += count or 1
    for match in (match for pattern in _UNLISTED for match in pattern.finditer(text)):
        if _is_thing(match["item"]):
            yield _found(text, *match.span("item"))


def _product_words(text: str, words: list[re.Match[str]], place: int) -> int:
    """Return how many words from a place on are a product's name; 0 if it is none."""
    for count in range(min(_LONGEST, len(words) - place), 0, -1):
        run = words[place : place + count]
        if not _are_together(text, run):
            continue
        typed = text[run[0].start() : run[-1].end()].lower()
        if _is_product(stem(typed), typed) and (
            stem(typed) in _SURE or _is_possessed(text, words, place)
        ):
            return count
    return 0


def _is_product(name: str, typed: str) -> bool:
    """Whether this is a listed name; what is listed in the plural is no product in the singular."""
    return name in _SINGULAR or (name in (_SURE | _UNSURE) and typed.endswith("s"))


def _is_possessed(text: str, words: list[re.Match[str]], place: int) -> bool:
    first = _first_of_phrase(text, words, place)
    return first < place or bool(_HAD.search(before(text, words[first].start())))


def _first_of_phrase(text: str, words: list[re.Match[str]], place: int) -> int:
    """Return the place of the first word that describes the product at a place."""
    first = place
    while first > 0 and place - first < _MOST_WORDS - 1:
        left = words[first - 1]
        together = _GAP.fullmatch(text, left.end(), words[first].start())
        if not together or not _describes(left[0].lower()):
            break
        first -= 1
    return first if _POSSESSED.search(before(text, words[first].start())) else place


def _describes(word: str) -> bool:
    return not (word in NOT_IN_ITEM or word.isdigit() or word.endswith("'s"))


def _are_together(text: str, run: list[re.Match[str]]) -> bool:
    return all(_GAP.fullmatch(text, left.end(), right.start()) for left, right in pairwise(run))


def _is_thing(phrase: str) -> bool:
    words = phrase.lower().replace("-", " ").split()
    return not any(word in NOT_IN_ITEM or is_no_item(word) for word in words)


def _found(text: str, start: int, end: int) -> Found:
    end = start + len(text[start:end].removesuffix("'s"))  # "the cot's late"
    return Found(" ".join(text[start:end].lower().split()), start, end)
