"""Two worlds in which nothing is the same: what is told in both alike was looked up in neither."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from support.ids import CarrierId, TrackingNumber
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import ClockTime, Entry, Span, Value, Words
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.orders.models import Order
from tests.knowledge import hours, library
from tests.orders import NOW, order, parcel_json

Json = dict[str, Any]

_NOT_PUBLISHED = (
    KnowledgeKey.INVESTIGATION_TIME,
    KnowledgeKey.WAIT_AFTER_DELIVERED,
    KnowledgeKey.COLLECT_HOLDING,
)


@dataclass(frozen=True)
class World:
    """Everything that differs: names, numbers, places, days, carriers, what was published."""

    name: str
    brand: str
    number: str
    items: tuple[str, str]
    seller: str
    carrier: str
    tracking: str
    address: Mapping[str, str]
    store: Mapping[str, str]
    days: int
    scan: str
    depot: str
    contact: Mapping[str, str]

    def day(self, days: int) -> str:
        """Return a date as the order system writes it, some days from now."""
        return (date(2026, 11, 24) + timedelta(days=days + self.days)).isoformat()

    def time(self, hours: float) -> str:
        """Return a time some hours ago."""
        return (NOW - timedelta(hours=hours + 3 * self.days)).isoformat()

    def parcel(self, **different: Any) -> Json:
        """Return a parcel on its way."""
        usual: Json = {
            "carrier": self.carrier,
            "tracking_number": self.tracking,
            "promised_by": self.day(2),
            "status_at": self.time(30),
            "dispatched_at": self.time(30),
        }
        return parcel_json(**{**usual, **different})

    def order(self, *parcels: Json, **different: Any) -> Order:
        """Return an order of this world."""
        usual: Json = {
            "number": self.number,
            "brand": self.brand,
            "placed_at": self.time(100 + 24 * self.days),
            "lines": [self.line("1"), self.line("2", name=self.items[1])],
            "delivery": {"method": "standard", "address": dict(self.address), "store": None},
            "contact": dict(self.contact),
        }
        usual["parcels"] = list(parcels) or [self.parcel()]
        return order(**{**usual, **different})

    @property
    def late(self) -> Json:
        """A parcel that was promised for an earlier day."""
        return self.parcel(promised_by=self.day(-6))

    @property
    def unsent(self) -> Json:
        """A parcel that nobody has yet, without a promise."""
        gone = {"carrier": None, "tracking_number": None, "dispatched_at": None}
        return self.parcel(status="processing", promised_by=None, **gone)

    def delivered(self, hours: float = 20, **different: Any) -> Json:
        """Return a parcel that arrived so long ago."""
        at = {"delivered_at": self.time(hours), "status_at": self.time(hours)}
        return self.parcel(**{"status": "delivered", **at, **different})

    def sent(self, hours: float, **different: Any) -> Json:
        """Return a parcel without a promise that was sent so long ago."""
        at = {"dispatched_at": self.time(hours), "status_at": self.time(hours)}
        return self.parcel(**{"promised_by": None, **at, **different})

    def line(self, line_id: str, **different: Any) -> Json:
        """Return a line of the order."""
        kmart = {"id": "kmart", "name": "Kmart", "marketplace": False}
        usual = {"id": line_id, "name": self.items[0], "sku": "1", "quantity": 1, "seller": kmart}
        return {**usual, **different}

    def from_seller(self, line_id: str, name: str) -> Json:
        """Return a line that a Marketplace seller sends."""
        seller = {"id": self.seller.lower(), "name": self.seller, "marketplace": True}
        return self.line(line_id, name=name, seller=seller)

    def scanned(
        self,
        ago: float,
        place: str | None,
        status: CarrierStatus = CarrierStatus.IN_TRANSIT,
    ) -> TrackingEvent:
        """Return a scan some hours ago."""
        at = NOW - timedelta(hours=ago + 3 * self.days)
        return TrackingEvent(at=at, description=self.scan, location=place, status=status)

    def report(self, status: CarrierStatus, **different: Any) -> TrackingReport:
        """Return what this world's carrier says."""
        places = ((5, self.depot), (9, None))
        scans = tuple(self.scanned(ago, place, status) for ago, place in places)
        usual: Json = {
            "carrier": CarrierId(self.carrier),
            "number": TrackingNumber(self.tracking),
            "status": status,
            "looked_up_at": NOW,
            "events": scans,
            "deciding_event": scans[0],
        }
        return TrackingReport(**{**usual, **different})

    def knowledge(self) -> Library:
        """Return what was published: as it is shipped, and in the second world something else.

        What nobody has published for certain has a time here too.
        """
        values = {
            **dict.fromkeys(_NOT_PUBLISHED, hours(30)),
            KnowledgeKey.TARGET_CONTACT_PAGE: Words(text="the page of Target"),
        }
        unknown = library(values).entries
        entries = {**Library.read().entries, **{key: unknown[key] for key in values}}
        if self.days == 0:
            return Library(entries)
        return Library({key: _otherwise(one) for key, one in entries.items()})

    def disruptions(self, folder: Path) -> Path:
        """Write down what holds deliveries up, and return the folder."""
        state, about = self.address["state"], f"Floods near {self.depot} close roads."
        text = (
            f"- id: floods\n  about: {about}\n  states: [{state}]\n  from: 2026-11-01\n"
            "  source: Service alerts\n  where: example.com\n  read_on: 2026-11-23\n"
        )
        (folder / "disruptions.yml").write_text(text)
        return folder


def _otherwise(entry: Entry) -> Entry:
    """Return an entry of the same kind that says something else."""
    claims = [one.model_copy(update={"value": _changed(one.value)}) for one in entry.claims]
    return entry.model_copy(update={"value": _changed(entry.value), "claims": tuple(claims)})


def _changed(value: Value | None) -> Value | None:
    match value:
        case Span() as span:
            return span.model_copy(update={"least": span.least + 1, "most": span.most + 2})
        case ClockTime() as clock:
            return clock.model_copy(update={"at": clock.at.replace(minute=30)})
        case Words() as words:
            return words.model_copy(update={"text": f"{words.text}, otherwise"})
        case _:
            return value


FIRST = World(
    name="first",
    brand="kmart",
    number="410200341",
    items=("Kettle", "Toaster"),
    seller="Toyhaven",
    carrier="australia_post",
    tracking="JDQ019457101000930308",
    address={"line1": "1 Example St", "suburb": "Geelong", "state": "VIC", "postcode": "3220"},
    store={
        "id": "1",
        "name": "Kmart Geelong",
        "address": "5 Market St, Geelong VIC 3220",
        "phone": "0352001000",
        "hours": "8 am to 9 pm",
    },
    days=0,
    scan="Arrived at facility",
    depot="SUNSHINE",
    contact={"first_name": "Sam", "email": "sam@example.com", "phone": "+61400000001"},
)
SECOND = World(
    name="second",
    brand="target",
    number="KM88776655",
    items=("Scooter", "Blanket"),
    seller="Lampworld",
    carrier="startrack",
    tracking="ABCZ00012345",
    address={"line1": "9 Reef Rd", "suburb": "Cairns", "state": "QLD", "postcode": "4870"},
    store={
        "id": "2",
        "name": "Target Cairns",
        "address": "7 Spence St, Cairns QLD 4870",
        "phone": "0740001000",
        "hours": "10 am to 4 pm",
    },
    days=1,
    scan="Processed overnight",
    depot="INNISFAIL",
    contact={"first_name": "Kim", "email": "kim@example.org", "phone": "+61400000002"},
)
WORLDS = (FIRST, SECOND)
