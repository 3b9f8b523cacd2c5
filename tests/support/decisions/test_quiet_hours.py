from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from support.decisions.quiet_hours import QuietHours, read_quiet_hours

NIGHT = QuietHours.read("21:00-08:00")
MELBOURNE, PERTH = ZoneInfo("Australia/Melbourne"), ZoneInfo("Australia/Perth")


def at(written: str, zone: ZoneInfo = MELBOURNE) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "over_at"),
    [
        ("2026-11-24T20:59", None),
        ("2026-11-24T21:00", "2026-11-25T08:00"),
        ("2026-11-24T23:59", "2026-11-25T08:00"),
        ("2026-11-25T00:00", "2026-11-25T08:00"),
        ("2026-11-25T07:59", "2026-11-25T08:00"),
        ("2026-11-25T08:00", None),
    ],
)
def test_a_night_goes_over_midnight(moment: str, over_at: str | None):
    assert NIGHT.over_at(at(moment), MELBOURNE) == (at(over_at) if over_at else None)


def test_hours_within_a_day_end_on_that_day():
    siesta = QuietHours.read("12:00-14:00")
    assert siesta.over_at(at("2026-11-24T13:00"), MELBOURNE) == at("2026-11-24T14:00")
    assert siesta.over_at(at("2026-11-24T14:00"), MELBOURNE) is None


def test_it_is_the_customers_clock_that_counts():
    moment = at("2026-11-24T22:00", MELBOURNE)
    assert NIGHT.over_at(moment, PERTH) is None
    assert NIGHT.over_at(at("2026-11-24T22:00", PERTH), PERTH) == at("2026-11-25T08:00", PERTH)


def test_they_end_by_the_clock_on_a_night_when_the_clocks_change():
    over_at = NIGHT.over_at(at("2026-10-03T23:00"), MELBOURNE)
    assert over_at is not None
    assert over_at.isoformat() == "2026-10-04T08:00:00+11:00"


def test_there_may_be_none():
    assert read_quiet_hours("none") is None


@pytest.mark.parametrize("written", ["9pm-8am", "21:00", "25:00-08:00", "08:00-08:00", ""])
def test_what_cannot_be_read_is_refused(written: str):
    with pytest.raises(ValueError, match=r"must|hour"):
        read_quiet_hours(written)
