"""The words that dates are made of, with the typing errors that are made in them."""

from types import MappingProxyType
from typing import Final

_MONTH_WORDS: Final = (
    "january jan janury",
    "february feb febuary",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep setpember",
    "october oct",
    "november nov novemeber",
    "december dec decemeber decmber",
)
_WEEKDAY_WORDS: Final = (
    "monday mon mondy",
    "tuesday tue tues tuseday teusday",
    "wednesday wed weds wensday wednsday wednesdy",
    "thursday thu thur thurs thrusday thurday",
    "friday fri frieday firday",
    "saturday sat saterday satday",
    "sunday sun sundy",
)
_COUNT_WORDS: Final = (
    "a an one",
    "two couple",
    "three few",
    "four several",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def _numbered(words: tuple[str, ...], start: int) -> MappingProxyType[str, int]:
    return MappingProxyType(
        {word: number for number, line in enumerate(words, start) for word in line.split()}
    )


MONTHS: Final = _numbered(_MONTH_WORDS, 1)
WEEKDAYS: Final = _numbered(_WEEKDAY_WORDS, 0)
"""Monday is 0, as in `datetime`."""
COUNTS: Final = _numbered(_COUNT_WORDS, 1)
VAGUE: Final = frozenset({"couple", "few", "several"})

TODAY: Final = r"today|tonight|tonite|this\s+(?:morning|morn|arvo|afternoon|evening)"
YESTERDAY: Final = r"yesterday|yesterdy|yestarday|yday|last\s+night"
TOMORROW: Final = r"tomorrow|tomorow|tommorow|tommorrow|tomorro|tmrw|tmr|tmrow|tomoz|2moro"


def any_of(words: MappingProxyType[str, int]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
