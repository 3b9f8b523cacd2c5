"""What a further message makes of an address: "no, it's 14 not 12", "unit 4", "its 3221"."""

import re
from dataclasses import replace
from typing import Final

from support.places.address_reading import address_in, plain_text, street_alone_in
from support.places.localities import localities_of
from support.places.place_lines import place_in
from support.places.postal_address import PostalAddress, same_street_types, titled
from support.places.states import STATE

_NUMBER: Final = r"(?:(?:unit|number|no\.?|house|#)\s*)?(\d{1,5}[a-z]?)(?![\w/])"
_SAID: Final = r"says?|said|is|was|have|has|put|typed|wrote|written|entered"
_SHOULD_BE: Final = (
    r"(?:should|needs?\s+to|must|supposed\s+to|meant\s+to)\s+(?:be|read|say|have\s+been)"
)
_IT_IS: Final = r"(?:(?:but|it'?s|it\s+is|it\s+should\s+be|should\s+be|rather)\s+)"
_NEW_THEN_OLD: Final = (
    re.compile(
        rf"\b{_NUMBER},?\s+(?:and\s+)?(?:not|instead\s+of|rather\s+than)\s+{_NUMBER}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_SHOULD_BE}\s+{_NUMBER}[^\d]{{1,40}}?\b(?:not|{_SAID})\s+(?:as\s+)?{_NUMBER}",
        re.IGNORECASE,
    ),
)
_OLD_THEN_NEW: Final = (
    re.compile(rf"\bnot\s+{_NUMBER}[\s,.-]*{_IT_IS}*{_NUMBER}", re.IGNORECASE),
    re.compile(
        rf"\b(?:{_SAID})\s+(?:as\s+)?{_NUMBER}[^\d]{{1,40}}?\b{_SHOULD_BE}\s+{_NUMBER}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:{_SAID})\s+(?:as\s+)?{_NUMBER}[\s,]+{_IT_IS}{{1,2}}{_NUMBER}", re.IGNORECASE
    ),
)
_WORDS_NOT: Final = re.compile(
    r"\b(?P<new>[a-z][a-z' ]*?),?\s+(?:and\s+)?(?:not|instead\s+of|rather\s+than)\s+"
    r"(?P<old>[a-z][a-z' ]*)",
    re.IGNORECASE,
)
_ONLY_NUMBER: Final = re.compile(
    r"(?:\W|\b(?:no|nope|nah|yes|sorry|actually|oops|it'?s|it\s+is|should\s+be|the|street|house"
    r"|number|is|make\s+(?:it|that)|i\s+meant?|please|pls|thanks|ta)\b)*"
    r"(?P<number>\d{1,5}[a-z]?)(?:\W|\b(?:please|pls|thanks|ta|sorry)\b)*",
    re.IGNORECASE,
)
_UNIT_AND_NUMBER: Final = re.compile(
    r"(?:\W|\b(?:no|nope|nah|yes|sorry|actually|oops|wait|hang\s+on|it'?s|its|it\s+is|should\s+be|the"
    r"|make\s+(?:it|that)|i\s+meant?|please|pls|can\s+you|change\s+it\s+to)\b)*"
    r"(?P<unit>\d{1,4}[a-z]?)\s*/\s*(?P<number>\d{1,5}[a-z]?)(?:\W|\b(?:please|pls|sorry|instead)\b)*",
    re.IGNORECASE,
)
_LABELLED_NUMBER: Final = re.compile(
    r"\b(?:house|street)?\s*number\s*(?:is|should\s+be|:)?\s*(\d{1,5}[a-z]?)\b", re.IGNORECASE
)
_LABELLED_UNIT: Final = re.compile(
    r"\b(unit|apartment|apt|flat|shop|suite|level|villa|townhouse)\s*(?:number|no\.?|is|:|#)*\s*(\d{1,4}[a-z]?)\b",
    re.IGNORECASE,
)
_NO_UNIT: Final = re.compile(
    r"\b(?:no|without(?:\s+the|\s+a)?|not\s+a)\s+(?:unit|apartment|flat)\b", re.IGNORECASE
)
_MOST_WORDS: Final = 3
_IS_STATE: Final = re.compile(rf"\b{STATE}\b", re.IGNORECASE)


