"""One spelling for the names of places: "Mt. Gambier", "MOUNT GAMBIER" -> "mount gambier"."""

import re
from types import MappingProxyType
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = re.compile(r"['\u2019]")
_LONG_FORMS: Final = MappingProxyType(
    {"mt": "mount", "saint": "st", "nth": "north", "sth": "south", "upr": "upper", "pt": "point"}
)


def spelt(name: str) -> str:
    """Return a name in the one spelling in which names are compared."""
    words = _WORD.findall(_APOSTROPHES.sub("", name.casefold()))
    return " ".join(_LONG_FORMS.get(word, word) for word in words)
