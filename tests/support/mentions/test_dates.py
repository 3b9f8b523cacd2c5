from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.mentions.dates import dates_in
from support.mentions.holidays import HOLIDAYS

TUESDAY = date(2026, 11, 24)


def longest(text: str, today: date = TUESDAY) -> str:
    return max(dates_in(text, today), key=lambda found: found.end - found.start).value


def is_certain(text: str) -> bool:
    return max(dates_in(text, TUESDAY), key=lambda found: found.end - found.start).certain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("was due 19/11", "2026-11-19"),
        ("ordered 5/11", "2026-11-05"),
        ("19/11/2026", "2026-11-19"),
        ("on 19.11.26", "2026-11-19"),
        ("2026-11-19", "2026-11-19"),
        ("placed 11/19", "2026-11-19"),
        ("on the 12th", "2026-11-12"),
        ("need it by friday week", "2026-12-04"),
        ("monday week", "2026-12-07"),
        ("since the 3rd", "2026-11-03"),
        ("by the 30th", "2026-11-30"),
        ("it will come by the 3rd", "2026-12-03"),
        ("12th of November", "2026-11-12"),
        ("12 nov", "2026-11-12"),
        ("Nov 12th", "2026-11-12"),
        ("November 12, 2025", "2025-11-12"),
        ("between 17-18 Nov", "2026-11-17/2026-11-18"),
        ("bought on 20 dec", "2025-12-20"),
        ("need it by 20 dec", "2026-12-20"),
        ("today", "2026-11-24"),
        ("this arvo", "2026-11-24"),
        ("yesterday arvo", "2026-11-23"),
        ("last night", "2026-11-23"),
        ("tmrw", "2026-11-25"),
        ("will it come tomorow morning", "2026-11-25"),
        ("day before yesterday", "2026-11-22"),
        ("three weeks ago", "2026-11-03"),
        ("2wks ago", "2026-11-10"),
        ("a month ago", "2026-10-24"),
        ("5 business days ago", "2026-11-17"),
        ("a fortnight ago", "2026-11-10"),
        ("2 weeks now", "2026-11-10/2026-11-24"),
        ("been waiting for 10 days", "2026-11-14/2026-11-24"),
        ("its been 3 weeks", "2026-11-03/2026-11-24"),
        ("within 3 days", "2026-11-24/2026-11-27"),
        ("last tuesday", "2026-11-17"),
        ("since friday", "2026-11-20"),
        ("arriving friday", "2026-11-27"),
        ("was supposed to come friday", "2026-11-20"),
        ("this thursday", "2026-11-26"),
        ("next monday", "2026-11-30"),
        ("friday last week", "2026-11-20"),
        ("on wensday", "2026-11-18"),
        ("left a card monday arvo", "2026-11-23"),
        ("delivered sat", "2026-11-21"),
        ("due thurs", "2026-11-26"),
        ("last week", "2026-11-16/2026-11-22"),
        ("over the weekend", "2026-11-21/2026-11-22"),
        ("next week", "2026-11-30/2026-12-06"),
        ("last month", "2026-10-01/2026-10-31"),
        ("ordered in october", "2026-10-01/2026-10-31"),
        ("end of october", "2026-10-21/2026-10-31"),
        ("before Christmas", "2026-12-25"),
        ("by xmas eve", "2026-12-24"),
        ("bought on black friday", "2025-11-28"),
        ("coming before black friday", "2026-11-27"),
        ("since cup day", "2026-11-03"),
        ("for mothers day", "2027-05-09"),
        ("by easter", "2027-03-28"),
        ("on boxing day", "2026-12-26"),
    ],
)
def test_a_date_is_read_as_australians_mean_it(text: str, value: str):
    assert longest(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "$49.00",
        "paid 24.11",
        "410200341",
        "0400 000 001",
        "1300 123 456",
        "at 5pm",
        "10:30am",
        "3pcs",
        "2x lamps",
        "24/7",
        "got 2/3 items",
        "10/10 service",
        "1/2 of it",
        "takes 5 business days",
        "3-5 business days",
        "2 day delivery",
        "may I have a refund",
        "may 2 parcels be lost",
        "march out the door",
        "it sat on the porch",
        "the sun was out",
        "the 2nd one",
        "my 1st order",
        "christmas tree",
        "my christmas lights",
        "a halloween costume",
        "good morning",
        "Good arvo",
        "he came in the morning",
        "melbourne cup hat",
        "3 weeks",
        "32/13",
        "the 45th",
        "size 10",
        "size 10/12",
        "postcode 3220",
        "where is it",
    ],
)
def test_what_is_no_date_is_left_alone(text: str):
    assert list(dates_in(text, TUESDAY)) == []


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("last monday", False),
        ("last friday", True),
        ("next friday", False),
        ("next monday", True),
        ("friday", False),
        ("since friday", True),
        ("a couple of days ago", False),
        ("two days ago", True),
        ("the weekend", False),
    ],
)
def test_what_can_be_read_in_two_ways_is_uncertain(text: str, certain: bool):  # noqa: FBT001
    assert is_certain(text) is certain


def test_a_day_that_makes_sense_only_the_american_way_round_is_uncertain():
    found = next(dates_in("ordered 12/5", date(2026, 12, 10)))
    assert (found.value, found.certain) == ("2026-05-12", False)


_DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31))


@given(_DAYS, _DAYS)
def test_every_day_with_its_year_is_read_back(day: date, today: date):
    for typed in (f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day:%d %B %Y}", f"{day:%b %d, %Y}"):
        assert longest(f"ordered on {typed} ok", today) == str(day)


@given(_DAYS, st.integers(min_value=1, max_value=60))
def test_days_ago_are_counted_back_from_today(today: date, days: int):
    assert longest(f"{days} days ago", today) == str(today - timedelta(days=days))


@given(_DAYS)
def test_any_today_is_fine(today: date):
    texts = (
        "last friday",
        "next sunday",
        "end of february",
        "on the 31st",
        "3 months ago",
        "easter",
    )
    assert all(found.value for text in texts for found in dates_in(f"by {text}", today))


def test_holidays_fall_where_the_calendar_has_them():
    days = {holiday.in_year(2026) for holiday in HOLIDAYS}
    assert {date(2026, 4, 5), date(2026, 11, 27), date(2026, 9, 6), date(2026, 11, 3)} <= days
