"""Which of several things somebody means: "the second one", "last", "both".

A value is a place in the list ("1", "2", ...), `last`, `newest`, `oldest`, `other`, `both`, `all`
or `none`.
"""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from support.mentions.models import Found, before

_ORDINALS: Final = MappingProxyType(
    {
        word: str(place)
        for place, words in enumerate(
            (
                ("first", "1st", "frist"),
                ("second", "2nd", "secound"),
                ("third", "3rd"),
                ("fourth", "4th", "forth"),
                ("fifth", "5th"),
                ("sixth", "6th"),
                ("seventh", "7th"),
                ("eighth", "8th"),
                ("ninth", "9th"),
                ("tenth", "10th"),
            ),
            start=1,
        )
        for word in words
    }
)
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OTHERS: Final = MappingProxyType(
    {
        "last": "last",
        "final": "last",
        "bottom": "last",
        "top": "1",
        "newest": "newest",
        "newer": "newest",
        "latest": "newest",
        "most recent": "newest",
        "more recent": "newest",
        "oldest": "oldest",
        "older": "oldest",
        "earlier": "oldest",
        "earliest": "oldest",
        "other": "other",
    }
)
_WORDS: Final = "|".join([*_ORDINALS, *(word.replace(" ", r"\s+") for word in _OTHERS)])
_THING: Final = r"(?:ones?|orders?|parcels?|packages?|items?|options?|deliver(?:y|ies)|choice)"
_POLITE: Final = r"(?:\s*(?:,|\.|!|please|pls|plz|thanks|thank you|ta|mate))*\s*"
_THINGS: Final = r"(?:(?:the|my|your)\s+)?(?:ones|orders|parcels|packages|items)"
_GROUP: Final = rf"(?:of\s+)?(?:them|'?em|those|these|{_THINGS})"
_ONE: Final = re.compile(
    rf"(?P<choice>(?:\bthe\s+)?\b(?!(?<=my )last\b)(?P<word>{_WORDS})\s+{_THING})\b(?!\s+of\s+all)",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    rf"\s*(?:(?:it'?s|is|yes|yeah|um+|i mean|maybe|for|about)[\s,]+)*"
    rf"(?P<choice>(?:the\s+)?(?P<word>{_WORDS}))(?:\s+and\s+(?P<more>{_WORDS}))?{_POLITE}",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    r"(?<!house )(?<!unit )(?<!street )(?<!phone )(?:\b(?:number|option|no\.?)|#)\s*"
    rf"(?P<word>[1-9]|10|(?<!no )(?:{'|'.join(_NUMBERS)}))\b(?!\s*[\d/:-])",
    re.IGNORECASE,
)
# Of all orders, "my last order" is the newest; of those just named, "the last one" is the last.
_MINE: Final = re.compile(r"\b(?P<choice>my\s+last\s+(?:order|purchase|parcel))\b", re.IGNORECASE)
_BARE_NUMBER: Final = re.compile(rf"\s*#?(?P<word>[1-9]|10){_POLITE}", re.IGNORECASE)
_SEVERAL: Final = MappingProxyType(
    {
        "both": re.compile(rf"\b(both(?:\s+{_GROUP})?)\b", re.IGNORECASE),
        "all": re.compile(
            rf"\b((?:all|every\s+one)\s+(?:(?:two|three|four|five|[2-9])(?:\s+{_GROUP})?|{_GROUP}))\b",
            re.IGNORECASE,
        ),
        "none": re.compile(rf"\b((?:none|neither)(?:\s+{_GROUP})?)\b", re.IGNORECASE),
    }
)
_REFUSED: Final = re.compile(r"\bnot\s+(?:(?:the|my|your)\s+)?$", re.IGNORECASE)
# "the second last one", "second to last": of how many is not known here.
_FROM_THE_END: Final = re.compile(
    rf"\b(?:{'|'.join(_ORDINALS)})[ -](?:(?:to|from)[ -](?:the[ -])?)?$", re.IGNORECASE
)
_SEVERAL_ALONE: Final = re.compile(
    rf"\s*(?P<word>both|all|everything|none|neither){_POLITE}", re.IGNORECASE
)


def choices_in(text: str) -> Iterator[Found]:
    """Yield what a folded text chooses.

    A bare ordinal or number counts only where it is the whole message: "first of all", "last week"
    and "2 parcels" choose nothing. Nor does what is refused: "not the first one, the second one".
    """
    whole = list(_whole_message(text))
    if whole:
        yield from whole
        return
    for match in _ONE.finditer(text):
        if not _is_refused(text, match) and not _counts_from_the_end(text, match):
            yield Found(_value(match["word"]), *match.span("choice"))
    for match in _MINE.finditer(text):
        if not _is_refused(text, match):
            yield Found("newest", *match.span("choice"))
    for match in _NUMBERED.finditer(text):
        yield Found(_value(match["word"]), *match.span())
    for value, pattern in _SEVERAL.items():
        for match in pattern.finditer(text):
            if match[1].lower() not in _SEVERAL:
                yield Found(value, *match.span(1))


def _is_refused(text: str, match: re.Match[str]) -> bool:
    return _REFUSED.search(before(text, match.start("choice"))) is not None


def _counts_from_the_end(text: str, match: re.Match[str]) -> bool:
    return _FROM_THE_END.search(before(text, match.start("word"))) is not None


def _whole_message(text: str) -> Iterator[Found]:
    alone = _ALONE.fullmatch(text)
    if alone:
        yield Found(_value(alone["word"]), *alone.span("choice"))
        if alone["more"]:
            yield Found(_value(alone["more"]), *alone.span("more"))
    number = _BARE_NUMBER.fullmatch(text)
    if number:
        yield Found(number["word"], *number.span("word"))
    several = _SEVERAL_ALONE.fullmatch(text)
    if several:
        word = several["word"].lower()
        yield Found({"everything": "all", "neither": "none"}.get(word, word), *several.span("word"))


def _value(word: str) -> str:
    plain = re.sub(r"\s+", " ", word.lower())
    if plain in _NUMBERS:
        return str(_NUMBERS.index(plain) + 1)
    return _ORDINALS.get(plain) or _OTHERS.get(plain, plain)
