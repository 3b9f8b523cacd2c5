"""When nobody wants to be written to, although they asked to be told."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

NONE: Final = "none"
_WRITTEN: Final = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when, by the customer's clock; over midnight where `begin` is the later one."""

    begin: time
    end: time

    @classmethod
    def read(cls, written: str) -> Self:
        """Return what is written like `21:00-08:00`; raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(written.strip())
        if found is None:
            raise ValueError("must be written like 21:00-08:00, or none")
        hour, minute, last_hour, last_minute = map(int, found.groups())
        begin, end = time(hour, minute), time(last_hour, last_minute)
        if begin == end:
            raise ValueError("must begin and end at different times")
        return cls(begin, end)

    def over_at(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the quiet hours that `moment` lies in are over; None outside of them.

        `moment` is aware. On a night when the clocks change the time on the clock counts.
        """
        local = moment.astimezone(zone)
        clock = local.time().replace(tzinfo=None)
        over_midnight = self.begin > self.end
        late = clock >= self.begin and (over_midnight or clock < self.end)
        early = clock < self.end and (over_midnight or clock >= self.begin)
        if not late and not early:
            return None
        day = local.date() + timedelta(days=1 if late and over_midnight else 0)
        return datetime.combine(day, self.end, zone)


def read_quiet_hours(written: object) -> QuietHours | None:
    """Return a setting's quiet hours; None where it says that there are none."""
    if isinstance(written, QuietHours) or written is None:
        return written
    return None if str(written).strip().lower() == NONE else QuietHours.read(str(written))
