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
_ZONES_OF_PLACES = {
    "2880": "Australia/Broken_Hill",  # keeps South Australia's time
    "2898": "Australia/Lord_Howe",
    "2899": "Pacific/Norfolk",
    "6443": "Australia/Eucla",
    "6798": "Indian/Christmas",
    "6799": "Indian/Cocos",
}
"""Postcodes whose clocks are not those of their state."""

_STATES_OF_POSTCODES = {
    **dict.fromkeys("12", "NSW"),
    **dict.fromkeys("38", "VIC"),
    **dict.fromkeys("49", "QLD"),
    "5": "SA",
    "6": "WA",
    "7": "TAS",
    "0": "NT",
}
"""By their first digit; the ACT's 02 has the time of New South Wales, as its 26 and 29 have."""

_POSTCODE = re.compile(r"\d{4}")
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
    if address and (address.state or address.postcode):
        return zone_of_place(address.state, address.postcode)
    return zone_of_state(state_of_store(order.delivery.store))


def zone_of_place(state: str | None, postcode: str | None) -> ZoneInfo:
    """Return the zone of a place; the postcode decides where there is no state that is known."""
    written = (postcode or "").strip()
    if written in _ZONES_OF_PLACES:
        return ZoneInfo(_ZONES_OF_PLACES[written])
    if _is_state(state) or not _POSTCODE.fullmatch(written):
        return zone_of_state(state)
    first = "1" if written.startswith("02") else written[0]
    return zone_of_state(_STATES_OF_POSTCODES[first])


def _is_state(state: str | None) -> bool:
    written = " ".join((state or "").upper().split())
    return written in _ZONES or written in _FULL_NAMES


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
