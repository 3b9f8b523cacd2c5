"""Days with a name, in Australia."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from dateutil.easter import easter

from support.mentions.periods import weekday_from


class Holiday(NamedTuple):
    """How people call a day, and on which date it falls in a year.

    `needs_cue` says that the name alone is as often what is bought for it ("Christmas tree").
    """

    pattern: re.Pattern[str]
    in_year: Callable[[int], date]
    needs_cue: bool


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(number: int, weekday: int, month: int) -> Callable[[int], date]:
    return lambda year: weekday_from(date(year, month, 1), weekday) + timedelta(weeks=number - 1)


def _holiday(pattern: str, in_year: Callable[[int], date], *, needs_cue: bool = False) -> Holiday:
    return Holiday(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), in_year, needs_cue)


_CHRISTMAS: Final = r"(?:christmas|xmas|chrissy|chrissie|chistmas|christams)"
_THANKSGIVING: Final = _nth(4, 3, 11)

HOLIDAYS: Final = (
    _holiday(rf"{_CHRISTMAS}\s+eve", _fixed(12, 24)),
    _holiday(rf"{_CHRISTMAS}\s+day", _fixed(12, 25)),
    _holiday(_CHRISTMAS, _fixed(12, 25), needs_cue=True),
    _holiday("boxing day", _fixed(12, 26)),
    _holiday("new year'?s eve|nye", _fixed(12, 31)),
    _holiday("new year'?s(?: day)?|new year", _fixed(1, 1)),
    _holiday("australia day", _fixed(1, 26)),
    _holiday("valentine'?s(?: day)?", _fixed(2, 14), needs_cue=True),
    _holiday("good friday", lambda year: easter(year) - timedelta(days=2)),
    _holiday("easter", easter, needs_cue=True),
    _holiday("anzac day", _fixed(4, 25)),
    _holiday("mother'?s day", _nth(2, 6, 5), needs_cue=True),
    _holiday("father'?s day", _nth(1, 6, 9), needs_cue=True),
    _holiday("hallowe'?en", _fixed(10, 31), needs_cue=True),
    _holiday("melbourne cup(?: day)?|cup day", _nth(1, 1, 11), needs_cue=True),
    _holiday("black friday", lambda year: _THANKSGIVING(year) + timedelta(days=1)),
    _holiday("cyber monday", lambda year: _THANKSGIVING(year) + timedelta(days=4)),
)
"""Longer names first: "Christmas Eve" is not Christmas."""
