"""Days and stretches of days, counted from a day."""

from datetime import date, timedelta
from typing import Final, NamedTuple, Self

from dateutil.relativedelta import relativedelta

_WEEK: Final = 7
_MONTHS: Final = 12
_FRIDAY: Final = 4


class Period(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date

    @classmethod
    def day(cls, day: date) -> Self:
        """Return a period of one day."""
        return cls(day, day)

    @classmethod
    def month(cls, day: date) -> Self:
        """Return the month in which a day lies."""
        first = day.replace(day=1)
        return cls(first, first + relativedelta(months=1, days=-1))

    @classmethod
    def week(cls, day: date) -> Self:
        """Return the week, from Monday, in which a day lies."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=_WEEK - 1))

    @classmethod
    def weekend(cls, day: date) -> Self:
        """Return the weekend of the week in which a day lies."""
        sunday = cls.week(day).last
        return cls(sunday - timedelta(days=1), sunday)

    @property
    def iso(self) -> str:
        """The day, or the first and the last one (ISO 8601)."""
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


def moved(day: date, count: int, unit: str) -> date:
    """Return the day `count` units later (earlier if negative).

    A unit is `day`, `week`, `fortnight`, `month`, `year` or `business day`, which leaves out
    weekends but no holidays.
    """
    if unit == "business day":
        return _business_days(day, count)
    if unit == "fortnight":
        return day + timedelta(weeks=2 * count)
    if unit in ("month", "year"):
        months = count * (_MONTHS if unit == "year" else 1)
        there: date = day + relativedelta(months=months)
        return there
    return day + timedelta(days=count * (_WEEK if unit == "week" else 1))


def weekday_before(day: date, weekday: int) -> date:
    """Return the last such weekday before a day (Monday is 0)."""
    return day - timedelta(days=(day.weekday() - weekday - 1) % _WEEK + 1)


def weekday_from(day: date, weekday: int) -> date:
    """Return the day itself if it is such a weekday, else the next one."""
    return day + timedelta(days=(weekday - day.weekday()) % _WEEK)


def _business_days(day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() > _FRIDAY:
            day += step
    return day
