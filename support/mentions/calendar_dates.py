"""Dates by number: "24/11", "12th of November", "on the 12th"."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from support.mentions.date_words import MONTHS, any_of
from support.mentions.models import Found, before
from support.mentions.periods import Period
from support.mentions.tense import Tense, tense_before

_MONTH: Final = any_of(MONTHS)
_ALONE: Final = r"(?<![\w$.,/:#-])"
_ENDS: Final = r"(?![\w%]|[./:-]\d)"
_ISO: Final = re.compile(rf"{_ALONE}(20\d\d)-(\d\d?)-(\d\d?)(?!\d)")
_NUMERIC: Final = re.compile(
    rf"{_ALONE}(?P<day>\d{{1,2}})(?P<sign>[./-])(?P<month>\d{{1,2}})"
    rf"(?:(?P=sign)(?P<year>20\d\d|\d\d))?{_ENDS}"
)
_CUE: Final = re.compile(
    r"\b(?:on|since|by|from|before|after|until|till|til|due|dated?|placed|ordered|bought|purchased"
    r"|delivered|shipped|sent|dispatched|despatched|arriv(?:e|ed|ing)|between|around|of|the|is|was"
    r"|mon|tues?|wed|thurs?|fri|sat|sun|\w+day)[\s:,(]+(?:the\s+)?$",
    re.IGNORECASE,
)
_DAY_MONTH: Final = re.compile(
    rf"{_ALONE}(?:(?P<first>\d{{1,2}})\s?(?:-|to|and|or)\s?)?(?P<day>\d{{1,2}})(?P<ordinal>\s?(?:st|nd|rd|th))?\s*(?P<of>of\s+)?"
    rf"\b(?P<month>{_MONTH})\b(?:,?\s+(?P<year>20\d\d)\b)?",
    re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(
    rf"\b(?P<month>{_MONTH})\.?\s+(?:the\s+)?(?P<day>\d{{1,2}})(?P<ordinal>st|nd|rd|th)?{_ENDS}"
    rf"(?P<of>)(?P<first>)(?:,?\s+(?P<year>20\d\d)\b)?",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"(?<![\w$.])(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:one|item|order|parcel|package|box|time"
    r"|delivery|attempt|day|party|floor|street|st|ave|birthday|week|message|email|call|person))",
    re.IGNORECASE,
)
_BEFORE_A_DAY: Final = re.compile(
    r"\b(?:on|since|by|from|before|after|until|till|til|due|for|between|around|placed|ordered|and|to"
    r"|mon|tues?|wed|thurs?|fri|sat|sun|\w+day)[\s,]+(?:the\s+)?$",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(r"\s*(?:of|items?|parcels?|orders?|stars?|pcs)\b", re.IGNORECASE)
_SIZE: Final = re.compile(r"\bsizes?[\s:]*$", re.IGNORECASE)
_ALSO_WORDS: Final = frozenset({"may", "march", "mar", "dec", "sep", "jun", "jan"})
_NEAR_DAYS: Final = 60


def calendar_dates_in(text: str, today: date) -> Iterator[Found]:
    """Yield the dates that a folded text gives by number; they may overlap."""
    for match in _ISO.finditer(text):
        yield from _given(match, _date(*(int(part) for part in match.groups())))
    for match in _NUMERIC.finditer(text):
        yield from _numeric(text, match, today)
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            yield from _in_month(text, match, today)
    for match in _DAY.finditer(text):
        if _BEFORE_A_DAY.search(before(text, match.start())):
            yield from _of_some_month(text, match, today)


def in_some_year(
    days: Iterable[date | None], today: date, tense: Tense
) -> tuple[date | None, bool]:
    """Return the one of several days that is meant, and whether that is certain."""
    known = [day for day in days if day is not None]
    fitting = [
        day
        for day in known
        if tense is Tense.UNKNOWN or (day <= today if tense is Tense.PAST else day >= today)
    ]
    if not fitting:
        return None, False
    nearest = min(fitting, key=lambda day: abs((day - today).days))
    return nearest, tense is not Tense.UNKNOWN or abs((nearest - today).days) <= _NEAR_DAYS


def _numeric(text: str, match: re.Match[str], today: date) -> Iterator[Found]:
    day, month = int(match["day"]), int(match["month"])
    if match["year"]:
        year = int(match["year"]) % 100 + 2000
        yield from _given(match, _date(year, month, day) or _date(year, day, month))
    elif match["sign"] == "/" and _is_no_fraction(text, match):
        found, certain = _day_of_month(text, match.start(), today, month, day)
        other, near = _day_of_month(text, match.start(), today, day, month)
        if found is None:
            found, certain, other = other, near, None
        yield from _given(match, found, certain=certain and not _fits_better(other, found, today))


def _fits_better(other: date | None, found: date | None, today: date) -> bool:
    """Whether only the American reading is near: 5/12 in May."""
    if other is None or found is None:
        return False
    return abs((other - today).days) <= _NEAR_DAYS < abs((found - today).days)


def _is_no_fraction(text: str, match: re.Match[str]) -> bool:
    """Whether "24/11" is not "2/3 of it", "24/7", "10/10" or "size 10/12"."""
    typed = match[0]
    if typed == "24/7" or _COUNTED.match(text, match.end()):
        return False
    if _SIZE.search(before(text, match.start())):
        return False
    two_digits = len(match["day"]) + len(match["month"]) > 3 or int(match["day"]) > 12  # noqa: PLR2004
    rated = match["month"] == "10" and int(match["day"]) <= 10  # noqa: PLR2004 - out of ten
    cued = _CUE.search(before(text, match.start())) is not None
    return cued or (two_digits and not rated) or text.strip(" .!,") == typed


def _in_month(text: str, match: re.Match[str], today: date) -> Iterator[Found]:
    word, day = match["month"].lower(), int(match["day"])
    sure = match["ordinal"] or match["of"] or match["year"] or word not in _ALSO_WORDS
    if not sure and not _CUE.search(before(text, match.start())):
        return
    found, certain = (
        (_date(int(match["year"]), MONTHS[word], day), True)
        if match["year"]
        else _day_of_month(text, match.start(), today, MONTHS[word], day)
    )
    first = int(match["first"] or day)
    if found is not None and 0 < first < day:
        yield Found(Period(found.replace(day=first), found).iso, *match.span(), certain)
    else:
        yield from _given(match, found, certain=certain)


def _of_some_month(text: str, match: re.Match[str], today: date) -> Iterator[Found]:
    first = today.replace(day=1)
    months = [first + relativedelta(months=change) for change in (-1, 0, 1)]
    days = (_date(month.year, month.month, int(match["day"])) for month in months)
    tense = tense_before(text, match.start())
    found, _ = in_some_year(days, today, tense)
    yield from _given(match, found, certain=tense is not Tense.UNKNOWN)


def _day_of_month(
    text: str, start: int, today: date, month: int, day: int
) -> tuple[date | None, bool]:
    years = (today.year - 1, today.year, today.year + 1)
    days = [_date(year, month, day) for year in years]
    return in_some_year(days, today, tense_before(text, start))


def _given(match: re.Match[str], day: date | None, *, certain: bool = True) -> Iterator[Found]:
    if day is not None:
        yield Found(Period.day(day).iso, *match.span(), certain)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
