"""What an answer of the endpoint says about one number.

The shapes that are met:

- articles with events and a status, or with the status on the result only;
- a consignment without a status of its own whose articles are in `items`;
- StarTrack's `consignment` (an object or a list) with events and status, whose items may lag.

A whole is delivered only when the whole is said to be, or when each of its articles is; an article
that was seen elsewhere afterwards makes the answer MIXED.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.australia_post.events import events_of
from support.systems.carriers.australia_post.mapping import delivery_note, status_of
from support.systems.carriers.australia_post.models import Item, Result
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_UNDECIDED: Final = {CarrierStatus.UNKNOWN, CarrierStatus.MIXED}
_HANDED_OVER: Final = {CarrierStatus.DELIVERED, CarrierStatus.PARTLY_DELIVERED}
_UNDER_WAY: Final = {
    CarrierStatus.PRE_TRANSIT,
    CarrierStatus.IN_TRANSIT,
    CarrierStatus.OUT_FOR_DELIVERY,
}
_NAMES_NONE: Final = {None, "unknown"}


@dataclass(frozen=True, slots=True)
class _Part:
    """An article or a whole: what is said of it and where it was seen, newest first."""

    status: CarrierStatus
    events: tuple[TrackingEvent, ...]

    @property
    def last_seen(self) -> datetime:
        return self.events[0].at if self.events else _LONG_AGO


def report_of(
    results: Sequence[Result], *, carrier: CarrierId, number: TrackingNumber, now: datetime
) -> TrackingReport:
    """Put together what the results for one number say. `now` is when they were received."""
    wholes = [whole for result in results for whole in _wholes(result)]
    items = [leaf for result in results for leaf in _leaves(result)]
    own = [item for item in items if (item.article_id or "").upper() == number.upper()]
    on_result = [result.status for result in results]
    articles = [_article(item, on_result) for item in own or items]
    whole = _whole(wholes)
    status = _status(whole, articles, on_result, one_article=bool(own))
    if status is CarrierStatus.DELIVERED and not (own or _all_there(wholes, whole, articles)):
        status = CarrierStatus.PARTLY_DELIVERED
    events = events_of(scan for part in (*wholes, *(own or items)) for scan in part.events)
    deciding = _deciding(status, whole.events) or _deciding(status, events)
    return TrackingReport(
        carrier=carrier,
        number=number,
        status=status,
        looked_up_at=now,
        events=events,
        deciding_event=deciding,
        proof_of_delivery=_proof(status, deciding, events),
    )


def _wholes(result: Result) -> Iterator[Item]:
    """Yield what speaks for several articles at once."""
    yield from result.consignment
    yield from (item for item in result.trackable_items if item.items)


def _leaves(result: Result) -> Iterator[Item]:
    """Yield the articles, however deep they are."""
    waiting = [
        *result.trackable_items,
        *(inner for one in result.consignment for inner in one.items),
    ]
    while waiting:
        item = waiting.pop(0)
        waiting.extend(item.items)
        if not item.items:
            yield item


def _article(item: Item, on_result: Sequence[str | None]) -> _Part:
    """Read one article: its own status, else the result's, else what its scans say.

    A status word that no table knows stays unknown; only a missing one is read off the scans.
    """
    events = events_of(item.events)
    if not _names_none([item.status]):
        return _Part(status_of(item.status), events)
    inherited = _combined([status_of(status) for status in on_result])
    if _names_none(on_result) or inherited is CarrierStatus.MIXED:
        return _Part(_by_events(events), events)
    return _Part(inherited, events)


def _whole(wholes: Sequence[Item]) -> _Part:
    """Read what is said of the whole; MIXED where the articles are to be looked at.

    Without a status the whole's scans tell all but a delivery: they may speak of one article only.
    """
    events = events_of(scan for whole in wholes for scan in whole.events)
    named = [whole.status for whole in wholes]
    if not _names_none(named):
        return _Part(_combined([status_of(status) for status in named]), events)
    seen = _by_events(events)
    tells_nothing = seen in {CarrierStatus.UNKNOWN, CarrierStatus.DELIVERED}
    return _Part(CarrierStatus.MIXED if tells_nothing else seen, events)


def _status(
    whole: _Part, articles: Sequence[_Part], on_result: Sequence[str | None], *, one_article: bool
) -> CarrierStatus:
    together = _combined([article.status for article in articles])
    if whole.status is CarrierStatus.MIXED:
        return together if articles else _combined(_known(on_result))
    if one_article and whole.status is CarrierStatus.PARTLY_DELIVERED:
        return together
    if _seen_elsewhere_since(whole, articles):
        return CarrierStatus.MIXED
    if whole.status in _UNDER_WAY and together in _HANDED_OVER:
        return CarrierStatus.PARTLY_DELIVERED
    return whole.status


def _seen_elsewhere_since(whole: _Part, articles: Sequence[_Part]) -> bool:
    """Whether an article went on after the whole is said to have been delivered."""
    delivery = _deciding(CarrierStatus.DELIVERED, whole.events)
    if whole.status is not CarrierStatus.DELIVERED or delivery is None:
        return False
    return any(
        article.last_seen > delivery.at
        and article.status not in _UNDECIDED | {CarrierStatus.DELIVERED}
        for article in articles
    )


def _all_there(wholes: Sequence[Item], whole: _Part, articles: Sequence[_Part]) -> bool:
    """Whether as many articles are listed as the whole has, or the whole itself is delivered."""
    expected = max((one.number_of_items or 0 for one in wholes), default=0)
    return whole.status is CarrierStatus.DELIVERED or expected <= len(articles)


def _names_none(statuses: Sequence[str | None]) -> bool:
    return all((status and status.casefold()) in _NAMES_NONE for status in statuses)


def _known(statuses: Sequence[str | None]) -> list[CarrierStatus]:
    return [status_of(status) for status in statuses if not _names_none([status])]


def _by_events(events: Sequence[TrackingEvent]) -> CarrierStatus:
    """Return what the newest telling scan says."""
    telling = (event.status for event in events if event.status not in _UNDECIDED)
    return next(telling, CarrierStatus.UNKNOWN)


def _combined(statuses: Sequence[CarrierStatus]) -> CarrierStatus:
    different = set(statuses)
    if len(different) == 1:
        return statuses[0]
    if different & _HANDED_OVER:
        return CarrierStatus.PARTLY_DELIVERED
    return CarrierStatus.MIXED if different else CarrierStatus.UNKNOWN


def _deciding(status: CarrierStatus, events: Sequence[TrackingEvent]) -> TrackingEvent | None:
    if status in _UNDECIDED:
        return None
    telling = _HANDED_OVER if status is CarrierStatus.PARTLY_DELIVERED else {status}
    return next((event for event in events if event.status in telling), None)


def _proof(
    status: CarrierStatus, deciding: TrackingEvent | None, events: Sequence[TrackingEvent]
) -> str | None:
    if status is not CarrierStatus.DELIVERED:
        return None
    telling = (event for event in (deciding, *events) if event is not None)
    return next((note for event in telling if (note := delivery_note(event.description))), None)
