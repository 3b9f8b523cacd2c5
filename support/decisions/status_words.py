"""Which of the published statuses a customer is asking about, from their own words."""

import re

from support.systems.orders.models import ParcelStatus

_WORDS = {
    ParcelStatus.OUT_FOR_DELIVERY: r"out\s+(?:for|4)\s+deliver|on\s?board",
    ParcelStatus.READY_TO_COLLECT: r"ready\s+(?:to|for|2)\s+(?:collect|pick)",
    ParcelStatus.PICKING: r"fulfil|\bpick(?:ing|ed)\b(?!\s*up)|packing",
    ParcelStatus.PROCESSING: r"process",
    ParcelStatus.SHIPPED: r"shipped|dispatched|despatched|in\s+transit|on\s+(?:its|the)\s+way",
    ParcelStatus.DELIVERED: r"delivered",
}
_PATTERNS = {status: re.compile(words, re.IGNORECASE) for status, words in _WORDS.items()}

_EVERY = re.compile(r"\bstatuses\b|\b(?:all|each|every|different)\b", re.IGNORECASE)


def means_every_status(text: str) -> bool:
    """Say whether a text asks about the statuses at large: "what are the statuses"."""
    return _EVERY.search(text) is not None


def statuses_named(text: str) -> tuple[ParcelStatus, ...]:
    """Return the published statuses that a text names, in the order in which orders pass them."""
    return tuple(status for status in ParcelStatus if _names(text, status))


def _names(text: str, status: ParcelStatus) -> bool:
    pattern = _PATTERNS.get(status)
    return pattern is not None and pattern.search(text) is not None
