"""Dates counted from today: "tmrw", "3 weeks ago", "for 2 weeks now", "last week"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from support.mentions.date_words import COUNTS, TODAY, TOMORROW, VAGUE, YESTERDAY, any_of
from support.mentions.models import Found, before
from support.mentions.periods import Period, moved
from support.mentions.tense import Tense, tense_before

_PART_OF_DAY: Final = r"(?:\s+(?:morning|morn|arvo|afternoon|evening|night))?"
_DAYS_AWAY: Final = tuple(
    (days, re.compile(rf"\b(?:{words}){_PART_OF_DAY}\b", re.IGNORECASE))
    for days, words in (
        (-2, r"(?:the\s+)?day\s+before\s+yesterday"),
        (-1, YESTERDAY),
        (0, TODAY),
        (1, TOMORROW),
        (2, r"(?:the\s+)?day\s+after\s+tomorrow"),
    )
)
_GREETING: Final = re.compile(r"\b(?:good|lovely|great|happy|fine|gd)\s+$", re.IGNORECASE)
_UNIT: Final = (
    r"(?P<unit>(?:business|working|bus)\s+days?|days?|weeks?|wks?|fortnights?|months?|mths?|years?)"
)
_WORDS: Final = rf"(?:a\s+)?(?P<word>{any_of(COUNTS)})\s+(?:of\s+)?(?:full\s+|whole\s+)?"
_COUNT: Final = rf"(?:(?P<digits>\d{{1,2}})\s?|{_WORDS})"
_AGO: Final = re.compile(rf"(?<![\w.$-]){_COUNT}{_UNIT}\s+(?:ago|back|prior)\b", re.IGNORECASE)
_UNTIL_NOW: Final = re.compile(
    r"\b(?:for|been|over|past|last|waited|waiting|nearly|almost|than|since)\s+"
    rf"(?P<span>{_COUNT}{_UNIT}(?:\s+now|\s+already)?)\b(?!\s+(?:ago|back|prior|deliver|shipping))",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    rf"(?<![\w.$-])(?P<span>{_COUNT}{_UNIT}\s+(?:now|already))\b", re.IGNORECASE
)
_FROM_NOW: Final = re.compile(
    rf"\b(?:in|within)\s+(?:the\s+next\s+)?(?P<span>{_COUNT}{_UNIT})\b(?!\s+(?:ago|back|prior))",
    re.IGNORECASE,
)
_TIME_AHEAD: Final = re.compile(
    r"\b(?:takes?|taking|take|wait|away|another|up\s+to|allow)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_WHOLE: Final = re.compile(
    r"\b(?P<which>last|past|previous|this|next|coming|the|over\s+the)\s+"
    r"(?P<unit>week|wk|weekend|fortnight|month|year)\b(?!\s*(?:day|of|ago))",
    re.IGNORECASE,
)
_STEPS: Final = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 0}


def relative_dates_in(text: str, today: date) -> Iterator[Found]:
    """Yield the dates of a folded text that count from today; they may overlap."""
    yield from _days_away(text, today)
    yield from _counted(text, today)
    yield from _whole_periods(text, today)


def _days_away(text: str, today: date) -> Iterator[Found]:
    for days, pattern in _DAYS_AWAY:
        for match in pattern.finditer(text):
            if not _GREETING.search(before(text, match.start())):
                day = today + timedelta(days=days)
                yield Found(Period.day(day).iso, *match.span())


def _counted(text: str, today: date) -> Iterator[Found]:
    for match in _AGO.finditer(text):
        day = moved(today, -_count(match), _unit(match))
        yield Found(Period.day(day).iso, *match.span(), _is_exact(match))
    for pattern in (_UNTIL_NOW, _NOW):
        for match in pattern.finditer(text):
            if not _TIME_AHEAD.search(before(text, match.start("span"))):
                first = moved(today, -_count(match), _unit(match))
                yield Found(Period(first, today).iso, *match.span("span"), _is_exact(match))
    for match in _FROM_NOW.finditer(text):
        if tense_before(text, match.start()) is not Tense.PAST:
            last = moved(today, _count(match), _unit(match))
            yield Found(Period(today, last).iso, *match.span("span"), _is_exact(match))


def _whole_periods(text: str, today: date) -> Iterator[Found]:
    for match in _WHOLE.finditer(text):
        which, unit = match["which"].lower(), match["unit"].lower()
        if which in _STEPS:
            yield Found(_whole(today, _STEPS[which], unit).iso, *match.span())
        elif unit == "weekend":
            step = 0 if tense_before(text, match.start()) is Tense.FUTURE else -1
            yield Found(_whole(today, step, unit).iso, *match.span(), certain=False)


def _whole(today: date, step: int, unit: str) -> Period:
    if unit in ("week", "wk"):
        return Period.week(moved(today, step, "week"))
    if unit == "weekend":
        return Period.weekend(moved(today, step, "week"))
    if unit == "fortnight":
        return Period(*sorted((today, moved(today, step, unit))))
    if unit == "month":
        return Period.month(moved(today, step, unit))
    year = today.year + step
    return Period(date(year, 1, 1), date(year, 12, 31))


def _count(match: re.Match[str]) -> int:
    return int(match["digits"]) if match["digits"] else COUNTS[match["word"].lower()]


def _unit(match: re.Match[str]) -> str:
    typed = match["unit"].lower().rstrip("s")
    if typed.endswith("day"):
        return "day" if typed == "day" else "business day"
    return {"wk": "week", "mth": "month"}.get(typed, typed)


def _is_exact(match: re.Match[str]) -> bool:
    return (match["word"] or "").lower() not in VAGUE
