"""Number and street, post boxes and parcel lockers: where they stand in a text, and what they are.

Looser than `support.identifiers.addresses`, which hides personal data in any text: this one is
asked where an address is spoken of, so a street needs fewer signs to be one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from support.identifiers.addresses import STREET_TYPES
from support.places.postal_address import PostalAddress, titled

MORE_STREET_TYPES: Final = (
    r"(?:approach|app|bend|broadway|chase|common|concourse|cove|crossing|dale|dell|end|entrance"
    r"|freeway|gates?|glade|glen|green|heights|hts|hill|junction|landing|link|lookout|mall|mead"
    r"|meander|nook|outlook|pass|path|pathway|plaza|pocket|point|ramble|reach|reserve|rest|retreat"
    r"|ridge|route|spur|strand|strip|turn|vale|views?|vista|waters|wharf|wynd|yard)"
)
_UNIT_WORDS: Final = (
    r"unit|u|apartment|apt|flat|shop|suite|ste|level|lvl|villa|townhouse|room|office|tower|block"
    r"|building|bldg|studio|site|cabin|lot"
)
_UNIT_NUMBER: Final = r"(?:\.?\s?(?:no\.?\s?|number\s|\#\s?)?[a-z]?\d{1,4}[a-z]?|\s[a-z])(?!\w)"
_UNIT_NAMED: Final = rf"(?:{_UNIT_WORDS}){_UNIT_NUMBER}"
_UNIT: Final = rf"(?:{_UNIT_NAMED}\s*(?:[,/-]\s*|\s))"
_UNIT_NEAR: Final = re.compile(rf"(?<!\w){_UNIT_NAMED}", re.IGNORECASE)
_UNIT_BEHIND: Final = re.compile(rf"[\s,]*(?P<unit>{_UNIT_NAMED})(?!\s?\d)", re.IGNORECASE)
_DIRECTION: Final = re.compile(r"\s+(north|south|east|west|nth|sth|[nsew])\b", re.IGNORECASE)
_NO_STREET: Final = (
    r"(?!(?:hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?|minutes?|mins?|times?|business"
    r"|working|people|parcels?|packages?|box(?:es)?|orders?|items?|am|pm|the|a|an|and|or|to|in|on"
    r"|at|is|was|it|its|it's|so|no|not|my|your|our|i|you|we|they|he|she|from|for|by|with|that|this"
    r"|but|still|x|km|kms|kg|cm|mm|pack|pcs?|should|instead|please|will|would|can|has|have|had"
    r"|digits?|of|per|vic|nsw|qld|tas|are|were|been|be|do|did|does|more|less|than|left|out|off|up"
    r"|down|back|away|into|over|if|when|then|because|very|too|just|only|also|as|any)\b)"
)
_WORD: Final = rf"{_NO_STREET}(?:[a-z][a-z'.-]*|\d{{1,3}}(?:st|nd|rd|th))"
_HOUSE: Final = (
    r"(?:(?P<slash>[a-z]?\d{1,5}[a-z]?)\s?/\s?)?(?P<number>\d{1,5}[a-z]?(?:\s?-\s?\d{1,5}[a-z]?)?)"
)
_DOOR: Final = (
    rf"(?<![\w$./-])(?<!\d,)(?P<units>{_UNIT}{{0,3}})(?:{_HOUSE}|(?P<lot>lot\s?\d+[a-z]?))"
)
_GAP: Final = r",?\s+"
_THE: Final = (
    r"the\s+(?!(?:same|one|old|new|right|wrong|other|street|road|way|house|address)\b)[a-z]+"
)
_CERTAIN: Final = (
    rf"(?:{_WORD}\s+){{1,4}}?(?:{STREET_TYPES})\b(?!')",
    rf"the\s+(?:{STREET_TYPES})\b(?!')(?<!way)(?<!road)(?<!street)(?<!place)(?<!track)",
)
_LIKELY: Final = (
    rf"{_THE}\b(?!')",
    rf"(?:{_WORD}\s+){{1,3}}?(?:{MORE_STREET_TYPES})\b(?!')",
)
_WITH_NUMBER: Final = tuple(
    (re.compile(rf"{_DOOR}{_GAP}(?P<street>{street})", re.IGNORECASE), street in _CERTAIN)
    for street in (*_CERTAIN, *_LIKELY)
)
_WITHOUT_NUMBER: Final = re.compile(
    rf"(?:^|\n|,|\b(?:to|at|is|be|on|it's|its)\s)\s*"
    rf"(?P<street>(?:{_WORD}\s+){{1,3}}?(?:{STREET_TYPES}))\b(?!')",
    re.IGNORECASE,
)
_BARE_NAMES: Final = tuple(
    re.compile(rf"{_DOOR}{_GAP}(?P<street>{words})", re.IGNORECASE)
    for words in (_WORD, rf"{_WORD} {_WORD}")
)
_NUMBER: Final = r"\s*(?:no\.?\s*|number\s*|\#\s*)?"
_SHORT: Final = r"\d{1,6}"
_LONG: Final = r"\d[\d ]{2,11}\d"
_BOXES: Final = (
    (r"g\.?\s?p\.?\s?o\.?\s*box", _SHORT, "GPO Box"),
    (r"p\.?\s?o\.?\s*box|post(?:al)?\s+(?:office\s+)?box", _SHORT, "PO Box"),
    (r"locked\s+(?:mail\s+)?bag", _SHORT, "Locked Bag"),
    (r"private\s+(?:mail\s+)?bag|pmb", _SHORT, "Private Bag"),
    (r"parcel\s+locker", _LONG, "Parcel Locker"),
    (r"parcel\s+collect", _LONG, "Parcel Collect"),
    (r"c(?:ommunity\s+)?mb", _SHORT, "CMB"),
)
_BOX: Final = tuple(
    (
        re.compile(rf"(?<!\w)(?:{words})(?:{_NUMBER}(?P<number>{number}))?(?!\w)", re.IGNORECASE),
        name,
    )
    for words, number, name in _BOXES
)


_REACH: Final = 40
"""Characters before a street in which its unit may stand."""


class StreetLine(NamedTuple):
    """Number and street, or a box, and where it stands in the text.

    `certain` says that its words alone make it a street: what else it may be is left to the suburb.
    """

    address: PostalAddress
    start: int
    end: int
    certain: bool = True


def street_lines_in(text: str) -> Iterator[StreetLine]:
    """Yield the street lines in a folded text, from left to right, none overlapping another."""
    taken: list[StreetLine] = []
    for line in sorted(_all(text), key=lambda line: (not line.certain, line.start, -line.end)):
        if all(line.end <= other.start or line.start >= other.end for other in taken):
            taken.append(line)
    yield from sorted(taken, key=lambda line: line.start)


def street_without_number(text: str) -> StreetLine | None:
    """Return a street that is given without its number, where just one is."""
    found = list(_WITHOUT_NUMBER.finditer(text))
    if len(found) != 1:
        return None
    (match,) = found
    return StreetLine(PostalAddress(street=titled(match["street"])), *match.span("street"))


def bare_names_in(text: str) -> Iterator[StreetLine]:
    """Yield a number with words behind it: a street only if a place follows ("12 Broadway")."""
    for pattern in _BARE_NAMES:
        for match in pattern.finditer(text):
            yield _line(match, certain=False)


def with_unit_near(text: str, line: StreetLine) -> StreetLine:
    """Return a street line with the unit that stands apart from its number, if one does.

    "Shop 12 Westfield, 100 Burwood Hwy", "88 King St unit 4".
    """
    if line.address.unit or line.address.box:
        return line
    behind = _UNIT_BEHIND.match(text, line.end)
    if behind:
        unit = _unit_written(behind["unit"])
        return line._replace(address=replace(line.address, unit=unit), end=behind.end())
    start = max(0, line.start - _REACH)
    before = list(_UNIT_NEAR.finditer(text, start, line.start))
    if not before or re.search(r"[.!?\n]\s*\S*$|\bnot\b", text[before[-1].end() : line.start]):
        return line
    return line._replace(address=replace(line.address, unit=_unit_written(before[-1][0])))


def direction_at(text: str, place: int) -> tuple[str, int] | None:
    """Return the direction that belongs to a street's name ("Railway Pde East"), and its end."""
    match = _DIRECTION.match(text, place)
    return (titled(match[1]), match.end()) if match else None


