"""Which detail of an order a question is about, from its own words."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from support.decisions.about_order import asks_about_its_end
from support.mentions.item_matching import matches
from support.mentions.items import items_in
from support.systems.orders.models import Line


class Detail(StrEnum):
    """One thing that can be asked about an order that is known."""

    STORE = "store"
    DELIVERY = "delivery"
    ADDRESS = "address"
    CARRIER = "carrier"
    PLACED = "placed"
    SELLER = "seller"
    CONTENTS = "contents"
    # what was asked for in words that sound like something else
    STATUS = "status"
    DATE = "date"
    END = "end"
    HOLD = "hold"
    MEANING = "meaning"


_WORDS: Final = {
    Detail.STORE: (
        r"\bstore'?s?\b|\b(?:open(?:ing)?|clos(?:es?|ing)|trading|hours)\b"
        r"|\bwhere\b.*\b(?:pick\s+(?:it|this|them)\s+up|pick\s?-?up|collect)\b"
    ),
    Detail.DELIVERY: (
        r"\bsign(?:ed|ature|ing)?\b|photo|picture|proof|\bpod\b"
        r"|(?:when|what time|what day|when exactly)\b.*\b(?:deliver|drop)"
        r"|where\b.*\b(?:leave|left|put it)\b|leave it|who\b.*\b(?:give|gave|took)\b"
    ),
    Detail.ADDRESS: (
        r"\baddress|\bpostcode|\bsuburb\b|sent to|sending it|being delivered to"
        r"|going to (?!come|arrive|be)"
    ),
    Detail.CARRIER: (
        r"carrier|courier|carry|deliver(?:y|ing) company|aus\s?post|australia post|star\s?track"
        r"|bringing|who (?:is|'s) do|track"
        r"|who(?:'?s)?\b.*\b(?:sen[dt]|has|have|got|deliver(?:s|ed|ing)?)\b"
    ),
    Detail.PLACED: r"\bplace(?:d)?\b|\bdate\b|when did i (?:order|buy)|express|standard",
    Detail.DATE: r"\bwhich\b.{0,30}\b(?:first|next|soonest|earliest|last|sooner)\b",
    Detail.SELLER: r"\bseller|\bsold by\b|from kmart",
    Detail.STATUS: (
        r"\bor\s+not\b|\b(?:is|was|has|have|are|were)\s+(?:it|they|that|this|my\s+\w+)\s+"
        r"(?:(?:been|really|actually|even|now|already|still)\s+)*"
        r"(?:deliver|arriv|sent|ship|lost|late|dispatch|collected|ready|gone|here)"
    ),
}
_SAYS_OTHERWISE: Final = re.compile(
    r"\bsa(?:y|ys|id)\b.{1,60}\b(?:you|it|they|app|site|website|e?-?mail|post)\s+sa(?:y|ys|id)\b"
    r"|\bwhich\s+(?:is\s+it|(?:one|of\s+you).{0,12}\b(?:right|true|it))\b|\bwho'?s\s+right\b",
    re.IGNORECASE,
)
"""Two sources that contradict each other, and which of them to believe."""

_HOURS: Final = re.compile(r"\b(?:open(?:s|ing)?|clos(?:e[sd]?|ing)|hours)\b", re.IGNORECASE)
_PATTERNS: Final = {detail: re.compile(words, re.IGNORECASE) for detail, words in _WORDS.items()}


def wanted_detail(text: str) -> Detail:
    """Return what is asked for; what is in the order, where nothing else is named."""
    if asks_about_its_end(text):
        return Detail.END
    if _SAYS_OTHERWISE.search(text):
        return Detail.STATUS
    named = (detail for detail, pattern in _PATTERNS.items() if pattern.search(text))
    return next(named, Detail.CONTENTS)


def asks_for_hours(text: str) -> bool:
    """Say whether a text asks when a store is open: "what time are they open til"."""
    return _HOURS.search(text) is not None


def items_named(text: str) -> tuple[str, ...]:
    """Return the products that a text names, as somebody calls them: "kettle"."""
    return tuple(found.value for found in items_in(text))


def names_own_item(text: str) -> bool:
    """Say whether a text speaks of a certain product: "whats up with the toaster"."""
    named = (re.escape(item) for item in items_named(text))
    return any(re.search(rf"\b(?:the|my|our)\s+{item}", text, re.IGNORECASE) for item in named)


def lines_named(text: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines of an order that are what a text calls by name."""
    items = items_named(text)
    return tuple(line for line in lines if any(matches(item, line.name) for item in items))
