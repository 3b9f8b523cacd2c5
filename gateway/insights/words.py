"""How figures are named and written on the page for staff."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gateway.insights.figures import Share

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "order_status": "Where is my order",
        "eta": "When does it come",
        "tracking": "Tracking",
        "missing_parcel": "Says delivered, not here",
        "missing_items": "Missing, broken or wrong items",
        "address": "Wrong address",
        "delay": "Late",
        "click_and_collect": "Click & Collect",
        "marketplace": "Marketplace",
        "case_status": "State of a request",
        "order_details": "Details of an order",
        "notifications": "Wants to be told news",
        "refund_or_return": "Refund or return",
        "cancel_order": "Cancel an order",
        "change_order": "Change an order",
        "identification": "Cannot find order details",
        "person": "Wants a person",
        "out_of_scope": "Something else",
        "other_language": "Another language",
        "none_named": "No problem named",
        "asked": "The customer asked",
        "complaint": "A complaint",
        "distress": "Distress",
        "not_understood": "Not understood",
        "assistant_failed": "The assistant failed",
        "escalated": "The procedure says so",
        "agent": "An agent came",
        "ticket": "Became a call-back",
        "left": "The customer left",
        "assistant": "Went on with the assistant",
        "web": "Web",
        "sms": "SMS",
        "whatsapp": "WhatsApp",
        "messenger": "Messenger",
    }
)

_MINUTE: Final = 60
_HOUR: Final = 3600


def name(word: str) -> str:
    """Return how a word of ours is written for people."""
    return NAMES.get(word, word.replace("_", " ").capitalize())


def percent(share: Share) -> str:
    """Return `83% (10 of 12)`; a dash of nothing."""
    if share.percent is None:
        return "\N{EN DASH}"
    return f"{share.percent:.0f}% ({share.part:,} of {share.whole:,})"


def duration(seconds: float | None) -> str:
    """Return `0.8 s`, `45 s`, `3 min 20 s` or `2 h 5 min`; a dash where there is none."""
    if seconds is None:
        return "\N{EN DASH}"
    if seconds < 10:  # noqa: PLR2004 - from here on a tenth tells nothing
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
