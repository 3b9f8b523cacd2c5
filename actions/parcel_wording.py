"""One parcel's standing as response keys with their facts: one bubble, line by line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from actions.formatting import items_of, state_name
from actions.parcel_card import parcel_card
from actions.parcel_eta import ParcelEta
from actions.parcel_keys import OF_REASON, OF_STATE, OF_STATE_FROM_SELLER, OF_STATE_TO_COLLECT
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.order_status import CarrierProblem
from support.decisions.parcel_states import BEFORE_DISPATCH, ParcelState
from support.decisions.tracking import is_too_early_to_track
from support.facts import Evidence, Fact
from support.knowledge.keys import KnowledgeKey


class ParcelWording(ParcelEta):
    """Words one parcel of an order for one customer."""

    __slots__ = ()

    def says(self, *, date_first: bool = False) -> Iterator[Say]:
        """Yield the lines of the parcel's bubble, the first of which starts it.

        With `date_first` its date comes before how it stands: for those who asked when it comes.
        """
        yield from self.title()
        if date_first:
            yield from self.eta()
        yield replace(self.state(), cards=(parcel_card(self),))
        yield from self.when()
        yield from self.last_scan()
        yield from self.disagreement()
        if not date_first:
            yield from self.eta()
        yield from self.where()
        yield from self.carrier()
        yield from self._carrier_problem()

    def title(self) -> Iterator[Say]:
        """Yield which parcel it is and what is in it."""
        items = items_of(self.standing.parcel, self.found.order) if self.may_see_details else ""
        words = {"position": str(self.position), "count": str(self.count)}
        facts = {"items": Fact(items, self.told)} if items else {}
        if self.count > 1:
            titled = ResponseKey.PARCEL_TITLE if items else ResponseKey.PARCEL_TITLE_WITHOUT_ITEMS
            yield Say(titled, facts=facts, words=words)
        elif items:
            yield self.line(ResponseKey.PARCEL_ITEMS, items=items)
        sellers = self.marketplace_sellers()
        if sellers and self.may_see_details:
            yield self.line(ResponseKey.PARCEL_SELLER, seller=", ".join(sellers))

    def state(self) -> Say:
        """Return how it stands and what happens next."""
        state, since = self.standing.state, self.standing.since
        key = OF_STATE[state.value]
        if self.is_collected_in_store:
            key = OF_STATE_TO_COLLECT.get(state.value, key)
        elif self.marketplace_sellers():
            key = OF_STATE_FROM_SELLER.get(state.value, key)
        if key is ResponseKey.PARCEL_OUT_FOR_DELIVERY and since and self.spoken.is_today(since):
            key = ResponseKey.PARCEL_OUT_FOR_DELIVERY_TODAY
        return Say(key, checked=(state.evidence,), joins=True)

    def when(self) -> Iterator[Say]:
        """Yield since when it stands so, and who took it where that is known."""
        since, state = self.standing.since, self.standing.state
        delivered = state.value is ParcelState.DELIVERED
        if since is not None and delivered and self.knows_when_it_was_delivered:
            at = self.spoken.time(since)
            yield self.line(ResponseKey.PARCEL_DELIVERED_AT, state.evidence, since=at)
        elif since is not None and not self.decided_by_carrier:
            at = self.spoken.time(since)
            yield self.line(ResponseKey.PARCEL_SINCE, state.evidence, since=at)
        report, told = self.standing.report, self.carrier_told
        if delivered and report and told and report.proof_of_delivery and self.may_see_details:
            yield self.line(
                ResponseKey.PARCEL_PROOF_OF_DELIVERY,
                told,
                carrier=told.source,
                proof=report.proof_of_delivery,
            )

    def last_scan(self) -> Iterator[Say]:
        """Yield what the carrier noted last."""
        scan, told = self.standing.scan, self.carrier_told
        if scan is None or told is None or self.scan_says_delivered(scan):
            return
        facts = {
            "carrier": told.source,
            "scan": scan.description,
            "at": self.spoken.time(scan.at),
        }
        if scan.location:
            yield self.line(ResponseKey.PARCEL_SCAN, told, place=scan.location, **facts)
        else:
            yield self.line(ResponseKey.PARCEL_SCAN_WITHOUT_PLACE, told, **facts)

    def disagreement(self) -> Iterator[Say]:
        """Yield what the other source says, and why it is not gone by."""
        other, reason = self.standing.other, self.standing.reason
        if self.found.order.cancelled_at and self.standing.state.value is not ParcelState.CANCELLED:
            yield self.line(ResponseKey.PARCEL_ORDER_IS_CANCELLED)
        if other is None or reason is None:
            return
        facts = {
            "other_source": Fact(other.state.evidence.source, other.state.evidence),
            "other_state": Fact(state_name(other.state.value), other.state.evidence),
        }
        key = ResponseKey.PARCEL_SOURCES_DISAGREE
        if other.since is not None:
            key = ResponseKey.PARCEL_SOURCES_DISAGREE_SINCE
            facts["other_since"] = Fact(self.spoken.time(other.since), other.state.evidence)
        yield Say(key, facts=facts, joins=True)
        evidence = self.standing.state.evidence
        yield self.line(OF_REASON[reason], evidence, source=evidence.source)

    def where(self) -> Iterator[Say]:
        """Yield the store where it is, or will be, collected."""
        store = self.store
        if store is None or not store.name or not self.is_collected_in_store:
            return
        if not self.may_see_details:
            return
        if self.standing.state.value in {ParcelState.COLLECTED, ParcelState.CANCELLED}:
            return
        yield self.line(ResponseKey.PARCEL_STORE, store=store.name)
        if store.address:
            yield self.line(ResponseKey.PARCEL_STORE_ADDRESS, address=store.address)
        if store.hours:
            yield self.line(ResponseKey.PARCEL_STORE_HOURS, hours=store.hours)

    def store_phone(self) -> Iterator[Say]:
        """Yield how to reach the store, for those who may hear which one it is."""
        store = self.store
        if store and store.phone and self.is_collected_in_store and self.may_see_details:
            yield self.line(ResponseKey.PARCEL_STORE_PHONE, phone=store.phone)

    def carrier(self) -> Iterator[Say]:
        """Yield who carries it, and where it can be followed."""
        parcel = self.standing.parcel
        profile = self.carriers.profile(parcel.carrier) if parcel.carrier else None
        number = parcel.tracking_number
        if profile and number:
            link = profile.tracking_link(number)
            facts = {"carrier": profile.name, "tracking_number": number}
            if link:
                yield self.line(ResponseKey.PARCEL_CARRIER_LINK, link=link, **facts)
            else:
                yield self.line(ResponseKey.PARCEL_CARRIER_NUMBER, **facts)
        elif profile:
            yield self.line(ResponseKey.PARCEL_CARRIER_ONLY, carrier=profile.name)
        elif number:
            yield self.line(ResponseKey.PARCEL_NUMBER_ONLY, tracking_number=number)
        elif self.standing.state.value in BEFORE_DISPATCH and not self.is_collected_in_store:
            yield Say(ResponseKey.PARCEL_TRACKING_LATER, joins=True)

    def _carrier_problem(self) -> Iterator[Say]:
        parcel, report = self.standing.parcel, self.standing.report
        name = self.carriers.profile(parcel.carrier).name if parcel.carrier else ""
        if report is not None and report.is_stale:
            looked_up = self.spoken.time(report.looked_up_at)
            told = self.carrier_told or self.told
            yield self.line(
                ResponseKey.PARCEL_CARRIER_STALE, told, carrier=name, looked_up=looked_up
            )
        match self.standing.carrier_problem:
            case CarrierProblem.NOT_FOUND:
                yield self._not_found(name)
            case CarrierProblem.UNREACHABLE:
                yield self._unreachable(name, parcel.status_at)
                if free_at := self.standing.carrier_free_at:
                    again = self.spoken.time(free_at)
                    yield self.line(ResponseKey.PARCEL_CARRIER_FREE_AT, carrier=name, free_at=again)
            case CarrierProblem.NOT_CONNECTED:
                yield self.line(ResponseKey.PARCEL_CARRIER_NOT_CONNECTED, carrier=name)
            case None:
                return

    def _not_found(self, carrier: str) -> Say:
        since, now = self.standing.since, self.spoken.now
        wait = self.knowledge.span(KnowledgeKey.TRACKING_AFTER_SHIPPING)
        early = is_too_early_to_track(since, wait=wait.value if wait else None, now=now)
        told = {"carrier": Fact(carrier, Evidence(carrier, now))}
        if wait is None or not early or self.standing.state.value is not ParcelState.SHIPPED:
            return Say(ResponseKey.PARCEL_NOTHING_TO_TRACK, facts=told, joins=True)
        told["wait"] = Fact(wait.value.spoken, wait.evidence)
        return Say(ResponseKey.PARCEL_TRACKING_NOT_FOUND, facts=told, joins=True)

    def _unreachable(self, carrier: str, status_at: datetime | None) -> Say:
        if status_at is None:
            return self.line(ResponseKey.PARCEL_CARRIER_UNREACHABLE, carrier=carrier)
        return self.line(
            ResponseKey.PARCEL_CARRIER_UNREACHABLE_SINCE,
            carrier=carrier,
            status_at=self.spoken.time(status_at),
        )
