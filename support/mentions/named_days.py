"""Days and months by name: "last Tuesday", "since Friday", "in October", "before Christmas"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from support.mentions.calendar_dates import in_some_year
from support.mentions.date_words import MONTHS, WEEKDAYS, any_of
from support.mentions.holidays import HOLIDAYS, Holiday
from support.mentions.models import Found, before
from support.mentions.periods import Period, weekday_before, weekday_from
from support.mentions.tense import Tense, tense_before

_DIRECTION: Final = r"(?:(?P<which>last|this\s+coming|coming|this|next|past|previous)\s+)"
_WEEKDAY: Final = re.compile(
    rf"\b{_DIRECTION}?(?P<day>{any_of(WEEKDAYS)})s?\b"
    r"(?:\s+(?P<after>last\s+week|next\s+week|week\b(?!\s*(?:\d|of\b|ago|back|before|after))"
    r"|just\s+gone|coming|morning|arvo|afternoon|evening|night))?",
    re.IGNORECASE,
)
_SHORT: Final = 5
_CUE: Final = re.compile(
    r"\b(?:on|since|by|from|before|after|until|till|til|due|for|in|around|ordered|delivered|arrive"
    r"|arriving|and|or|to|back\s+in|during|early|mid|late|of|over|this|last|next|at)\s+$",
    re.IGNORECASE,
)
_PART: Final = (
    r"(?P<part>early|mid|middle\s+of|late|start\s+of|beginning\s+of|end\s+of)?(?:\s*-?\s*)"
)
_LED_IN: Final = (
    r"\b(?:in|since|by|from|until|till|til|back\s+in|during|before|after)\s+"
    r"|(?=\b(?:early|mid|middle|late|start|beginning|end)\b)"
)
_MONTH: Final = re.compile(
    rf"(?:{_DIRECTION}|{_LED_IN}){_PART}\b(?P<month>{any_of(MONTHS)})\b"
    r"(?:\s+(?P<year>20\d\d))?(?!\s*\d)",
    re.IGNORECASE,
)
_THINGS: Final = re.compile(
    r"\s+(?:trees?|lights?|presents?|gifts?|decorations?|wreath|stockings?|costumes?|eggs?|jumper"
    r"|pj'?s|pyjamas|party|cards?|bon\s?bons|crackers?|shirts?|baubles?|tablecloth|cake|bunny"
    r"|basket|stuff|orders?|shopping|items?|ornaments?|themed|village|candy|dress|hat|mug|bag)\b",
    re.IGNORECASE,
)


def named_days_in(text: str, today: date) -> Iterator[Found]:
    """Yield the weekdays, months and holidays that a folded text names; they may overlap."""
    for match in _WEEKDAY.finditer(text):
        if _is_weekday(text, match):
            yield _weekday(text, match, today)
    for match in _MONTH.finditer(text):
        yield from _month(text, match, today)
    for holiday in HOLIDAYS:
        for match in holiday.pattern.finditer(text):
            if _is_day(text, match, holiday):
                yield from _holiday(text, match, holiday, today)


def _is_weekday(text: str, match: re.Match[str]) -> bool:
    """Whether a short form is not "it sat there", "the sun", "has wed"."""
    full = len(match["day"]) > _SHORT
    return full or bool(
        match["which"] or match["after"] or _CUE.search(before(text, match.start()))
    )


def _weekday(text: str, match: re.Match[str], today: date) -> Found:
    weekday = WEEKDAYS[match["day"].lower()]
    said = " ".join((match["which"] or match["after"] or "").lower().split())
    day, certain = _said_weekday(said, weekday, today)
    if day is None:
        tense = tense_before(text, match.start())
        certain = tense is not Tense.UNKNOWN
        day = (
            weekday_from(today, weekday)
            if tense is Tense.FUTURE
            else weekday_before(today, weekday)
        )
    return Found(Period.day(day).iso, *match.span(), certain)


def _said_weekday(said: str, weekday: int, today: date) -> tuple[date | None, bool]:
    """Return the day that "last", "next" and the like mean, and whether all would agree.

    On a Friday, some say "last Tuesday" of this week's; "next Friday" is the week after's to most.
    """
    week = Period.week(today)
    if said in ("last", "past", "previous", "just gone"):
        day = weekday_before(today, weekday)
        return day, said == "just gone" or day < week.first
    if said == "next":
        day = week.first + timedelta(days=7 + weekday)
        return day, weekday <= today.weekday()
    if said in ("this", "this coming", "coming"):
        return weekday_from(today, weekday), True
    if said == "week":
        return weekday_from(today + timedelta(days=1), weekday) + timedelta(days=7), False
    if said in ("last week", "next week"):
        return week.first + timedelta(days=weekday + (7 if said == "next week" else -7)), True
    return None, False


def _month(text: str, match: re.Match[str], today: date) -> Iterator[Found]:
    month = MONTHS[match["month"].lower()]
    years = (int(match["year"]),) if match["year"] else range(today.year - 1, today.year + 2)
    days = (date(year, month, min(today.day, 28)) for year in years)
    start = match.start("part") if match["part"] else match.start("month")
    tense = Tense.UNKNOWN if match["year"] else tense_before(text, start)
    found, certain = in_some_year(days, today, tense)
    if found is not None:
        period = _part(Period.month(found), match["part"])
        yield Found(period.iso, start, match.end(), certain or bool(match["year"]))


def _part(month: Period, part: str | None) -> Period:
    words = (part or "").lower()
    if words.startswith(("early", "start", "beginning")):
        return Period(month.first, month.first.replace(day=10))
    if words.startswith("mid"):
        return Period(month.first.replace(day=11), month.first.replace(day=20))
    if words.startswith(("late", "end")):
        return Period(month.first.replace(day=21), month.last)
    return month


def _is_day(text: str, match: re.Match[str], holiday: Holiday) -> bool:
    if not holiday.needs_cue:
        return True
    cued = _CUE.search(before(text, match.start())) is not None
    return cued and not _THINGS.match(text, match.end())


def _holiday(text: str, match: re.Match[str], holiday: Holiday, today: date) -> Iterator[Found]:
    days = [holiday.in_year(year) for year in range(today.year - 1, today.year + 2)]
    day, certain = in_some_year(days, today, tense_before(text, match.start()))
    if day is not None:
        yield Found(Period.day(day).iso, *match.span(), certain)
