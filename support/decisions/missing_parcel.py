"""Says delivered, not here: what to check first, and when an investigation is opened.

Source: Kmart's agent procedure, the tip ("recommend that customers check around the property, with
neighbours, safe place, and check for a missed delivery card before initiating an investigation")
and "Escalate if Needed".
"""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from support.knowledge.models import Span, Unit


class Check(StrEnum):
    """Where a parcel often turns up, in the order in which it is asked."""

    PROPERTY = "property"
    PEOPLE = "people"
    CARD = "card"


class Handling(StrEnum):
    """Who looks into a parcel that is not found."""

    CARRIER = "carrier"
    STORE = "store"
    SELLER = "seller"


_TOLD: Final = {
    Check.PROPERTY: re.compile(
        r"\b(?:(?:looked|checked|searched|been)\s+(?:all\s+)?(?:every\s?where|around|round|outside"
        r"|over)|porch|letter\s?box|mail\s?box|meter\s?box|side\s+gate|back\s?yard|front\s?yard"
        r"|veranda[h]?|garage|shed|bins?|bushes|safe\s+(?:place|spot)|door\s?step|front\s+door)\b",
        re.IGNORECASE,
    ),
    Check.PEOPLE: re.compile(
        r"\b(?:neighbou?rs?|next\s+door|(?:house|flat|room)\s?mates?|hubby|husband|wife|partner"
        r"|family|kids|concierge|reception|mail\s?room|body\s+corp\w*|no\s?(?:one|body)\s+(?:here"
        r"|at\s+home|in\s+the\s+house)\s+(?:has|took|got|saw)|asked\s+every\s?(?:one|body))\b",
        re.IGNORECASE,
    ),
    Check.CARD: re.compile(
        r"\b(?:no|not?\s+(?:even\s+)?a|any|without\s+a|didn'?t\s+leave\s+a)\s+(?:missed\s+)?"
        r"(?:delivery\s+|calling\s+)?(?:card|slip|note)\b|\bno\s+card",
        re.IGNORECASE,
    ),
}
_NOT_RECEIVED: Final = re.compile(
    r"\b(?:never|not|(?:did|has|have|is|was|are)n'?t)\b(?:\s+(?:even|actually|ever|yet|been))*\s+"
    r"(?:(?:came|come|arrived?|here|there|turned\s+up|delivered)\b"
    r"|(?:got|get|gotten|received?|seen?|collect(?:ed)?|pick(?:ed)?(?:\s+up)?)\s+"
    r"(?:it|that|this|them|these|those|my|the)\b)",
    re.IGNORECASE,
)
_SEARCHED: Final = re.compile(
    r"\b(?:look\w*|check\w*|search\w*|ask\w*|not|no|nothing|isn'?t|wasn'?t|never|none|can'?t|nowhere)\b",
    re.IGNORECASE,
)


def says_not_received(text: str) -> bool:
    """Say whether a text says that something did not come, or was not collected."""
    return _NOT_RECEIVED.search(text) is not None


def checks_told(text: str) -> frozenset[Check]:
    """Return what a message says to have been checked already: it is not asked again."""
    if not _SEARCHED.search(text):
        return frozenset()
    return frozenset(check for check, words in _TOLD.items() if words.search(text))


def next_check(done: Collection[str]) -> Check | None:
    """Return what to check next; None where everything has been."""
    return next((check for check in Check if check not in done), None)


def wait_ends(delivered_at: datetime | None, wait: Span | None) -> datetime | None:
    """Return until when to wait after a delivery scan; None where no wait has been published.

    Only hours and days count from a scan; a wait in business days is left to people.
    """
    if delivered_at is None or wait is None or wait.unit is Unit.BUSINESS_DAYS:
        return None
    hours = wait.most * (24 if wait.unit is Unit.DAYS else 1)
    return delivered_at + timedelta(hours=hours)


def handling(*, collected_in_store: bool, sold_by_marketplace: bool) -> Handling:
    """Return who looks into it. What a Marketplace seller sent is settled with the seller."""
    if sold_by_marketplace:
        return Handling.SELLER
    return Handling.STORE if collected_in_store else Handling.CARRIER
