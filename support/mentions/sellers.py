"""Who sold something: Kmart, Target, a Marketplace seller."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from support.mentions.models import Found

_BOUGHT: Final = r"(?:from|through|via|by|at|with)\s+"
_KNOWN: Final = MappingProxyType(
    {
        "kmart": re.compile(r"\b(k-?mart)\b", re.IGNORECASE),
        # "on target" and "the target date" are no shop.
        "target": re.compile(
            r"(?<!\bon )(?<!\bthe )(?<!\bour )(?<!\byour )\b(target(?:\.com(?:\.au)?)?)\b"
            r"(?!\s+(?:date|time|audience|window))",
            re.IGNORECASE,
        ),
        "catch": re.compile(
            rf"(?:\b{_BOUGHT}(catch)\b(?!\s+up)|\b(catch\.com(?:\.au)?))", re.IGNORECASE
        ),
        "bunnings_marketplace": re.compile(
            r"\b(bunnings(?:\s+market\s?(?:place|link))?)\b", re.IGNORECASE
        ),
        "marketplace": re.compile(
            r"\b(market\s?place(?:\s+sellers?)?|(?:third|3rd)[ -]?party(?:\s+sellers?)?)\b",
            re.IGNORECASE,
        ),
    }
)
_NAME_WORD: Final = r"[^\W\d_][\w&'.-]*[\w]"
_REST_OF_NAME: Final = rf"(?:\s+(?=[A-Z]){_NAME_WORD}){{0,3}}"
_SOLD_BY: Final = r"(?i:\b(?:sold\s+by|seller(?:'s\s+name)?\s*(?:called|named|:))\s+)"
_SELLER_IS: Final = r"(?i:\bseller(?:'s\s+name)?\s+(?:is|was)\s+(?:called\s+)?)"
_NAMED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SOLD_BY}(?P<name>{_NAME_WORD}{_REST_OF_NAME})",
        rf"{_SELLER_IS}(?P<name>(?=[A-Z]){_NAME_WORD}{_REST_OF_NAME})",
    )
)
_NO_NAME: Final = re.compile(
    r"(?:an?|the|you|your|my|me|them|someone|somebody|another|not|no|it|all|who|what|which|others?|partners?)",
    re.IGNORECASE,
)


def sellers_in(text: str) -> Iterator[Found]:
    """Yield the sellers named in a folded text.

    A value is `kmart`, `target`, `catch`, `bunnings_marketplace`, `marketplace` (a seller that is
    not named), or the name as typed after "sold by".
    """
    for seller, pattern in _KNOWN.items():
        for match in pattern.finditer(text):
            yield Found(seller, *match.span(match.lastindex or 0))
    for match in (match for pattern in _NAMED for match in pattern.finditer(text)):
        if not _NO_NAME.fullmatch(match["name"].split()[0]):
            yield Found(match["name"], *match.span("name"))
