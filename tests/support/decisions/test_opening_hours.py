from datetime import datetime

import pytest

from support.decisions.opening_hours import OpeningHours
from support.places.states import State

WEEK = OpeningHours.read({State.VIC: "Mo-Fr 08:00-20:00; Sa,Su 09:00-17:00; PH off"})


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        pytest.param("2026-11-27T08:00:00+11:00", True, id="at opening"),
        pytest.param("2026-11-27T07:59:00+11:00", False, id="before opening"),
        pytest.param("2026-11-27T20:00:00+11:00", False, id="at closing"),
        pytest.param("2026-11-28T16:59:00+11:00", True, id="on Saturday"),
        pytest.param("2026-12-25T12:00:00+11:00", False, id="on Christmas Day"),
        pytest.param("2026-11-03T12:00:00+11:00", False, id="on Melbourne Cup Day"),
        pytest.param("2026-11-27T05:30:00+08:00", True, id="told in another zone"),
    ],
)
def test_the_desk_is_open_in_its_hours_and_on_no_holiday(moment: str, is_open: bool):  # noqa: FBT001
    assert WEEK.is_open(datetime.fromisoformat(moment)) is is_open


def test_the_next_opening_skips_holidays():
    eve = datetime.fromisoformat("2026-12-24T21:00:00+11:00")
    assert WEEK.opens_at(eve) == datetime.fromisoformat("2026-12-27T09:00:00+11:00")


def test_of_several_desks_the_one_that_opens_first_counts():
    both = OpeningHours.read({State.VIC: "Mo-Fr 08:00-18:00", State.WA: "Mo-Fr 08:00-18:00"})
    evening = datetime.fromisoformat("2026-11-27T19:00:00+11:00")
    assert both.is_open(evening)
    assert not WEEK.is_open(datetime.fromisoformat("2026-11-27T21:00:00+11:00"))


def test_without_hours_the_desk_is_open_whenever_somebody_is_there():
    assert OpeningHours().is_open(datetime.fromisoformat("2026-11-27T03:00:00+11:00"))


def test_a_desk_that_never_opens_promises_nothing():
    never = OpeningHours.read({State.VIC: "Mo-Su off"})
    assert never.opens_at(datetime.fromisoformat("2026-11-27T03:00:00+11:00")) is None


@pytest.mark.parametrize("wrong", ["Mo-Fr", "Xx 08:00-20:00", "Mo 20:00-08:00", "Mo 8-20"])
def test_hours_that_cannot_be_read_are_refused(wrong: str):
    with pytest.raises(ValueError, match=r"\w"):
        OpeningHours.read({State.VIC: wrong})
