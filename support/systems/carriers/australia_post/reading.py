"""What an answer of the endpoint says about one number.

The shapes that are met:

- articles with events and a status, or with the status on the result only;
- a consignment without a status of its own whose articles are in `items`;
- StarTrack's `consignment` (an object or a list) with events and status, whose items may lag.

A whole is delivered only when the whole is said to be, or when each of its articles is; an article
that was seen elsewhere afterwards makes the answer PARTLY_DELIVERED, or MIXED where none was
delivered.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.australia_post.events import events_of
from support.systems.carriers.australia_post.mapping import (
    FINAL_SHORTAGE,
    delivery_note,
    is_unmapped,
    normalised,
    status_of,
)
from support.systems.carriers.australia_post.models import Item, Result
from support.systems.carriers.australia_post.parts import (
    ENDED_OTHERWISE,
    UNDECIDED,
    Part,
    by_events,
    delivered_at,
    known,
    names_none,
    weighed,
)
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport

_HANDED_OVER: Final = {CarrierStatus.DELIVERED, CarrierStatus.PARTLY_DELIVERED}
_UNDER_WAY: Final = {
    CarrierStatus.PRE_TRANSIT,
    CarrierStatus.IN_TRANSIT,
    CarrierStatus.OUT_FOR_DELIVERY,
}


def report_of(
    results: Sequence[Result], *, carrier: CarrierId, number: TrackingNumber, now: datetime
) -> TrackingReport:
    """Put together what the results for one number say. `now` is when they were received."""
    wholes = [whole for result in results for whole in _wholes(result)]
    leaves = [leaf for result in results for leaf in _leaves(result)]
    own = [item for item in leaves if (item.article_id or "").upper() == number.upper()]
    items = own or leaves
    whole_events = events_of((scan for whole in wholes for scan in whole.events), now)
    events = events_of((scan for part in (*wholes, *items) for scan in part.events), now)
    on_result = [result.status for result in results]
    articles = [_article(item, on_result, whole_events, now) for item in items]
    whole = _whole(wholes, whole_events, delivered_at(events))
    status = _status(whole, articles, on_result, one_article=bool(own))
    if status is CarrierStatus.DELIVERED and not (own or _all_there(results, wholes, whole, items)):
        status = CarrierStatus.PARTLY_DELIVERED
    words = [*on_result, *(part.status for part in (*wholes, *items))]
    if status is CarrierStatus.PARTLY_DELIVERED and not _anything_delivered(words, events):
        status = CarrierStatus.UNKNOWN
    deciding = _deciding(status, whole.events) or _deciding(status, events)
    return TrackingReport(
        carrier=carrier,
        number=number,
        status=status,
        looked_up_at=now,
        events=events,
        deciding_event=deciding,
        proof_of_delivery=_proof(status, deciding, events),
        unmapped=_unmapped(words) if status is CarrierStatus.UNKNOWN else None,
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


def _article(
    item: Item,
    on_result: Sequence[str | None],
    whole_events: Sequence[TrackingEvent],
    now: datetime,
) -> Part:
    """Read one article: its own status, else the result's, weighed against the article's scans."""
    events = events_of(item.events, now)
    word = _combined(known(on_result) if names_none([item.status]) else [status_of(item.status)])
    nothing_said = names_none([item.status]) and names_none(on_result)
    if nothing_said or word is CarrierStatus.MIXED:
        return Part(by_events(events), events)
    return Part(weighed(word, events, delivered_at(whole_events)), events)


def _whole(
    wholes: Sequence[Item], events: tuple[TrackingEvent, ...], any_delivered_at: datetime | None
) -> Part:
    """Read what is said of the whole; MIXED where the articles are to be looked at.

    Only a word can say that the whole is delivered: its scans may speak of one article only.
    """
    named = [whole.status for whole in wholes]
    if names_none(named):
        seen = by_events(events)
        tells_nothing = seen in {CarrierStatus.UNKNOWN, CarrierStatus.DELIVERED}
        return Part(CarrierStatus.MIXED if tells_nothing else seen, events)
    word = _combined([status_of(status) for status in named])
    status = weighed(word, events, any_delivered_at)
    by_scans_only = status is CarrierStatus.DELIVERED and word is not status
    return Part(CarrierStatus.MIXED if by_scans_only else status, events)


def _status(
    whole: Part, articles: Sequence[Part], on_result: Sequence[str | None], *, one_article: bool
) -> CarrierStatus:
    together = _combined([article.status for article in articles])
    if whole.status is CarrierStatus.MIXED:
        return together if articles else _combined(known(on_result))
    if one_article and whole.status is CarrierStatus.PARTLY_DELIVERED:
        return together
    if whole.status is CarrierStatus.DELIVERED and _any_elsewhere(whole, articles):
        handed_over = any(article.status in _HANDED_OVER for article in articles)
        return CarrierStatus.PARTLY_DELIVERED if handed_over else CarrierStatus.MIXED
    if whole.status in _UNDER_WAY and together in _HANDED_OVER:
        return CarrierStatus.PARTLY_DELIVERED
    return whole.status


def _any_elsewhere(whole: Part, articles: Sequence[Part]) -> bool:
    """Whether an article speaks against the delivery of the whole.

    One that only lags, last seen before the delivery, does not.
    """
    delivery = delivered_at(whole.events)
    return any(
        article.status in ENDED_OTHERWISE
        or not article.events
        or delivery is None
        or article.last_seen > delivery
        for article in articles
        if article.status is not CarrierStatus.DELIVERED and not article.is_silent
    )


def _all_there(
    results: Sequence[Result], wholes: Sequence[Item], whole: Part, items: Sequence[Item]
) -> bool:
    """Whether as many articles are listed as there are, or the whole itself is delivered."""
    counts = [one.number_of_items for one in results] + [one.number_of_items for one in wholes]
    expected = max((count or 0 for count in counts), default=0)
    return whole.status is CarrierStatus.DELIVERED or expected <= len(items)


def _anything_delivered(words: Sequence[str | None], events: Sequence[TrackingEvent]) -> bool:
    """Whether something was handed over, rather than only found missing."""
    texts = (*words, *(event.description for event in events))
    return any(
        status_of(text) in _HANDED_OVER and normalised(text) != FINAL_SHORTAGE for text in texts
    )


def _unmapped(words: Sequence[str | None]) -> str | None:
    """Return the first word for a status that no table has."""
    return next((word for word in words if word and is_unmapped(word)), None)


def _combined(statuses: Sequence[CarrierStatus]) -> CarrierStatus:
    different = set(statuses)
    if len(different) == 1:
        return statuses[0]
    if different & _HANDED_OVER:
        return CarrierStatus.PARTLY_DELIVERED
    return CarrierStatus.MIXED if different else CarrierStatus.UNKNOWN


def _deciding(status: CarrierStatus, events: Sequence[TrackingEvent]) -> TrackingEvent | None:
    if status in UNDECIDED:
        return None
    return next((event for event in events if event.status is status), None)


def _proof(
    status: CarrierStatus, deciding: TrackingEvent | None, events: Sequence[TrackingEvent]
) -> str | None:
    if status is not CarrierStatus.DELIVERED:
        return None
    telling = (event for event in (deciding, *events) if event is not None)
    return next((note for event in telling if (note := delivery_note(event.description))), None)
