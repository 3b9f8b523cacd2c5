"""Times of the demo data, counted from now, so that the data never grows old."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from support.times import zone_of_state

EAST_COAST: Final = ZoneInfo("Australia/Sydney")
_SATURDAY: Final = 5
_SOON: Final = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells times around `now`, as they are written where an order goes to."""

    now: datetime
    zone: ZoneInfo

    @classmethod
    def of_state(cls, now: datetime, state: str) -> "Clock":
        """Return the clock of an Australian state."""
        return cls(now, zone_of_state(state))

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.astimezone(self.zone).date()

    def ago(self, *, days: int = 0, at: str = "09:12") -> datetime:
        """Return a time so many days ago; never later than a little before now."""
        clock = time.fromisoformat(at)
        moment = datetime.combine(self.today - timedelta(days=days), clock, self.zone)
        return min(moment, self.now.astimezone(self.zone).replace(microsecond=0) - _SOON)

    def hours_ago(self, hours: float) -> datetime:
        """Return a time so many hours ago."""
        return self.now.astimezone(self.zone).replace(microsecond=0) - timedelta(hours=hours)

    def business_day(self, count: int) -> str:
        """Return the date so many weekdays from today (before it where negative)."""
        step = timedelta(days=1 if count >= 0 else -1)
        day, left = self.today, abs(count)
        while left or day.weekday() >= _SATURDAY:
            day += step
            left -= day.weekday() < _SATURDAY and left > 0
        return day.isoformat()


def on_the_east_coast(moment: datetime) -> str:
    """Return a time as Australia Post writes it: with the east coast's offset, wherever it was."""
    return moment.astimezone(EAST_COAST).isoformat(timespec="seconds")
