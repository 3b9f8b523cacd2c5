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

_UPDATES: Final = (
    r"(?:(?:the|these|those|your|all|any|more|my|tracking|order|delivery|parcel)\s+){0,3}"
    r"(?:updates?|notifications?|alerts?|notices|messages|msgs|texts|sms|pings|reminders)\b"
)
_TELLING: Final = (
    r"(?:tell|text|txt|messag|msg|notify|updat|ping|writ|contact|alert|remind)(?:e|ing)?"
)
_END: Final = (
    r"(?:stop|quit|end|cancel|mute|disable|(?:turn|switch)\s+off|no\s+more|enough|unsubscribe\s+from"
    r"|(?:don'?t|do\s+not)\s+(?:need|want))"
)
_NO_UPDATES: Final = re.compile(
    rf"\b{_END}\s+(?:of\s+|with\s+|sending\s+(?:me\s+)?|getting\s+)?{_UPDATES}"
    # "stop telling me it's on its way" is about something else.
    rf"|\b(?:stop|quit)\s+{_TELLING}\s+(?:me|us)\b"
    r"(?!\s+(?:to|that|what|where|lies|it'?s|the\s+same|i)\b)"
    rf"|\b(?:don'?t|do\s+not|no\s+need\s+to)\s+{_TELLING}\s+(?:me|us)\s+"
    r"(?:any\s?more|any\s+longer|again|about|updates?)\b"
    r"|^\W*unsubscribe\b|\bopt(?:ing)?\s+(?:me\s+)?out\b",
    re.IGNORECASE,
)
_BARE_STOP: Final = re.compile(
    r"^\W*(?:(?:please|pls|ok|just)\W+)*(?:stop(?:\W*all)?|end|quit)(?:\W+(?:please|pls|now|it))*\W*$",
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

_WHEN_WILL_IT: Final = re.compile(
    r"\bwhen\b.{0,60}\b(?:will|gonna|going\s+to|should|supposed|expected|meant|due|can\s+i\s+expect)\b"
    r"|\bwh(?:at|ich)\s+(?:day|date|time)\b|\bhow\s+(?:long|soon)\b"
    r"|^\W*(?:(?:so|and|but|ok|okay|yeah|yes|well)\W+)*when(?:\W+(?:exactly|tho|though|then|is\s+(?:it|that)))?\W*$",
    re.IGNORECASE,
)
_LATER_ON: Final = re.compile(
    r"\b(?:let\s+me\s+know|lmk|notify|notified|notification|alert|ping|text\s+me|email\s+me|message\s+me"
    r"|updates?|update\s+me|keep\s+me|posted)\b",
    re.IGNORECASE,
)


def asks_for_person(text: str) -> bool:
    """Say whether a text asks for somebody to talk to."""
    return _PERSON.search(text) is not None


def names_an_order(text: str) -> bool:
    """Say whether a text speaks of an order, a parcel or its delivery."""
    return _ORDER.search(text) is not None


def ends_updates(text: str) -> bool:
    """Say whether a text asks to be told no more: "stop telling me", "no more updates"."""
    return _NO_UPDATES.search(text) is not None


def is_bare_stop(text: str) -> bool:
    """Say whether a text says "stop" and not what."""
    return _BARE_STOP.match(text) is not None


def is_recipient(text: str) -> bool:
    """Say whether somebody speaks of a parcel that another person has ordered."""
    return _RECIPIENT.search(text) is not None


def asks_for_date(text: str) -> bool:
    """Say whether "tell me when" asks for a date now, and not for word later on."""
    return _WHEN_WILL_IT.search(text) is not None and _LATER_ON.search(text) is None
