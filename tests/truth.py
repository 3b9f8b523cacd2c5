"""What there is to know about orders in the sandbox, and what of it a text gives away."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.demo.pieces import DemoOrder
from support.systems.orders.payload import order_from_json
from support.times import spoken_date, spoken_time, zone_of

MONTHS = "January February March April May June July August September October November December"
SPOKEN_DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS.split())})\b")
SPOKEN_CLOCK = re.compile(r"\b\d{1,2}:\d{2} [ap]m\b")
STATED = re.compile(r"\bStatus: |\bDelivered at |\bLatest from |\$\d")
"""Words that only stand where something is claimed about an order."""

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T.*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Truth:
    """One demo order: who may hear about it, and every word and time that is told of it."""

    number: str
    customer_id: str | None
    contacts: tuple[str, ...]
    names: frozenset[str]
    times: frozenset[str]

    @classmethod
    def of(cls, demo: DemoOrder) -> "Truth":
        """Read everything that the order system and the carriers hold."""
        order = order_from_json(demo.order)
        contact = demo.order["contact"]
        return cls(
            number=order.number,
            customer_id=order.customer_id,
            contacts=(contact["email"], "0" + contact["phone"].removeprefix("+61")),
            names=frozenset(filter(None, names_in_order(demo.order))),
            times=frozenset(_times(demo, zone_of(order))),
        )

    def is_opened_by(self, said: str) -> bool:
        """Say whether the number and one of its contacts are among the words."""
        return self.number in said and any(contact in said for contact in self.contacts)


def times_in(text: str) -> set[str]:
    """Return the days and the times of day that a text names."""
    return {*SPOKEN_DAY.findall(text), *SPOKEN_CLOCK.findall(text)}


def states_something(text: str, names: Collection[str]) -> bool:
    """Say whether a text claims anything that only an order system or a carrier can know."""
    return bool(STATED.search(text) or times_in(text) or any(name in text for name in names))


def names_in_order(order: dict[str, Any]) -> Iterator[str]:
    """Yield the names that an order holds: products, numbers, sellers, stores, the address."""
    address, store = order["delivery"]["address"], order["delivery"]["store"]
    stores = [store, *(parcel.get("store") for parcel in order["parcels"])]
    sellers = [line["seller"] for line in order["lines"]]
    yield from (line["name"] for line in order["lines"])
    yield from (parcel["tracking_number"] for parcel in order["parcels"])
    yield from (seller["name"] for seller in sellers if seller["marketplace"])
    yield from (one[part] for one in stores if one for part in ("name", "address", "hours"))
    yield from (address[part] for part in ("line1", "suburb") if address)


def _times(demo: DemoOrder, zone: ZoneInfo) -> Iterator[str]:
    for text in strings_in(json.loads(json.dumps([demo.order, *demo.tracking.values()]))):
        if _TIME.fullmatch(text):
            moment = datetime.fromisoformat(text)
            yield from times_in(spoken_time(moment, zone, now=moment))
        elif _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            yield from times_in(spoken_date(day, today=day))


def strings_in(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value."""
    match value:
        case str():
            yield value
        case list() | dict():
            for item in value if isinstance(value, list) else value.values():
                yield from strings_in(item)
