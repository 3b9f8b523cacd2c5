"""People's names, where the words around say that it is one.

A name without such words ("is Priya there?") is not found: no rule tells it from another word.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_WORD: Final = r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_])){1,30}"
_CAPITALISED: Final = rf"(?![a-z\u00df-\u00f6\u00f8-\u00ff]){_WORD}"
_FULL_NAME: Final = rf"(?P<name>{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,2}})"
_CALLED: Final = r"(?i:\b(?:my|full|first|last|her|his)\s+name(?:'s|\s+is|\s+was|\s*[:=])\s*)"
_UNDER: Final = r"(?i:(?<![\w'])(?:name|under|attention|attn|attention\s+to|addressed\s+to))"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_CALLED}(?P<name>{_WORD}(?:\s+{_WORD}){{0,2}})",
        rf"{_UNDER}(?:\s*[:=]|\s+(?:is|of))?\s+{_FULL_NAME}",
        rf"(?i:\b(?:i'?m|i\s+am|it'?s|this\s+is|dear|hi|hello|hey))\s+{_FULL_NAME}",
        rf"(?i:\b(?:regards|cheers|thanks|thank\s+you|sincerely))[,.!]?\s+{_FULL_NAME}[.!]?\s*$",
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+(?P<name>{_CAPITALISED}(?:\s+{_CAPITALISED})?)",
    )
)
# What follows "I'm", "this is", "my name is" and a greeting otherwise.
_OTHER_WORDS: Final = """
a about advance after again all already also am an and angry annoyed another any are around as
asking at aware away back bad be because been being but by calling can chasing cheers concerned
confused curious customer disappointed disgusted displayed done everyone expecting fed fine for from
frustrated furious getting glad going good guys happy has have having heaps here home hoping how i
if in incorrect interested is it its just kindly kmart looking lost marketplace mate misspelt more
much my need no not now of off ok okay on one only or order our out over past please pretty quite
ready really regards ridiculous right sad same seriously sick so some sorry spelled spelt still
stressed super sure target team thank thanks that the their there this tired to today told too
totally trying unable under unhappy up upset urgent using very waiting was we welcome what when
where why will with without wondering worried writing wrong yes you your
"""
_NO_NAMES: Final = frozenset(_OTHER_WORDS.split())
_WORDS: Final = re.compile(_WORD)


class FoundName(NamedTuple):
    """Where a name stands in the folded text."""

    start: int
    end: int


def names_in(text: str) -> Iterator[FoundName]:
    """Yield the names in a folded text; a place may be named twice."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            end = _end_of_name(text, *match.span("name"))
            if end is not None:
                yield FoundName(match.start("name"), end)


def _end_of_name(text: str, start: int, end: int) -> int | None:
    """Return where the words that can be a name end, or None where the first one is none."""
    last = None
    for word in _WORDS.finditer(text, start, end):
        if word[0].lower() in _NO_NAMES:
            break
        last = word.end()
    return last
