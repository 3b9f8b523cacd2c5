"""What a question about delivery times asks: about an order, a place, or delivery at large.

Only the customer's own order needs to be looked up, and so only that needs to know who asks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final

from support.decisions.region import PlaceName
from support.places.localities import localities_named
from support.places.nicknames import NICKNAMES
from support.places.spelling import spelt
from support.systems.orders.models import DeliveryMethod


class Asked(StrEnum):
    """What is asked about."""

    ORDER = "order"
    PLACE = "place"
    EVERYWHERE = "everywhere"


_THINGS: Final = (
    r"(?:orders?|parcels?|packages?|packs?|deliver(?:y|ies)|shipments?|items?|stuff|things?|goods)"
)
_NOT_ORDERED_YET: Final = re.compile(
    r"\bif\s+(?:(?:i|we|it(?:'?s|\s+is|\s+was)?|u|you)\s+)?(?:\w+\s+){0,3}?"
    r"(?:order|buy|bought|get|got|place|pay|paid|purchase|book|choose|were\s+to)\w*\b"
    r"|\bbefore\s+(?:i|we)\s+(?:\w+\s+){0,2}?(?:order|buy|pay|purchase|check\s?out|hit)\b",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    rf"\b(?:my|our)\s+(?:\w+\s+){{0,2}}?{_THINGS}\b"
    r"|\b(?:i|we)(?:'ve|\s+have|'d|\s+had)?\s+(?:\w+\s+)?(?:ordered|bought|paid|purchased|placed)\b"
    r"|\b(?:been\s+)?waiting\s+(?:on|for)\b",
    re.IGNORECASE,
)
_DURATION: Final = re.compile(
    r"\bh(?:o)?w\s+(?:\w+\s+){0,2}?(?:lo?n+g|l?o[nm]g|many?|much|fast|quick(?:ly)?|soon|late)\b"
    r"|\b(?:time\s?frames?|lead\s+time|turn\s?around|delivery\s+times?|shipping\s+times?)\b",
    re.IGNORECASE,
)
_IT_COMES: Final = re.compile(
    r"\b(?:when(?:'?s|\s+is|\s+are)?|will|does|do|is|are|should|going\s+to|what\s+time|what\s+day)\b"
    r"[^.?!]{0,60}\b(?:it|they|this|that|these|those|one|ones|i|rest)\b"
    r"[^.?!]{0,60}\b(?:com(?:e|es|ing)|arriv\w+|here|get|getting|deliver(?:ed)?|reach\w*|land|turn\s+up)\b"
    r"|\b(?:eta|date)\s+(?:on|for|of)\s+(?:it|this|that|these|mine)\b"
    r"|\bwhen'?s\s+(?:it|this|that)\b",
    re.IGNORECASE,
)
_IT: Final = re.compile(r"\b(?:it|they|this|that|these|those|one)\b", re.IGNORECASE)
_TILL: Final = re.compile(
    r"\bhow\s+(?:much\s+)?long(?:er)?\s+(?:till?|until|before|now|to\s+go)\b"
    r"(?!\s+(?:i|you|u|we)\s+(?:can\s+)?(?:order|buy|ship|send|deliver))",
    re.IGNORECASE,
)
_HOW_LONG: Final = re.compile(
    r"^\W*(?:(?:so|and|but|ok(?:ay)?|well|yeah)\W+)*how\s+(?:much\s+)?long(?:er)?"
    r"(?:\W+(?:then|tho|though))?\W*$",
    re.IGNORECASE,
)
_WOULD: Final = re.compile(r"\b(?:would|could|can|usually|normally|typically)\b", re.IGNORECASE)
_EXPRESS: Final = re.compile(r"\b(?:express|overnight|priority)\b", re.IGNORECASE)
_TARGET: Final = re.compile(r"\btarget(?:'s|s|\s?au\w*)?\b(?!\s+(?:date|day))", re.IGNORECASE)


def asked_about(text: str, *, knows_order: bool, names_place: bool) -> Asked:
    """Say what a question about times asks.

    `knows_order`: an order is spoken of already, or whose orders they are is known. Then "how long
    does delivery take" is still a question about delivery at large, and "how long will it be" not.
    """
    at_large = Asked.PLACE if names_place else Asked.EVERYWHERE
    if _NOT_ORDERED_YET.search(text):
        return at_large
    if _OWN.search(text):
        return Asked.ORDER
    if knows_order and not names_place and (_TILL.search(text) or _HOW_LONG.match(text)):
        return Asked.ORDER
    if _DURATION.search(text) and (names_place or not (knows_order and _IT.search(text))):
        return at_large
    if knows_order:
        return Asked.ORDER
    about_it = _IT_COMES.search(text) and not _WOULD.search(text)
    return Asked.ORDER if about_it and not names_place else at_large


def method_asked(text: str) -> DeliveryMethod:
    """Return the way of delivery that a question is about: standard, unless express is named."""
    return DeliveryMethod.EXPRESS if _EXPRESS.search(text) else DeliveryMethod.STANDARD


def is_about_target(text: str) -> bool:
    """Say whether a question is about Target, whose times are its own."""
    return _TARGET.search(text) is not None


def places_asked(
    text: str, suburbs: Iterable[PlaceName], postcodes: Iterable[str]
) -> tuple[PlaceName, ...]:
    """Return where a delivery would go, by the suburbs and postcodes that a question names.

    A postcode goes with the suburb that it belongs to. Where it comes from is left out: "from
    Sydney to Dubbo" asks about Dubbo.
    """
    left = list(dict.fromkeys(postcodes))
    places: list[PlaceName] = []
    for suburb in suburbs:
        own = next((one for one in left if one in _postcodes_of(suburb)), None)
        if own is not None:
            left.remove(own)
        places.append(replace(suburb, postcode=own))
    places += [PlaceName(postcode=one) for one in left]
    return tuple(_without_origins(text, places)) or tuple(places)


def _postcodes_of(place: PlaceName) -> set[str]:
    name = spelt(place.suburb or "")
    return {one.postcode for one in localities_named(NICKNAMES.get(name, name))}


def _without_origins(text: str, places: Iterable[PlaceName]) -> Iterator[PlaceName]:
    for place in places:
        name = re.escape(place.suburb or place.postcode or "")
        origin = rf"\bfrom\s+(?:(?:your|the|a|kmart)\s+)?(?:\w+\s+)?{name}\b"
        if not re.search(origin, text, re.IGNORECASE):
            yield place
