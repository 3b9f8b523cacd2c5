"""What a message asks for in so many words, besides what the classifier makes of it.

A classifier that is sure of one meaning has nothing left for a second one. These words are looked
for only to find that second one; see `support.decisions.understanding`.
"""

import re
from typing import Final

_PERSON: Final = re.compile(
    r"\b(?:talk|speak|chat)\s+(?:to|with)\s+(?:some(?:one|body)|a|an|the|your)\b"
    r"|\b(?:get|give|want|need)\s+(?:me\s+|to\s+see\s+)?(?:a|an|the|your)\s+(?:real\s+)?"
    r"(?:human|person|manager|supervisor|agent|operator)\b"
    r"|\breal\s+(?:person|human)\b|\b(?:some(?:one|body)|you)\s+(?:please\s+)?call\s+me\b",
    re.IGNORECASE,
)
_ORDER: Final = re.compile(
    r"\b(?:orders?|parcels?|packages?|box|deliver\w*|tracking|arrived|came|come|missing|late|broken"
    r"|smashed|damaged|address)\b",
    re.IGNORECASE,
)

_RECIPIENT: Final = re.compile(
    r"\b(?:gift|present)\b|\b(?:some(?:one|body)|friend|mate|mum|mom|dad|nan|sister|brother|partner"
    r"|husband|wife|daughter|son|aunt\w*|uncle|cousin|boss|colleague)\s+(?:\w+\s+)?"
    r"(?:sent|ordered|bought|got|posted)\b"
    r"|\b(?:i'?m|i\s+am|im)\s+(?:just\s+|only\s+)?the\s+(?:recipient|receiver)\b"
    r"|\b(?:i\s+)?(?:didn'?t|did\s+not|wasn'?t\s+the\s+one\s+who)\s+(?:order|place|buy)",
    re.IGNORECASE,
)


def asks_for_person(text: str) -> bool:
    """Say whether a text asks for somebody to talk to."""
    return _PERSON.search(text) is not None


def names_an_order(text: str) -> bool:
    """Say whether a text speaks of an order, a parcel or its delivery."""
    return _ORDER.search(text) is not None


def is_recipient(text: str) -> bool:
    """Say whether somebody speaks of a parcel that another person has ordered."""
    return _RECIPIENT.search(text) is not None
