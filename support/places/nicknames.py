"""What Australians call their cities."""

from types import MappingProxyType
from typing import Final

NICKNAMES: Final = MappingProxyType(
    {
        "adelaid": "Adelaide",
        "bundy": "Bundaberg",
        "bris": "Brisbane",
        "brisvegas": "Brisbane",
        "brissie": "Brisbane",
        "brissy": "Brisbane",
        "cbr": "Canberra",
        "freo": "Fremantle",
        "goldie": "Gold Coast",
        "goldy": "Gold Coast",
        "gold coast": "Gold Coast",
        "launny": "Launceston",
        "melb": "Melbourne",
        "melbs": "Melbourne",
        "melborne": "Melbourne",
        "melbounre": "Melbourne",
        "newie": "Newcastle",
        "newy": "Newcastle",
        "parra": "Parramatta",
        "radelaide": "Adelaide",
        "rocky": "Rockhampton",
        "shepp": "Shepparton",
        "sunny coast": "Sunshine Coast",
        "sunshine coast": "Sunshine Coast",
        "syd": "Sydney",
        "the goldie": "Gold Coast",
        "the gong": "Wollongong",
        "the sunny coast": "Sunshine Coast",
        "wagga": "Wagga Wagga",
    }
)
"""Names that the table of localities does not list, or not alone, and what they stand for."""

SPEAK_FOR_THEMSELVES: Final = frozenset(
    {
        "adelaide",
        "brisbane",
        "brisvegas",
        "brissie",
        "brissy",
        "canberra",
        "freo",
        "gold coast",
        "hobart",
        "melb",
        "melbourne",
        "newy",
        "radelaide",
        "sunshine coast",
        "the goldie",
    }
)
"""Names that mean the place wherever they stand."""
