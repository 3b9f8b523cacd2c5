"""Business days: no weekends, no public holidays.

A day that is a public holiday in any part of a state counts for all of it. Where exactly a holiday
of one town ends is known less well than the day it falls on, and of two dates the later one is the
more careful. So Melbourne Cup Day counts in all of Victoria, and Brisbane's show day in all of
Queensland. Days of which only the evening is a holiday (Christmas Eve in three states) are business
days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from support.decisions.local_holidays import local_holidays
from support.places.states import State

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """The business days of a place that lies in one of these states.

    Of several states, a holiday of any counts. Without a state only weekends would be known, so
    there has to be one.
    """

    states: frozenset[State]

    def __post_init__(self) -> None:
        if not self.states:
            raise ValueError("Business days need a state.")

    def is_one(self, day: date) -> bool:
        """Say whether a day is a business day."""
        return day.weekday() < _SATURDAY and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Say whether a day is a public holiday somewhere in these states."""
        return any(day in _holidays(state, day.year) for state in self.states)

    def first_from(self, day: date) -> date:
        """Return the day itself if it is a business day, else the next one that is."""
        while not self.is_one(day):
            day += _DAY
        return day

    def after(self, start: date, count: int) -> date:
        """Return the business day that is so many after `start`.

        What happens on another day counts as happening on the next business day.
        """
        day = self.first_from(start)
        for _ in range(count):
            day = self.first_from(day + _DAY)
        return day


@cache
def _holidays(state: State, year: int) -> frozenset[date]:
    whole_state = holidays.country_holidays("AU", subdiv=state.value, years=year)
    return frozenset(whole_state) | local_holidays(state, year)
