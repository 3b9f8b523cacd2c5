"""Everything that may truly be said of a simulated order: by the sandbox's own data alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from sandbox.demo.pieces import Json
from support.knowledge.library import Library
from support.knowledge.models import ClockTime, Span, Unit, Words
from support.masking import mask_email, mask_number
from support.systems.carriers.registry import profile_of
from support.systems.orders.payload import order_from_json
from support.times import spoken_date, spoken_time, zone_of
from tests.simulation.pieces import Told
from tests.simulation.worlds import World
from tests.truth import names_in_order, strings_in

_BRANDS: Final = {"kmart": "Kmart", "target": "Target"}
_HOLIDAYS_AT_MOST: Final = 5
_BUSINESS_DAYS_A_WEEK: Final = 5


@dataclass(frozen=True)
class Facts:
    """The data behind one conversation. `cases` and `tickets` are the order's, as JSON.

    `since` and `until` are when the conversation began and when it was read: what was looked up
    "just now" was looked up between them.
    """

    world: World
    library: Library
    said: str
    cases: Sequence[Json]
    tickets: Sequence[Json]
    since: datetime
    until: datetime

    @cached_property
    def zone(self) -> ZoneInfo:
        """The customer's zone."""
        return zone_of(order_from_json(self.world.demo.order))

    @cached_property
    def references(self) -> dict[str, Json]:
        """The order's cases and tickets by reference."""
        return {one["reference"]: one for one in (*self.cases, *self.tickets)}

    def parcels(self, position: int | None) -> list[Json]:
        """Return one parcel, counted from 1, or all of them."""
        return [one.parcel for one in self._told(position)]

    def states(self, position: int | None) -> frozenset[str]:
        """Return the states that may be named for one parcel, or for any."""
        return frozenset(state for one in self._told(position) for state in one.states)

    def times(self, position: int | None) -> frozenset[str]:
        """Return every day and time on record, as they are said, for one parcel or for any."""
        order = self.world.demo.order
        told = self._told(position)
        records = [
            {**order, "parcels": self.parcels(position)},
            *(one.answer for one in told),
            *self.references.values(),
        ]
        return frozenset(said for text in strings_in(records) for said in self.said_times(text))

    def derived_times(self, position: int | None) -> frozenset[str]:
        """Return what follows from a published time and the order's own times, as it is said."""
        spans = [one.value for one in self.library.entries.values() if isinstance(one.value, Span)]
        return frozenset(
            said
            for one in self._told(position)
            for span in spans
            for said in self._after(one, span)
        ) | frozenset(published_clock_times(self.library))

    def names(self, position: int | None) -> frozenset[str]:
        """Return every word on record for one parcel or for any, in lower case."""
        order = self.world.demo.order
        told = self._told(position)
        parcels = self.parcels(position)
        part = {**order, "parcels": parcels, "lines": self._lines(parcels)}
        found = {
            *names_in_order(part),
            *strings_in([one.answer for one in told]),
            *strings_in([*self.references.values()]),
            *self._carriers(parcels),
            *self._whole_words(part),
        }
        return frozenset(compared(one) for one in found if one)

    def said_times(self, text: str) -> Iterator[str]:
        """Yield a recorded time or day in every way it is said; nothing for other texts."""
        moment, day = _moment(text), _day(text)
        if moment is not None:
            local = moment.astimezone(self.zone)
            yield spoken_time(moment, self.zone, now=self.until)
            yield spoken_date(local.date(), today=self.today)
        if day is not None:
            yield spoken_date(day, today=self.today)

    @property
    def today(self) -> date:
        """The customer's date."""
        return self.until.astimezone(self.zone).date()

    def _told(self, position: int | None) -> Sequence[Told]:
        told = self.world.told
        return told if position is None else told[position - 1 : position]

    def _lines(self, parcels: Iterable[Json]) -> list[Json]:
        inside = {item["line_id"] for one in parcels for item in one["items"]}
        return [one for one in self.world.demo.order["lines"] if one["id"] in inside]

    def _carriers(self, parcels: Iterable[Json]) -> Iterator[str]:
        for one in parcels:
            if one["carrier"]:
                profile = profile_of(one["carrier"])
                yield profile.name
                yield profile.tracking_link(one["tracking_number"]) or ""

    def _whole_words(self, order: Json) -> Iterator[str]:
        """Yield what is put together from several fields, and what was published."""
        yield ", ".join(one["name"] for one in order["lines"])
        yield from (_BRANDS[order["brand"]], order["number"], self.world.phone)
        yield from order["contact"].values()
        yield mask_email(order["contact"]["email"])
        yield mask_number(order["contact"]["phone"])
        yield from _on_one_line(order["delivery"].get("address"))
        stores = [order["delivery"].get("store"), *(p.get("store") for p in order["parcels"])]
        yield from (f"{one['name']}, {one['address']}" for one in stores if one)
        yield from published_words(self.library)

    def _after(self, told: Told, span: Span) -> Iterator[str]:
        """Yield the days, or the times, to which a span can lead.

        Public holidays differ by place, so a span of business days may end some days later.
        """
        recorded = strings_in([self.world.demo.order["placed_at"], told.parcel, told.answer])
        moments = [moment for text in recorded if (moment := _moment(text))]
        if span.unit is Unit.HOURS:
            ends = (moment + timedelta(hours=span.most) for moment in moments)
            yield from (spoken_time(end, self.zone, now=self.until) for end in ends)
            return
        last = span.most * 7 // _BUSINESS_DAYS_A_WEEK + 2 + _HOLIDAYS_AT_MOST
        for moment in moments:
            day = moment.astimezone(self.zone).date()
            for days in range(span.least, last + 1):
                yield spoken_date(day + timedelta(days=days), today=self.today)


def compared(text: str) -> str:
    """Return a text as it is looked for: in lower case, with single spaces."""
    return " ".join(text.casefold().split())


def published_words(library: Library) -> Iterator[str]:
    """Yield each published value as it may be said."""
    for entry in library.entries.values():
        if isinstance(entry.value, Span):
            yield entry.value.spoken
        if isinstance(entry.value, Words):
            yield entry.value.text


def published_clock_times(library: Library) -> Iterator[str]:
    """Yield each published time of day as it is said."""
    for entry in library.entries.values():
        if isinstance(entry.value, ClockTime):
            yield f"{entry.value.at:%I:%M %p}".lstrip("0").lower()


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if "-" in text else None  # "20261124" is a number
    except ValueError:
        return None


def _on_one_line(address: Json | None) -> Iterator[str]:
    if address:
        place = " ".join((address["suburb"], address["state"], address["postcode"]))
        yield f"{address['line1']}, {place}"
