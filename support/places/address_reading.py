"""The address that a message wants something sent to.

"can u send it to 5/88 Marine Pde, Redcliffe QLD 4020 instead", "its 12 smith street geelong 3220".
A message may name the wrong address too, or only that: "not 14 Wattle Road", "it's going to my old
place at 3 Hill St". What is left when those are put aside is the address, if just one is left.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from support.identifiers.folding import FoldedText
from support.places.place_lines import listed_suburb, place_in, place_line_at
from support.places.postal_address import PostalAddress, known_suburb
from support.places.street_lines import (
    StreetLine,
    bare_names_in,
    direction_at,
    street_lines_in,
    street_without_number,
    with_unit_near,
)

LONGEST: Final = 2_000
"""Characters of a message that are looked at."""

_DOTTED_STATE: Final = re.compile(
    r"\b(?:n\.\s?s\.\s?w|v\.\s?i\.\s?c|q\.\s?l\.\s?d|w\.\s?a|s\.\s?a|t\.\s?a\.\s?s|a\.\s?c\.\s?t|n\.\s?t)\.?"
    r"(?!\w)",
    re.IGNORECASE,
)
_LEAD_IN: Final = (
    r"(?:\s+(?:the|my|our|a|an|address|place|house|at|in|on|is|was|of|number|no))*[\s:,'\"(-]*$"
)
_WRONG_BEFORE: Final = re.compile(
    r"(?:\bnot(?:\s+(?:just|to))?|\binstead\s+of|\brather\s+than|\bold(?:\s+\w+){0,2}|\bprevious(?:\s+\w+)?"
    r"|\bwrong(?:\s+\w+)?|\bex'?s?(?:\s+\w+)?|\bfrom|\bmoved\s+out\s+of|\bused\s+to\s+(?:live|be)"
    r"|\b(?:is|are|was|were|it'?s|its|been|being|i|you|u|they|have|got|getting)\s+(?:\w+\s+)?"
    r"(?:going|sent|headed|addressed|delivered|shipped|posted)(?:\s+it)?\s+to"
    r"|\b(?:i|it|we|they|you(?:\s+lot)?)\s+(?:have|had|has|put|typed|entered|wrote|used|says?|said"
    r"|shows?)(?:\s+(?:in|down|it|my|the|our|as|address))*)" + _LEAD_IN,
    re.IGNORECASE,
)
_MEANT: Final = re.compile(
    r"\b(?:should|need(?:s|ed)?|want(?:s|ed)?|supposed|meant)\b(?:\s+(?!not\b)\w+){0,4}\s*$",
    re.IGNORECASE,
)
_RIGHT_BEFORE: Final = re.compile(
    r"(?:\bshould(?:\s+(?:be|read|say|go|have\s+been))?|\bneeds?\s+(?:to\s+(?:go|be|come)|going)"
    r"|\bnew(?:\s+\w+){0,2}|\b(?:correct|right|actual|proper|updated|current)(?:\s+\w+){0,2}"
    r"|\b(?:send|deliver|redirect|ship|change|update|switch|move|forward|drop|divert|post|get)\w*"
    r"(?:\s+\w+){0,4}|\bmoved|\binstead|\b(?:but|actually)\s+(?:it'?s|its|it\s+is|i|we)\b(?:\s+\w+)?)"
    r"(?:\s+(?:to|is|at|it|be))*" + _LEAD_IN,
    re.IGNORECASE,
)
_REACH: Final = 80
"""Characters before an address that are looked at for what calls it right or wrong."""


class _Found(NamedTuple):
    address: PostalAddress
    start: int
    end: int


def address_in(text: str, *, current: PostalAddress | None = None) -> PostalAddress | None:
    """Return the address that a message asks for, as far as it is given; None where it gives none.

    `current` is where it goes now: that is never what is asked for. A street that takes its place
    ("14 Wattle Grove not 14 Wattle Road") lies in its suburb unless another one is named.
    """
    plain = plain_text(text)
    named = list(_addresses_in(plain))
    found = [
        one
        for one in named
        if not _is_wrong(plain, one) and not (current and one.address.is_same_place(current))
    ]
    asked_for = [one for one in found if _RIGHT_BEFORE.search(_before(plain, one))] or found
    if len({one.address for one in asked_for}) != 1:
        return None
    address = _with_what_stands_apart(asked_for[0], plain)
    if current and any(one.address.is_same_place(current) for one in named):
        address = _in_the_same_place(address, current)
    return address.with_known_state()


def street_alone_in(text: str) -> PostalAddress | None:
    """Return a street without its number, with what follows it; only to be used in an answer."""
    plain = plain_text(text)
    street = street_without_number(plain)
    return _completed(plain, street).address.with_known_state() if street else None


def plain_text(text: str) -> str:
    """Return a message as the rules for addresses read it."""
    folded = FoldedText.of(text[:LONGEST]).text
    return _DOTTED_STATE.sub(lambda match: re.sub(r"[.\s]", "", match[0]), folded)


def _addresses_in(text: str) -> Iterator[_Found]:
    lines = list(street_lines_in(text))
    taken = [range(line.start, line.end) for line in lines if line.certain]
    lines += [
        line for line in bare_names_in(text) if not any(line.start in place for place in taken)
    ]
    end_of_last = 0
    for line in sorted(lines, key=lambda line: (line.start, not line.certain, -line.end)):
        found = _completed(text, line)
        if line.start < end_of_last or not (line.certain or _has_a_place(found.address)):
            continue
        end_of_last = found.end
        yield found


def _completed(text: str, line: StreetLine) -> _Found:
    line = with_unit_near(text, line)
    direction = direction_at(text, line.end)
    if direction and line.address.street and listed_suburb(text, line.end) is None:
        street = f"{line.address.street} {direction[0]}"
        line = line._replace(address=replace(line.address, street=street), end=direction[1])
    place = place_line_at(text, line.end)
    return _Found(place.address.over(line.address), line.start, place.end)


def _has_a_place(address: PostalAddress) -> bool:
    """Say whether suburb and state or postcode stand behind a name that alone is no street."""
    listed = address.suburb is not None and known_suburb(address.suburb) is not None
    return listed and bool(address.state or address.postcode)


def _is_wrong(text: str, found: _Found) -> bool:
    """Say whether the words before an address call it the wrong one."""
    instead = re.match(r"[\s,.]*instead(?!\s+of)", text[found.end :], re.IGNORECASE)
    before = _before(text, found)
    meant = _MEANT.search(before) or instead
    return bool(_WRONG_BEFORE.search(before)) and not meant


def _before(text: str, found: _Found) -> str:
    return text[max(0, found.start - _REACH) : found.start]


def _with_what_stands_apart(found: _Found, text: str) -> PostalAddress:
    """Add the postcode or the state that a message gives somewhere else than behind the street."""
    address = found.address
    if address.postcode and address.state and address.suburb:
        return address
    apart = place_in(f"{text[: found.start]} {text[found.end :]}")
    if address.suburb and apart.suburb not in (None, address.suburb):
        return address
    return address.over(replace(apart, suburb=address.suburb or apart.suburb))


def _in_the_same_place(address: PostalAddress, current: PostalAddress) -> PostalAddress:
    if address.suburb or address.postcode:
        return address
    place = PostalAddress(suburb=current.suburb, state=current.state, postcode=current.postcode)
    return address.over(place)
