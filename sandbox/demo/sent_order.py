"""One parcel sent with Australia Post, which most problems begin with."""

from dataclasses import dataclass

from sandbox.demo.pieces import Customer, DemoOrder, Json, eparcel, order, parcel
from sandbox.demo.scans import Scan, article
from sandbox.demo.times import Clock
from support.systems.carriers.registry import AUSTRALIA_POST


@dataclass(frozen=True, slots=True)
class SentOrder:
    """An order whose first line is on its way. `scans` are newest first, after being sent."""

    number: str
    customer: Customer
    delivery: Json
    lines: tuple[Json, ...]
    consignment: int
    shows: str
    scans: tuple[Scan, ...] = ()
    status: str = "In transit"
    days_ago: int = 4
    promised_in: int = 2

    def with_australia_post(self, clock: Clock) -> DemoOrder:
        """Return the order with what Australia Post says about it."""
        sent = clock.ago(days=self.days_ago, at="15:00")
        number = eparcel(self.consignment)
        first = parcel(
            "P1",
            ["1"],
            "shipped",
            sent,
            carrier=AUSTRALIA_POST,
            tracking_number=number,
            promised_by=clock.business_day(self.promised_in),
            dispatched_at=sent,
        )
        whole = order(
            self.number,
            self.customer,
            clock.ago(days=self.days_ago + 2),
            self.delivery,
            lines=list(self.lines),
            parcels=[first],
        )
        received = (sent, "Shipping information received by Australia Post", None)
        body = article(number, self.status, *self.scans, received)
        return DemoOrder(whole, self.shows, {(AUSTRALIA_POST, number): body})
