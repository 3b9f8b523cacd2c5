"""Facts as text: dates, amounts and lists the way people say them. No sentences here."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from support.decisions.parcel_states import ParcelState
from support.systems.orders.models import Address, Line, Order, Parcel
from support.times import spoken_date, spoken_days, spoken_time

_NAMES = {
    ParcelState.ATTEMPTED: "delivery attempted",
    ParcelState.FAILED: "could not be delivered",
    ParcelState.RETURNED: "returned to sender",
    ParcelState.UNCLEAR: "a note I don't know",
    ParcelState.UNKNOWN: "a status I don't know",
}


class Spoken:
    """Dates and times for one customer: their zone, and how near they are to now."""

    def __init__(self, zone: ZoneInfo, now: datetime) -> None:
        self.zone = zone
        self.now = now

    @property
    def today(self) -> date:
        """The customer's date."""
        return self.now.astimezone(self.zone).date()

    def day(self, day: date) -> str:
        """Return a date as it is said."""
        return spoken_date(day, today=self.today)

    def days(self, first: date, last: date) -> str:
        """Return two dates with "and" between them."""
        return spoken_days(first, last, today=self.today)

    def time(self, moment: datetime) -> str:
        """Return an aware time as it is said."""
        return spoken_time(moment, self.zone, now=self.now)

    def is_today(self, moment: datetime) -> bool:
        """Say whether an aware time lies on the customer's today."""
        return moment.astimezone(self.zone).date() == self.today


def state_name(state: ParcelState) -> str:
    """Return a state's plain name: `out for delivery`."""
    return _NAMES.get(state, state.value.replace("_", " "))


def amount(dollars: float) -> str:
    """Return an amount of Australian dollars: `$1,250.00`."""
    return f"${dollars:,.2f}"


def one_line(address: Address) -> str:
    """Return an address on one line: `1 Example St, Geelong VIC 3220`."""
    place = " ".join(filter(None, (address.suburb, address.state, address.postcode)))
    return ", ".join(filter(None, (address.line1, address.line2, place)))


def items_of(parcel: Parcel, order: Order) -> str:
    """Return what is in a parcel and how many of each; empty where the system does not say."""
    quantities: dict[str, int] = {}
    for item in parcel.items:
        quantities[item.line_id] = quantities.get(item.line_id, 0) + item.quantity
    return items_by_line(
        [(line, quantities[line.id]) for line in order.lines if quantities.get(line.id)]
    )


def items_by_line(quantities: Sequence[tuple[Line, int]]) -> str:
    """Return lines with how many of each."""
    return ", ".join(_item(line.name, quantity) for line, quantity in quantities if line.name)


def _item(name: str, quantity: int) -> str:
    return name if quantity == 1 else f"{name} × {quantity}"  # noqa: RUF001 - customers read this
