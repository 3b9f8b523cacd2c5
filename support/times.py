"""Times for people: the customer's own zone, and dates as they are spoken."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from support.systems.orders.models import Order, Store

_NEAR = timedelta(days=180)
_NOON = 12
DEFAULT_ZONE = "Australia/Melbourne"
"""Of Kmart Australia's head office; used where no state is known."""

_ZONES = {
    "ACT": "Australia/Sydney",
    "NSW": "Australia/Sydney",
    "NT": "Australia/Darwin",
    "QLD": "Australia/Brisbane",
    "SA": "Australia/Adelaide",
    "TAS": "Australia/Hobart",
    "VIC": "Australia/Melbourne",
    "WA": "Australia/Perth",
}
_FULL_NAMES = {
    "AUSTRALIAN CAPITAL TERRITORY": "ACT",
    "NEW SOUTH WALES": "NSW",
    "NORTHERN TERRITORY": "NT",
    "QUEENSLAND": "QLD",
    "SOUTH AUSTRALIA": "SA",
    "TASMANIA": "TAS",
    "VICTORIA": "VIC",
    "WESTERN AUSTRALIA": "WA",
}
_STATE = re.compile(rf"\b({'|'.join(_ZONES)})\b")


def utc_now() -> datetime:
    """Return the present time, aware, in UTC."""
    return datetime.now(UTC)


def zone_of_state(state: str | None) -> ZoneInfo:
    """Return the time zone of an Australian state's capital; Melbourne's where it is unknown."""
    written = " ".join((state or "").upper().split())
    return ZoneInfo(_ZONES.get(_FULL_NAMES.get(written, written), DEFAULT_ZONE))


def zone_of(order: Order) -> ZoneInfo:
    """Return the zone of the place an order goes to: its address, else its store."""
    address = order.delivery.address
    if address and address.state:
        return zone_of_state(address.state)
    return zone_of_state(state_of_store(order.delivery.store))


def state_of_store(store: Store | None) -> str | None:
    """Return the state in a store's address, abbreviated; None where it names none."""
    found = _STATE.search((store.address or "").upper()) if store else None
    return found.group(1) if found else None


def spoken_date(day: date, *, today: date) -> str:
    """Return a date as it is said: `Wednesday 25 November`, with the year when it is not near."""
    spoken = f"{day:%A} {day.day} {day:%B}"
    return spoken if abs(day - today) < _NEAR else f"{spoken} {day.year}"


def spoken_days(first: date, last: date, *, today: date) -> str:
    """Return two dates with "and" between: `Tuesday 1 and Thursday 3 December`."""
    same_month = (first.year, first.month) == (last.year, last.month)
    begin = f"{first:%A} {first.day}" if same_month else spoken_date(first, today=today)
    return f"{begin} and {spoken_date(last, today=today)}"


def spoken_clock(local: time) -> str:
    """Return a time of day as it is said: `3:05 pm`."""
    return f"{local:%I:%M}".lstrip("0") + (" am" if local.hour < _NOON else " pm")


def spoken_time(moment: datetime, zone: ZoneInfo, *, now: datetime) -> str:
    """Return an aware time as it is said in a zone: `3:05 pm on Thursday 19 November`."""
    local = moment.astimezone(zone)
    day = spoken_date(local.date(), today=now.astimezone(zone).date())
    return f"{spoken_clock(local.time())} on {day}"
