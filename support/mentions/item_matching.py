"""Whether what somebody calls an item is a line of their order."""

from itertools import pairwise
from types import MappingProxyType
from typing import Final

from support.mentions.item_words import NOT_IN_ITEM, stem

_COLOUR_WORDS: Final = """
black white gray blue navy red green pink purple yellow orange brown beige cream gold silver teal
aqua charcoal khaki
"""
_COLOURS: Final = frozenset(_COLOUR_WORDS.split())
_LITTLE_WORDS: Final = """
new big small large medium little mini kid child boy girl men women lady baby set pack piece pair
size anko kmart target bulk
"""
_SAY_LITTLE: Final = frozenset(_LITTLE_WORDS.split())
_SYNONYMS: Final = MappingProxyType(
    {
        "doona": "quilt",
        "duvet": "quilt",
        "telly": "tv",
        "television": "tv",
        "couch": "sofa",
        "lounge": "sofa",
        "barbecue": "bbq",
        "jug": "kettle",
        "pyjama": "pj",
        "sneaker": "shoe",
        "runner": "shoe",
        "fridge": "refrigerator",
        "tee": "tshirt",
        "grey": "gray",
        "bicycle": "bike",
        "pram": "stroller",
        "vac": "vacuum",
        "xmas": "christmas",
    }
)
_ENOUGH: Final = 0.5


def matches(item_phrase: str, line_name: str) -> bool:
    """Whether an item as somebody calls it may be the line of this name.

    More than half of the words that say something must be in the line's name, in singular or
    plural, joined or apart ("airfryer", "Air Fryer"), or by another word for the same. A colour
    that the line contradicts rules it out; one that the line does not name does not.
    """
    wanted, offered = _words(item_phrase), _words(line_name)
    colours, line_colours = wanted & _COLOURS, offered & _COLOURS
    if colours and line_colours and not colours & line_colours:
        return False
    if _joined(item_phrase) & offered or wanted & _joined(line_name):
        return True
    telling = telling_words(item_phrase) or wanted
    return len(telling & offered) > _ENOUGH * len(telling)


def telling_words(phrase: str) -> frozenset[str]:
    """Return the words that tell an item from others, in the singular and by one name for each."""
    return _words(phrase) - _COLOURS - _SAY_LITTLE


def _words(phrase: str) -> frozenset[str]:
    words = stem(phrase.lower().replace("t-shirt", "tshirt")).split()
    return frozenset(_SYNONYMS.get(word, word) for word in words if word not in NOT_IN_ITEM)


def _joined(phrase: str) -> frozenset[str]:
    """Return each two neighbouring words as one."""
    return frozenset(left + right for left, right in pairwise(stem(phrase).split()))
