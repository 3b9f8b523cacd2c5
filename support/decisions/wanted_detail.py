"""Which detail of an order a question is about, from its own words."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from support.systems.orders.models import Line


class Detail(StrEnum):
    """One thing that can be asked about an order that is known."""

    DELIVERY = "delivery"
    ADDRESS = "address"
    CARRIER = "carrier"
    PLACED = "placed"
    SELLER = "seller"
    CONTENTS = "contents"


_WORDS: Final = {
    Detail.DELIVERY: (
        r"\bsign(?:ed|ature|ing)?\b|photo|picture|proof|\bpod\b"
        r"|(?:when|what time|what day|when exactly)\b.*\b(?:deliver|drop)"
        r"|where\b.*\b(?:leave|left|put it)\b|leave it|who\b.*\b(?:give|gave|took)\b"
    ),
    Detail.ADDRESS: (
        r"\baddress|\bpostcode|\bsuburb\b|sent to|sending it|being delivered to"
        r"|going to (?!come|arrive|be)|\bstore\b"
    ),
    Detail.CARRIER: (
        r"carrier|courier|carry|deliver(?:y|ing) company|aus\s?post|australia post|star\s?track"
        r"|bringing|who\b.*\bsen[dt]\b|who (?:is|'s) do|track"
    ),
    Detail.PLACED: r"\bplace(?:d)?\b|\bdate\b|when did i (?:order|buy)|express|standard",
    Detail.SELLER: r"\bseller|\bsold by\b|from kmart",
}
_PATTERNS: Final = {detail: re.compile(words, re.IGNORECASE) for detail, words in _WORDS.items()}
_SHORTEST_NAME: Final = 3
_TOO_GENERAL: Final = frozenset({"the", "and", "set", "pack", "with", "for", "piece", "size"})


def wanted_detail(text: str) -> Detail:
    """Return what is asked for; what is in the order, where nothing else is named."""
    named = (detail for detail, pattern in _PATTERNS.items() if pattern.search(text))
    return next(named, Detail.CONTENTS)


def lines_named(text: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines of an order whose products a text names: "kettle" for "Anko Kettle 1.7L"."""
    said = _words(text)
    return tuple(line for line in lines if said & _words(line.name))


def _words(text: str) -> frozenset[str]:
    words: Sequence[str] = re.findall(r"[a-z]+", text.lower())
    kept = (word for word in words if len(word) >= _SHORTEST_NAME and word not in _TOO_GENERAL)
    return frozenset(word.removesuffix("es").removesuffix("s") for word in kept)
