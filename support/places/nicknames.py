"""What Australians call their cities."""

from types import MappingProxyType
from typing import Final

NICKNAMES: Final = MappingProxyType(
    {
        "adelaid": "Adelaide",
        "bris": "Brisbane",
        "brissie": "Brisbane",
        "brissy": "Brisbane",
        "brisvegas": "Brisbane",
        "bundy": "Bundaberg",
        "cbr": "Canberra",
        "east melb": "East Melbourne",
        "freo": "Fremantle",
        "gold coast": "Gold Coast",
        "goldie": "Gold Coast",
        "goldy": "Gold Coast",
        "launny": "Launceston",
        "melb": "Melbourne",
        "melborne": "Melbourne",
        "melbounre": "Melbourne",
        "melbs": "Melbourne",
        "newie": "Newcastle",
        "newy": "Newcastle",
        "north melb": "North Melbourne",
        "parra": "Parramatta",
        "port melb": "Port Melbourne",
        "radelaide": "Adelaide",
        "rocky": "Rockhampton",
        "shepp": "Shepparton",
        "south melb": "South Melbourne",
        "sunny coast": "Sunshine Coast",
        "sunshine coast": "Sunshine Coast",
        "syd": "Sydney",
        "the goldie": "Gold Coast",
        "the gong": "Wollongong",
        "the sunny coast": "Sunshine Coast",
        "wagga": "Wagga Wagga",
        "west melb": "West Melbourne",
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
