"""When people are at the desk. Pure: the hours as configured, and the time in.

Hours are written like "Mo-Fr 08:00-20:00; Sa,Su 09:00-17:00; PH off": days of the week, and PH for
public holidays of the desk's state, which come before the day of the week.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from support.decisions.business_days import BusinessDays
from support.places.states import State

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAY: Final = "PH"
SEARCHED: Final = timedelta(days=31)
"""Hours that open on no day within a month are taken for never."""

ZONES: Final[Mapping[State, ZoneInfo]] = {
    State.NSW: ZoneInfo("Australia/Sydney"),
    State.VIC: ZoneInfo("Australia/Melbourne"),
    State.QLD: ZoneInfo("Australia/Brisbane"),
    State.WA: ZoneInfo("Australia/Perth"),
    State.SA: ZoneInfo("Australia/Adelaide"),
    State.TAS: ZoneInfo("Australia/Hobart"),
    State.ACT: ZoneInfo("Australia/Sydney"),
    State.NT: ZoneInfo("Australia/Darwin"),
}
_RULE: Final = re.compile(
    r"^(?P<days>[A-Za-z,-]+)\s+(?:(?P<off>off)|(?P<from>\S+)-(?P<until>\S+))$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when on one day, in the desk's own time."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class DeskHours:
    """The hours of the desk in one state; None on days on which it is closed."""

    state: State
    days: Mapping[str, Span | None]

    @classmethod
    def read(cls, state: State, text: str) -> "DeskHours":
        """Read hours as configured; raises ValueError with a sentence that says what is wrong."""
        days: dict[str, Span | None] = {}
        for rule in filter(None, (part.strip() for part in text.split(";"))):
            found = _RULE.match(rule)
            if found is None:
                raise ValueError(f'"{rule}" is not like "Mo-Fr 08:00-20:00" or "PH off".')
            span = None if found["off"] else _span(found["from"], found["until"])
            days.update(dict.fromkeys(_days(found["days"]), span))
        return cls(state, days)

    def is_open(self, now: datetime) -> bool:
        """Say whether somebody is at the desk."""
        local = now.astimezone(ZONES[self.state])
        span = self._on(local.date())
        return span is not None and span.opens <= local.time() < span.closes

    def opens_at(self, now: datetime) -> datetime | None:
        """Return when the desk opens next; None where it never does."""
        zone = ZONES[self.state]
        local = now.astimezone(zone)
        for ahead in range(SEARCHED.days):
            day = local.date() + timedelta(days=ahead)
            span = self._on(day)
            opens = datetime.combine(day, span.opens, zone) if span else None
            if opens is not None and opens > now:
                return opens
        return None

    def _on(self, day: date) -> Span | None:
        if HOLIDAY in self.days and BusinessDays(frozenset({self.state})).is_holiday(day):
            return self.days[HOLIDAY]
        return self.days.get(DAYS[day.weekday()])


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of all desks. Without any they are unknown: whoever is online is there."""

    desks: tuple[DeskHours, ...] = ()

    @classmethod
    def read(cls, hours: Mapping[State, str]) -> "OpeningHours":
        """Read the hours of each state's desk; raises ValueError."""
        return cls(tuple(DeskHours.read(state, text) for state, text in hours.items()))

    def is_open(self, now: datetime) -> bool:
        """Say whether any desk is open; yes where no hours are known."""
        return not self.desks or any(desk.is_open(now) for desk in self.desks)

    def opens_at(self, now: datetime) -> datetime | None:
        """Return when the first desk opens next; None where that is not known."""
        times = [opens for desk in self.desks if (opens := desk.opens_at(now))]
        return min(times, default=None)


def _span(opens: str, closes: str) -> Span:
    span = Span(_time(opens), _time(closes))
    if span.closes <= span.opens:
        raise ValueError(f'"{opens}-{closes}" ends before it begins.')
    return span


def _time(text: str) -> time:
    if text == "24:00":
        return time.max
    return time.fromisoformat(text)


def _days(text: str) -> list[str]:
    named: list[str] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        for name in filter(None, (first, last)):
            if name not in (*DAYS, HOLIDAY):
                raise ValueError(f'"{name}" is no day: {", ".join((*DAYS, HOLIDAY))}.')
        if not last:
            named.append(first)
            continue
        begin, end = DAYS.index(first), DAYS.index(last)
        named += [DAYS[number % 7] for number in range(begin, end + (7 if end < begin else 0) + 1)]
    return named
