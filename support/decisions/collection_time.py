"""When a Click & Collect order should be ready, by the published cut-off.

Ordered before the cut-off it is ready from a certain time the same day, later on the next day. A
public holiday is no such day: whether a store packs then is not published, so the day after it is
named.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from support.decisions.business_days import BusinessDays
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.places.states import State

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CollectionTime:
    """The day on which an order should be ready, and from when on, where that is published.

    `begun` says that this time has come, `overdue` that the day is over. Both are the store's.
    """

    day: date
    ready_from: time | None
    begun: bool
    overdue: bool


def collection_time(
    ordered_at: datetime,
    *,
    knowledge: Library,
    states: frozenset[State],
    zone: ZoneInfo,
    now: datetime,
) -> Fact[CollectionTime] | None:
    """Return when an order should be ready; None where no times were published.

    `zone` and `states` are the store's; without a state no holiday is known, so no day is named.
    """
    cut_off = knowledge.clock_time(KnowledgeKey.COLLECT_CUT_OFF)
    ready_from = knowledge.clock_time(KnowledgeKey.COLLECT_READY_FROM)
    if cut_off is None or ready_from is None or not states or ordered_at > now:
        return None
    ordered, present = ordered_at.astimezone(zone), now.astimezone(zone)
    in_time = ordered.time() < cut_off.value
    day = _no_holiday(ordered.date() if in_time else ordered.date() + _DAY, states)
    opens = ready_from.value if day == ordered.date() else time.min
    found = CollectionTime(
        day=day,
        ready_from=ready_from.value if day == ordered.date() else None,
        begun=(day, opens) <= (present.date(), present.time()),
        overdue=day < present.date(),
    )
    return Fact(found, ready_from.evidence)


def _no_holiday(day: date, states: frozenset[State]) -> date:
    days = BusinessDays(states)
    while days.is_holiday(day):
        day += _DAY
    return day
