"""What is the matter with a parcel's tracking, as response keys with their facts."""

from collections.abc import Iterator, Mapping
from typing import Final

from actions.formatting import items_of
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from support.decisions.identity import Level
from support.decisions.order_status import CarrierProblem, ParcelStanding
from support.decisions.tracking import Finding, Reason
from support.facts import Evidence, Fact
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Span
from support.systems.orders.models import Brand

WAITED_FOR: Final[Mapping[Reason, KnowledgeKey]] = {
    Reason.SCANNED: KnowledgeKey.TRACKING_UPDATES,
    Reason.NOT_SCANNED: KnowledgeKey.TRACKING_AFTER_SHIPPING,
    Reason.NOT_RECOGNISED: KnowledgeKey.TRACKING_AFTER_SHIPPING,
}
_NORMAL: Final = {
    Reason.SCANNED: ResponseKey.TRACKING_WAIT,
    Reason.NOT_SCANNED: ResponseKey.TRACKING_NOT_SCANNED,
    Reason.NOT_RECOGNISED: ResponseKey.TRACKING_NOT_RECOGNISED,
}
_TOO_LONG: Final = {
    Reason.SCANNED: ResponseKey.TRACKING_STUCK,
    Reason.NOT_SCANNED: ResponseKey.TRACKING_NEVER_SCANNED,
    Reason.NOT_RECOGNISED: ResponseKey.TRACKING_STILL_NOT_RECOGNISED,
}
_WITHOUT_A_TIME: Final = {
    Reason.SCANNED: ResponseKey.TRACKING_WAIT_UNKNOWN,
    Reason.NOT_SCANNED: ResponseKey.TRACKING_NOT_SCANNED_UNTIMED,
    Reason.NOT_RECOGNISED: ResponseKey.TRACKING_NOT_RECOGNISED_UNTIMED,
}


def processing_time(services: Services, view: OrderView) -> Fact[Span] | None:
    """Return how long sending an order takes. Only Kmart has published that for its own orders."""
    if view.order.brand is not Brand.KMART:
        return None
    return services.knowledge.span(KnowledgeKey.PROCESSING)


class TrackingWording:
    """Words what is the matter with parcels of one order."""

    def __init__(self, services: Services, view: OrderView) -> None:
        self._services = services
        self._view = view

    def title(self, standing: ParcelStanding) -> Say | None:
        """Return which parcel comes next, for those who may hear what is in it."""
        items = items_of(standing.parcel, self._view.order)
        if not items or self._view.found.level <= Level.CHANNEL:
            return None
        told = {"items": Fact(items, self._view.found.told)}
        return Say(ResponseKey.TRACKING_ABOUT_PARCEL, facts=told)

    def says(self, standing: ParcelStanding, found: Finding) -> Iterator[Say]:
        """Say what is the matter, and until when that is normal as far as it was published."""
        match found.reason:
            case Reason.TO_COLLECT:
                yield Say(ResponseKey.TRACKING_TO_COLLECT, checked=(self._view.found.told,))
            case Reason.SELLER_HAS_NOT_SENT:
                yield self._seller(standing)
            case Reason.NOT_SENT:
                yield from self._not_sent(found)
            case Reason.OUT_OF_SIGHT:
                yield from self.out_of_sight(standing)
            case _:
                yield self._measured(standing, found)

    def out_of_sight(self, standing: ParcelStanding) -> Iterator[Say]:
        """Say that the carrier's scans cannot be seen here."""
        carrier = {"carrier": Fact(self.carrier(standing), self._view.found.told)}
        yield Say(ResponseKey.TRACKING_OUT_OF_SIGHT, facts=carrier)

    def carrier(self, standing: ParcelStanding) -> str:
        """Return who carries a parcel, by name if it is known."""
        carrier = standing.parcel.carrier
        return self._services.carriers.profile(carrier).name if carrier else "the carrier"

    def _seller(self, standing: ParcelStanding) -> Say:
        seller = self._view.marketplace_seller(standing)
        name = Fact(seller.name if seller else "The seller", self._view.found.told)
        return Say(ResponseKey.TRACKING_FROM_SELLER, facts={"seller": name})

    def _not_sent(self, found: Finding) -> Iterator[Say]:
        late = ResponseKey.TRACKING_NOT_SENT_IN_TIME
        key = late if found.overdue else ResponseKey.TRACKING_AFTER_DISPATCH
        yield Say(key, checked=(self._view.found.told,))
        published = processing_time(self._services, self._view)
        if published is not None:
            time = {"time": Fact(published.value.spoken, published.evidence)}
            yield Say(ResponseKey.TRACKING_SENT_WITHIN, facts=time, joins=True)

    def _measured(self, standing: ParcelStanding, found: Finding) -> Say:
        facts = {"carrier": Fact(self.carrier(standing), self._told(standing))}
        if found.since is not None:
            scanned = found.reason is Reason.SCANNED
            told = facts["carrier"].evidence if scanned else self._view.found.told
            facts["since"] = Fact(self._view.spoken.time(found.since), told)
        published = self._services.knowledge.span(WAITED_FOR[found.reason])
        if published is None or found.until is None:
            return Say(_WITHOUT_A_TIME[found.reason], facts=facts)
        facts["wait"] = Fact(published.value.spoken, published.evidence)
        if found.overdue:
            return Say(_TOO_LONG[found.reason], facts=facts)
        facts["until"] = Fact(self._view.spoken.time(found.until), published.evidence)
        return Say(_NORMAL[found.reason], facts=facts)

    def _told(self, standing: ParcelStanding) -> Evidence:
        """Return who told about the scans: the carrier, where it was asked."""
        if standing.report is not None:
            return Evidence(self.carrier(standing), standing.report.looked_up_at)
        if standing.carrier_problem is CarrierProblem.NOT_FOUND:
            return Evidence(self.carrier(standing), self._view.spoken.now)
        return self._view.found.told
