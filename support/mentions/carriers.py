"""Carriers, by the names that Australians give them."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from support.mentions.models import Found
from support.mentions.typing_errors import SpellingTolerant

_NAMES: Final = MappingProxyType(
    {
        "australia_post": (
            "australia post",
            "australian post",
            "austrailia post",
            "auspost",
            "aus post",
            "aust post",
            "ausie post",
            "aussie post",
            "oz post",
            "eparcel",
            "post office",
            "postie",
            "posty",
            "mailman",
        ),
        "startrack": ("startrack", "star track", "startrack express", "star track express"),
        "couriersplease": ("couriersplease", "couriers please", "courier please"),
        "team_global_express": (
            "team global express",
            "team global",
            "teamglobalexpress",
            "tge",
            "toll ipec",
            "toll driver",
            "toll courier",
            "toll priority",
            "toll express",
            "toll group",
        ),
        "tnt": ("tnt",),
        "nz_post": ("nz post", "nzpost", "new zealand post"),
        "uber_direct": ("uber direct", "uber driver", "uber delivery", "uber courier"),
        "doordash": ("doordash", "door dash"),
        "sendle": ("sendle",),
        "aramex": ("aramex", "fastway"),
        "dhl": ("dhl",),
        "fedex": ("fedex", "fed ex"),
        "ups": ("united parcel service",),
        "direct_freight_express": ("direct freight express", "direct freight", "directfreight"),
        "hunter_express": ("hunter express",),
        "allied_express": ("allied express",),
        "border_express": ("border express",),
        "amazon_logistics": ("amazon logistics", "amazon driver", "amazon flex"),
    }
)
_IDS: Final = SpellingTolerant({name: key for key, names in _NAMES.items() for name in names})

# Names that are words of their own count only where something is carried by them.
_CARRIED: Final = r"\b(?:with|by|via|using|through|call(?:ed)?|rang|from|contact(?:ed)?)\s+"
_IN_CONTEXT: Final = MappingProxyType(
    {
        "team_global_express": re.compile(rf"{_CARRIED}(toll)\b(?!\s*free)", re.IGNORECASE),
        "uber_direct": re.compile(rf"{_CARRIED}(uber)\b", re.IGNORECASE),
        "ups": re.compile(rf"(?:{_CARRIED}|(?=UPS\b))((?:(?i:ups)))\b(?! and downs)"),
        "hunter_express": re.compile(rf"{_CARRIED}(hunters?)\s+courier", re.IGNORECASE),
        "australia_post": re.compile(
            rf"{_CARRIED}(?:the\s+)?((?:aus\s?)?post)\b(?!\s*code)", re.IGNORECASE
        ),
    }
)

_JUST: Final = r"^\W*(?:it'?s )?(?:with )?(?:the )?"
_IN_ANSWERS: Final = MappingProxyType(
    {
        "australia_post": re.compile(rf"{_JUST}(?:post|aus)(?: one)?\W*$", re.IGNORECASE),
        "startrack": re.compile(rf"{_JUST}star(?: one)?\W*$", re.IGNORECASE),
    }
)


def carriers_answered(text: str) -> tuple[str, ...]:
    """Return the ids of the carriers that an answer names where a carrier was asked for.

    There "post" alone says enough.
    """
    named = dict.fromkeys(found.value for found in carriers_in(text))
    loosely = (carrier for carrier, words in _IN_ANSWERS.items() if words.search(text))
    return tuple(named) or tuple(loosely)


def carriers_in(text: str) -> Iterator[Found]:
    """Yield the carriers named in a folded text, by the ids of `systems/carriers/registry.py`."""
    yield from _IDS.found_in(text)
    for carrier, pattern in _IN_CONTEXT.items():
        for match in pattern.finditer(text):
            yield Found(carrier, *match.span(1))
