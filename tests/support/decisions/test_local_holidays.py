from datetime import date

import pytest

from support.decisions.local_holidays import local_holidays
from support.places.states import State

PUBLISHED = {
    2020: "01-08 02-10 02-26 03-03 05-08 10-02 10-08 10-16 10-22 11-02 11-27",
    2024: "01-10 02-12 02-28 03-05 05-03 10-04 10-10 10-18 10-24 11-04 11-29",
    2026: "01-07 02-09 02-25 03-03 05-08 10-02 10-08 10-16 10-22 11-02 11-27",
}
"""Tasmania's regional holidays, as they were published."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_tasmanias_regional_holidays_are_those_published(year: int):
    published = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()}

    assert local_holidays(State.TAS, year) == published


@pytest.mark.parametrize("year", [2018, 2024])
def test_the_territorys_show_days_are_those_published(year: int):
    july = {2018: (6, 13, 20, 27), 2024: (5, 12, 19, 26)}[year]

    assert local_holidays(State.NT, year) == {date(year, 7, day) for day in july}


def test_other_states_have_none_but_those_declared():
    assert local_holidays(State.VIC, 2027) == frozenset()
    assert local_holidays(State.NSW, 2027) == {date(2027, 4, 26)}
