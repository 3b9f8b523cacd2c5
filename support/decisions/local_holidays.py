"""Public holidays that the package `holidays` leaves out: of parts of a state, and newly declared.

Tasmania: regional holidays under the Statutory Holidays Act 2000; these rules give the published
dates of 2020, 2024 and 2026. Northern Territory: show days are gazetted for years ahead, and were
these Fridays of July in every published list looked at, from 2014 on. Borroloola's moves, and
Queensland's are appointed anew each year, town by town, so none of these is counted but Brisbane's,
which the package has.

The Mondays after an Anzac Day at the weekend were declared after the version of the package that we
use: for New South Wales in 2026 and 2027, for the Australian Capital Territory in 2026 (nsw.gov.au,
act.gov.au, as later versions of the package have them).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import FR, MO, SA, TH, TU, WE, relativedelta, weekday

from support.places.states import State

_Rule = Callable[[int], date]


def local_holidays(state: State, year: int) -> frozenset[date]:
    """Return the days of a year that are public holidays in a state or a part of it, besides."""
    declared = {day for day in _DECLARED.get(state, ()) if day.year == year}
    return frozenset(declared | {rule(year) for rule in _RULES.get(state, ())})


def _from(month: int, day: int, on: weekday) -> _Rule:
    """Return the rule "this weekday, on or after that day"; FR(2): the second Friday."""
    return lambda year: date(year, month, day) + relativedelta(weekday=on)


def _last(month: int, on: weekday) -> _Rule:
    """Return the rule "the last of these weekdays in a month"."""
    return lambda year: date(year, month, 1) + relativedelta(day=31, weekday=on(-1))


def _days_from(rule: _Rule, days: int) -> _Rule:
    return lambda year: rule(year) + timedelta(days=days)


_RULES: Final[dict[State, tuple[_Rule, ...]]] = {
    State.TAS: (
        _from(1, 5, WE),  # Devonport Cup
        _from(2, 1, MO(2)),  # Royal Hobart Regatta
        _last(2, WE),  # Launceston Cup
        _from(3, 1, TU),  # King Island Show
        _days_from(_from(5, 1, TH), 1),  # Agfest
        _days_from(_from(10, 1, SA), -1),  # Burnie Show
        _days_from(_from(10, 1, SA(2)), -2),  # Royal Launceston Show
        _days_from(_from(10, 1, SA(3)), -1),  # Flinders Island Show
        _days_from(_from(10, 1, SA(4)), -2),  # Royal Hobart Show
        _from(11, 1, MO),  # Recreation Day
        _from(11, 25, FR),  # Devonport Show
    ),
    State.NT: (
        _from(7, 1, FR),  # Alice Springs
        _from(7, 1, FR(2)),  # Tennant Creek
        _from(7, 1, FR(3)),  # Katherine
        _from(7, 1, FR(4)),  # Darwin
    ),
}
_DECLARED: Final = {
    State.ACT: (date(2026, 4, 27),),
    State.NSW: (date(2026, 4, 27), date(2027, 4, 26)),
}