def corrected(address: PostalAddress, text: str) -> PostalAddress | None:
    """Return an address with what a message says to be wrong in it put right; None where nothing.

    Only what the message ties to this address counts: a number or words of it that are taken back,
    or a unit that it lacks.
    """
    plain = plain_text(text)
    return (
        _number_swapped(address, plain) or _words_swapped(address, plain) or _unit(address, plain)
    )


def updated(
    address: PostalAddress, text: str, *, suburb_asked: bool = False
) -> PostalAddress | None:
    """Return an address with what an answer adds or puts right; None where it does neither."""
    plain = plain_text(text)
    whole = address_in(text)
    if whole is None:
        put_right = corrected(address, text) or _bare_number(address, plain)
        if put_right is not None:
            return put_right.with_known_state()
    given = whole or street_alone_in(text) or place_in(plain, suburb_asked=suburb_asked)
    return None if given.is_empty else given.over(address).with_known_state()


def _number_swapped(address: PostalAddress, text: str) -> PostalAddress | None:
    for new, old in _pairs(text):
        if old == address.number:
            return replace(address, number=new)
        if address.unit and old == address.unit.split()[-1]:
            return replace(address, unit=address.unit.removesuffix(old) + new)
        if old == address.postcode:
            return replace(address, postcode=new)
    return None


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return numbers said to be right, each with the one said to be wrong."""
    found = [match.groups() for one in _NEW_THEN_OLD for match in one.finditer(text)]
    found += [match.groups()[::-1] for one in _OLD_THEN_NEW for match in one.finditer(text)]
    return [(new.upper(), old.upper()) for new, old in found]


def _words_swapped(address: PostalAddress, text: str) -> PostalAddress | None:
    """Put words right that are said with "not" between them: "Smyth St not Smith St"."""
    match = _WORDS_NOT.search(text)
    if match is None:
        return None
    new, old = match["new"].split(), match["old"].split()
    for count in range(min(_MOST_WORDS, len(old), len(new)), 0, -1):
        wrong, right = " ".join(old[:count]), " ".join(new[-count:])
        if _IS_STATE.search(right):
            continue
        if street := _with_words(address.street, wrong, right):
            return replace(address, street=street)
        if suburb := _with_words(address.suburb, wrong, right):
            return replace(address, suburb=suburb)
    return None


def _with_words(name: str | None, wrong: str, right: str) -> str | None:
    """Return a name with words of it put right; None where it does not have them.

    "Street" is also how "St" is said.
    """
    if name is None:
        return None
    ways = sorted({wrong, *same_street_types(wrong)}, key=len, reverse=True)
    found = re.search(rf"\b(?:{'|'.join(map(re.escape, ways))})\b", name, re.IGNORECASE)
    if found is None:
        return None
    return f"{name[: found.start()]}{titled(right)}{name[found.end() :]}"


def _unit(address: PostalAddress, text: str) -> PostalAddress | None:
    if address.unit and _NO_UNIT.search(text):
        return replace(address, unit=None)
    both = _UNIT_AND_NUMBER.fullmatch(text)
    if both is not None and address.number:
        return replace(address, unit=both["unit"].upper(), number=both["number"].upper())
    match = _LABELLED_UNIT.search(text)
    if match is None or not address.number:
        return None
    return replace(address, unit=f"{match[1].capitalize()} {match[2].upper()}")


def _bare_number(address: PostalAddress, text: str) -> PostalAddress | None:
    """Return the part that a lone number puts right: a postcode where it is one, else the door."""
    labelled, unit = _LABELLED_NUMBER.search(text), _LABELLED_UNIT.search(text)
    if labelled:
        return replace(address, number=labelled[1].upper())
    if unit and address.number:
        return replace(address, unit=f"{unit[1].capitalize()} {unit[2].upper()}")
    alone = _ONLY_NUMBER.fullmatch(text)
    if alone is None or address.is_empty:
        return None
    number = alone["number"].upper()
    wants_postcode = bool(address.number) and not address.postcode
    if localities_of(number) or (wants_postcode and re.fullmatch(r"\d{4}", number)):
        return replace(address, postcode=number)
    return replace(address, number=number)
