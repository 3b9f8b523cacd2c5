"""One parcel of an order as one customer may see it, for those who word it."""

from dataclasses import dataclass

from actions.formatting import Spoken
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.identity import Level
from support.decisions.order_status import ParcelStanding, method_of
from support.decisions.parcel_states import ParcelState
from support.facts import Evidence, Fact
from support.identification import LookedUpOrder
from support.knowledge.library import Library
from support.systems.carriers.interface import Carriers
from support.systems.carriers.models import CarrierStatus, TrackingEvent
from support.systems.orders.models import DeliveryMethod, Store


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel with its order, its standing, and its place among the order's parcels from 1."""

    found: LookedUpOrder
    standing: ParcelStanding
    carriers: Carriers
    knowledge: Library
    spoken: Spoken
    position: int
    count: int

    def line(self, key: ResponseKey, told: Evidence | None = None, /, **facts: str) -> Say:
        """Return a line of the bubble, by default with the order system as its evidence."""
        evidence = told or self.told
        return Say(
            key, facts={name: Fact(value, evidence) for name, value in facts.items()}, joins=True
        )

    @property
    def told(self) -> Evidence:
        """Who told about the order, and when."""
        return self.found.told

    @property
    def carrier_told(self) -> Evidence | None:
        """Which carrier told about the parcel, and when; None where it was not asked."""
        report = self.standing.report
        if report is None:
            return None
        return Evidence(self.carriers.profile(report.carrier).name, report.looked_up_at)

    @property
    def decided_by_carrier(self) -> bool:
        """Whether the state is the carrier's word."""
        return self.standing.state.evidence != self.told

    @property
    def knows_when_it_was_delivered(self) -> bool:
        """Whether the time of the state is that of a delivery."""
        if self.decided_by_carrier:
            scan = self.standing.scan
            return scan is not None and scan.status is CarrierStatus.DELIVERED
        return self.standing.parcel.delivered_at is not None

    def scan_says_delivered(self, scan: TrackingEvent) -> bool:
        """Whether a scan would only repeat that it is delivered."""
        told_already = self.standing.state.value is ParcelState.DELIVERED
        return told_already and scan.status is CarrierStatus.DELIVERED

    @property
    def may_see_items(self) -> bool:
        """Whether the customer has shown enough to hear what is in it."""
        return self.found.level > Level.CHANNEL

    @property
    def is_collected_in_store(self) -> bool:
        """Whether it goes to a store for Click & Collect."""
        method = method_of(self.found.order, self.standing.parcel)
        return method is DeliveryMethod.CLICK_AND_COLLECT

    @property
    def store(self) -> Store | None:
        """The store it goes to."""
        return self.standing.parcel.store or self.found.order.delivery.store

    def marketplace_sellers(self) -> list[str]:
        """Return who else than the shop sells what is in this parcel, where all of it is theirs."""
        order = self.found.order
        inside = {item.line_id for item in self.standing.parcel.items}
        lines = [line for line in order.lines if line.id in inside] or order.lines
        if not lines or not all(line.seller.marketplace for line in lines):
            return []
        return list(dict.fromkeys(line.seller.name for line in lines if line.seller.name))
