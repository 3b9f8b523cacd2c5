"""One parcel's standing as response keys with their facts: one bubble, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from actions.formatting import Spoken, items_of, state_name
from actions.parcel_keys import BEFORE_DISPATCH, OF_STATE, OF_STATE_TO_COLLECT, STILL_COMING
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.eta import EtaBasis
from support.decisions.identity import Level
from support.decisions.order_status import CarrierProblem, ParcelStanding, method_of
from support.decisions.parcel_states import ParcelState
from support.facts import Evidence, Fact
from support.identification import LookedUpOrder
from support.systems.carriers.interface import Carriers
from support.systems.orders.models import DeliveryMethod, Store


@dataclass(frozen=True, slots=True)
class ParcelWording:
    """Words one parcel of an order for one customer."""

    found: LookedUpOrder
    standing: ParcelStanding
    carriers: Carriers
    spoken: Spoken
    position: int
    count: int

    def says(self) -> Iterator[Say]:
        """Yield the lines of the parcel's bubble, the first of which starts it."""
        yield from self._title()
        yield self._state()
        yield from self._when()
        yield from self._scan()
        yield from self._disagreement()
        yield from self._eta()
        yield from self._where()
        yield from self._carrier()
        yield from self._carrier_problem()

    def _title(self) -> Iterator[Say]:
        items = items_of(self.standing.parcel, self.found.order) if self._may_see_items else ""
        words = {"position": str(self.position), "count": str(self.count)}
        facts = {"items": Fact(items, self._told)} if items else {}
        if self.count > 1:
            titled = ResponseKey.PARCEL_TITLE if items else ResponseKey.PARCEL_TITLE_WITHOUT_ITEMS
            yield Say(titled, facts=facts, words=words)
        elif items:
            yield self._line(ResponseKey.PARCEL_ITEMS, items=items)
        sellers = self._marketplace_sellers()
        if sellers:
            yield self._line(ResponseKey.PARCEL_SELLER, seller=", ".join(sellers))

    def _state(self) -> Say:
        state = self.standing.state
        key = OF_STATE[state.value]
        if self._is_collected_in_store:
            key = OF_STATE_TO_COLLECT.get(state.value, key)
        since = self.standing.since
        if state.value is ParcelState.OUT_FOR_DELIVERY and since and self.spoken.is_today(since):
            key = ResponseKey.PARCEL_OUT_FOR_DELIVERY_TODAY
        return Say(key, checked=(state.evidence,), joins=True)

    def _when(self) -> Iterator[Say]:
        since, state = self.standing.since, self.standing.state
        if since is None:
            return
        delivered = state.value is ParcelState.DELIVERED
        key = ResponseKey.PARCEL_DELIVERED_AT if delivered else ResponseKey.PARCEL_SINCE
        if delivered or not self._decided_by_carrier:
            yield self._line(key, state.evidence, since=self.spoken.time(since))
        report, told = self.standing.report, self._carrier_told
        if delivered and report and told and report.proof_of_delivery:
            yield self._line(
                ResponseKey.PARCEL_PROOF_OF_DELIVERY,
                told,
                carrier=told.source,
                proof=report.proof_of_delivery,
            )

    def _scan(self) -> Iterator[Say]:
        scan, told = self.standing.scan, self._carrier_told
        if scan is None or told is None or self.standing.state.value is ParcelState.DELIVERED:
            return
        facts = {
            "carrier": told.source,
            "scan": scan.description,
            "at": self.spoken.time(scan.at),
        }
        if scan.location:
            yield self._line(ResponseKey.PARCEL_SCAN, told, place=scan.location, **facts)
        else:
            yield self._line(ResponseKey.PARCEL_SCAN_WITHOUT_PLACE, told, **facts)

    def _disagreement(self) -> Iterator[Say]:
        other = self.standing.other
        if other is None:
            return
        facts = {
            "other_source": Fact(other.evidence.source, other.evidence),
            "other_state": Fact(state_name(other.value), other.evidence),
            "source": Fact(self.standing.state.evidence.source, self.standing.state.evidence),
        }
        key = ResponseKey.PARCEL_SOURCES_DISAGREE
        if self.standing.other_since is not None:
            key = ResponseKey.PARCEL_SOURCES_DISAGREE_SINCE
            since = self.spoken.time(self.standing.other_since)
            facts["other_since"] = Fact(since, other.evidence)
        yield Say(key, facts=facts, joins=True)

    def _eta(self) -> Iterator[Say]:
        eta = self.standing.eta
        if eta is None:
            if self.standing.state.value in STILL_COMING:
                yield Say(ResponseKey.PARCEL_NO_DATE, checked=(self._told,), joins=True)
            return
        key = ResponseKey.PARCEL_ETA_CARRIER
        if eta.value.basis is EtaBasis.PROMISE:
            key = ResponseKey.PARCEL_ETA_PROMISED
            if self._is_collected_in_store:
                key = ResponseKey.PARCEL_ETA_PROMISED_COLLECT
        if eta.value.overdue:
            key = ResponseKey.PARCEL_OVERDUE
        date = self.spoken.day(eta.value.day)
        yield self._line(key, eta.evidence, date=date, source=eta.evidence.source)

    def _where(self) -> Iterator[Say]:
        store = self._store
        if store is None or not self._is_collected_in_store:
            return
        if self.standing.state.value in {ParcelState.COLLECTED, ParcelState.CANCELLED}:
            return
        yield self._line(ResponseKey.PARCEL_STORE, store=store.name)
        if store.address:
            yield self._line(ResponseKey.PARCEL_STORE_ADDRESS, address=store.address)
        if store.hours:
            yield self._line(ResponseKey.PARCEL_STORE_HOURS, hours=store.hours)

    def _carrier(self) -> Iterator[Say]:
        parcel = self.standing.parcel
        profile = self.carriers.profile(parcel.carrier) if parcel.carrier else None
        number = parcel.tracking_number
        if profile and number:
            link = profile.tracking_link(number)
            facts = {"carrier": profile.name, "tracking_number": number}
            if link:
                yield self._line(ResponseKey.PARCEL_CARRIER_LINK, link=link, **facts)
            else:
                yield self._line(ResponseKey.PARCEL_CARRIER_NUMBER, **facts)
        elif profile:
            yield self._line(ResponseKey.PARCEL_CARRIER_ONLY, carrier=profile.name)
        elif number:
            yield self._line(ResponseKey.PARCEL_NUMBER_ONLY, tracking_number=number)
        elif self.standing.state.value in BEFORE_DISPATCH and not self._is_collected_in_store:
            yield Say(ResponseKey.PARCEL_TRACKING_LATER, joins=True)

    def _carrier_problem(self) -> Iterator[Say]:
        parcel, report = self.standing.parcel, self.standing.report
        name = self.carriers.profile(parcel.carrier).name if parcel.carrier else ""
        if report is not None:
            if report.is_stale:
                looked_up = self.spoken.time(report.looked_up_at)
                told = self._carrier_told or self._told
                yield self._line(
                    ResponseKey.PARCEL_CARRIER_STALE, told, carrier=name, looked_up=looked_up
                )
            return
        match self.standing.carrier_problem:
            case CarrierProblem.NOT_FOUND:
                yield self._line(ResponseKey.PARCEL_TRACKING_NOT_FOUND, carrier=name)
            case CarrierProblem.UNREACHABLE:
                yield self._unreachable(name, parcel.status_at)
            case _:
                return

    def _unreachable(self, carrier: str, status_at: datetime | None) -> Say:
        if status_at is None:
            return self._line(ResponseKey.PARCEL_CARRIER_UNREACHABLE, carrier=carrier)
        return self._line(
            ResponseKey.PARCEL_CARRIER_UNREACHABLE_SINCE,
            carrier=carrier,
            status_at=self.spoken.time(status_at),
        )

    def _line(self, key: ResponseKey, told: Evidence | None = None, /, **facts: str) -> Say:
        evidence = told or self._told
        return Say(
            key, facts={name: Fact(value, evidence) for name, value in facts.items()}, joins=True
        )

    @property
    def _told(self) -> Evidence:
        return self.found.told

    @property
    def _carrier_told(self) -> Evidence | None:
        report = self.standing.report
        if report is None:
            return None
        return Evidence(self.carriers.profile(report.carrier).name, report.looked_up_at)

    @property
    def _decided_by_carrier(self) -> bool:
        return self.standing.state.evidence != self._told

    @property
    def _may_see_items(self) -> bool:
        return self.found.level > Level.CHANNEL

    @property
    def _is_collected_in_store(self) -> bool:
        method = method_of(self.found.order, self.standing.parcel)
        return method is DeliveryMethod.CLICK_AND_COLLECT

    @property
    def _store(self) -> Store | None:
        return self.standing.parcel.store or self.found.order.delivery.store

    def _marketplace_sellers(self) -> list[str]:
        lines = {line.id: line for line in self.found.order.lines}
        sellers = [
            lines[item.line_id].seller.name
            for item in self.standing.parcel.items
            if item.line_id in lines and lines[item.line_id].seller.marketplace
        ]
        return list(dict.fromkeys(sellers))
