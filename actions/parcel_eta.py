"""When one parcel should come, as response keys with their facts."""

from collections.abc import Iterator
from dataclasses import replace

from actions.parcel_view import ParcelView
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.collection_time import CollectionTime
from support.decisions.delivery_time import DeliveryTime
from support.decisions.eta import Eta, EtaBasis
from support.decisions.parcel_states import BEFORE_DISPATCH, STILL_COMING, UNDER_WAY, ParcelState
from support.decisions.published import DispatchTime
from support.facts import Fact
from support.times import spoken_clock


class ParcelEta(ParcelView):
    """Words the date of one parcel, or what is known in place of one."""

    __slots__ = ()

    def eta(self) -> Iterator[Say]:
        """Yield when it should come, and whose word that is; nothing once that is settled."""
        eta, published = self.standing.eta, self.standing.published
        if eta is None:
            yield from self._without_date()
        elif eta.value.basis is not EtaBasis.PUBLISHED:
            yield self._given(eta)
        elif published.collection is not None:
            yield self._collection(published.collection)
        elif published.delivery is not None:
            yield self._worked_out(eta.value, published.delivery)
            yield from self._ambiguous(published.delivery)

    def _given(self, eta: Fact[Eta]) -> Say:
        """Return a date that somebody gave for this very parcel."""
        collected = self.is_collected_in_store
        if eta.value.overdue:
            key = ResponseKey.PARCEL_OVERDUE_COLLECT if collected else ResponseKey.PARCEL_OVERDUE
        elif eta.value.basis is EtaBasis.CARRIER:
            key = ResponseKey.PARCEL_ETA_CARRIER
        elif collected:
            key = ResponseKey.PARCEL_ETA_PROMISED_COLLECT
        elif self.standing.state.value is ParcelState.DELAYED:
            key = ResponseKey.PARCEL_ETA_DELAYED
        else:
            key = ResponseKey.PARCEL_ETA_PROMISED
        date = self.spoken.day(eta.value.day)
        return self.line(key, eta.evidence, date=date, source=eta.evidence.source)

    def _worked_out(self, eta: Eta, time: Fact[DeliveryTime]) -> Say:
        """Return the days that come out of a published time and the day on which it was sent."""
        facts = {"date": self.spoken.day(eta.day), **_time_facts(time.value)}
        if eta.overdue:
            key = ResponseKey.PARCEL_OVERDUE_PUBLISHED
        elif self.standing.state.value is ParcelState.DELAYED:
            key = ResponseKey.PARCEL_ETA_PUBLISHED_DELAYED
        elif eta.earliest is not None and self.spoken.today < eta.earliest < eta.day:
            key = ResponseKey.PARCEL_ETA_PUBLISHED
            facts["days"] = self.spoken.days(eta.earliest, eta.day)
        else:
            key = ResponseKey.PARCEL_ETA_PUBLISHED_BY
        return replace(self.line(key, time.evidence, **facts), checked=(self.told,))

    def _ambiguous(self, time: Fact[DeliveryTime]) -> Iterator[Say]:
        regions = time.value.regions
        if len(regions) > 1:
            facts = {"regions": " or ".join(regions)}
            yield self.line(ResponseKey.PARCEL_REGION_AMBIGUOUS, time.evidence, **facts)

    def _without_date(self) -> Iterator[Say]:
        state, published = self.standing.state.value, self.standing.published
        if state not in STILL_COMING or self.found.order.cancelled_at:
            return
        if self.is_collected_in_store:
            yield Say(ResponseKey.PARCEL_NO_DATE_COLLECT, checked=(self.told,), joins=True)
            return
        if state in BEFORE_DISPATCH and published.dispatch is not None:
            yield self._dispatch(published.dispatch)
        if state in BEFORE_DISPATCH and published.delivery is not None:
            yield from self._time(ResponseKey.PARCEL_TIME_AFTER_SENDING, published.delivery)
        elif state in UNDER_WAY and published.delivery is not None:
            yield from self._time(ResponseKey.PARCEL_TIME_UNKNOWN_START, published.delivery)
        elif not self._comes_today:
            yield Say(ResponseKey.PARCEL_NO_DATE, checked=(self.told,), joins=True)

    def _dispatch(self, time: Fact[DispatchTime]) -> Say:
        late = time.value.overdue
        key = ResponseKey.PARCEL_SENDING_OVERDUE if late else ResponseKey.PARCEL_SENDING_TIME
        return self.line(key, time.evidence, span=time.value.span.spoken)

    def _time(self, key: ResponseKey, time: Fact[DeliveryTime]) -> Iterator[Say]:
        yield self.line(key, time.evidence, **_time_facts(time.value))
        yield from self._ambiguous(time)

    def _collection(self, time: Fact[CollectionTime]) -> Say:
        day, ready_from = time.value.day, time.value.ready_from
        facts = {"date": self.spoken.day(day)}
        if time.value.overdue:
            key = ResponseKey.PARCEL_READY_OVERDUE
        elif ready_from is None:
            key = ResponseKey.PARCEL_READY_ON
        else:
            begun = time.value.begun
            key = ResponseKey.PARCEL_READY_ANY_TIME if begun else ResponseKey.PARCEL_READY_FROM
            facts["time"] = spoken_clock(ready_from)
        return replace(self.line(key, time.evidence, **facts), checked=(self.told,))

    @property
    def _comes_today(self) -> bool:
        since = self.standing.since
        out = self.standing.state.value is ParcelState.OUT_FOR_DELIVERY
        return out and since is not None and self.spoken.is_today(since)


def _time_facts(time: DeliveryTime) -> dict[str, str]:
    regions = " or ".join(time.regions)
    return {"span": time.span.spoken, "region": regions, "method": time.method.value}