def _all(text: str) -> Iterator[StreetLine]:
    for pattern, name in _BOX:
        for match in pattern.finditer(text):
            box = f"{name} {match['number'] or ''}".strip()
            yield StreetLine(PostalAddress(box=box), *match.span())
    for pattern, certain in _WITH_NUMBER:
        for match in pattern.finditer(text):
            yield _line(match, certain=certain)


def _line(match: re.Match[str], *, certain: bool) -> StreetLine:
    address = PostalAddress(
        unit=_unit(match["units"], match["slash"]),
        number=_number(match["number"] or match["lot"]),
        street=titled(match["street"].strip(" .")),
    )
    return StreetLine(address, match.start(), match.end(), certain)


def _unit(words: str, slash: str | None) -> str | None:
    """Return units as they are written before the number: `Unit 3`, `Level 5, Suite 2`, `3`."""
    named = [one.strip(" ,/-\n") for one in re.findall(_UNIT, words, re.IGNORECASE)]
    written = [_unit_written(one) for one in named]
    return ", ".join([*written, *([slash.upper()] if slash else [])]) or None


def _unit_written(words: str) -> str:
    match = re.fullmatch(
        rf"({_UNIT_WORDS})\.?\s?(?:no\.?\s?|number\s|\#\s?)?(\w+)", words, re.IGNORECASE
    )
    if match is None:
        return titled(words)
    kind = {"u": "Unit", "lvl": "Level", "ste": "Suite", "bldg": "Building"}.get(
        match[1].lower(), match[1].title()
    )
    return f"{kind} {match[2].upper()}"


def _number(words: str) -> str:
    lot = re.fullmatch(r"lot\s?(\w+)", words, re.IGNORECASE)
    return f"Lot {lot[1].upper()}" if lot else re.sub(r"\s", "", words).upper()
