"""How long a delivery takes by what was published: to where, by which way, counted from when."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from support.decisions.business_days import BusinessDays
from support.decisions.region import Destination
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import Span, Unit
from support.places.localities import Remoteness
from support.places.states import State
from support.systems.orders.models import DeliveryMethod

_KEYS: Final = MappingProxyType(
    {
        (DeliveryMethod.STANDARD, Remoteness.METRO): KnowledgeKey.STANDARD_METRO,
        (DeliveryMethod.STANDARD, Remoteness.REGIONAL): KnowledgeKey.STANDARD_REGIONAL,
        (DeliveryMethod.STANDARD, Remoteness.REMOTE): KnowledgeKey.STANDARD_REMOTE,
        (DeliveryMethod.EXPRESS, Remoteness.METRO): KnowledgeKey.EXPRESS_METRO,
    }
)
_DAYS_IN: Final = MappingProxyType({Unit.HOURS: 1 / 24, Unit.DAYS: 1, Unit.BUSINESS_DAYS: 7 / 5})


@dataclass(frozen=True, slots=True)
class DeliveryTime:
    """How long one way of delivery takes from the shipping notification on.

    `regions` are those that the place may lie in; of several the longest time is taken.
    """

    method: DeliveryMethod
    span: Span
    regions: tuple[Remoteness, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which a span ends, both included."""

    first: date
    last: date


def region_time(
    knowledge: Library, method: DeliveryMethod, region: Remoteness
) -> Fact[Span] | None:
    """Return what was published for one region; None where nothing was."""
    key = _KEYS.get((method, region))
    return knowledge.span(key) if key else None


def delivery_time(
    knowledge: Library, method: DeliveryMethod, destination: Destination
) -> Fact[DeliveryTime] | None:
    """Return what was published for a place; None unless it was for each region it may lie in."""
    published = [region_time(knowledge, method, region) for region in destination.regions]
    times = [one for one in published if one is not None]
    if not times or len(times) < len(published):
        return None
    longest = max(times, key=lambda one: _length(one.value))
    return Fact(DeliveryTime(method, longest.value, destination.regions), longest.evidence)


def counted_from(start: date, span: Span, states: frozenset[State]) -> Days | None:
    """Return the days on which a span that began on a day ends.

    None where that cannot be said: hours end on no certain day, and business days need a state.
    """
    match span.unit:
        case Unit.BUSINESS_DAYS if states:
            days = BusinessDays(states)
            return Days(days.after(start, span.least), days.after(start, span.most))
        case Unit.DAYS:
            return Days(start + timedelta(span.least), start + timedelta(span.most))
        case _:
            return None


def _length(span: Span) -> tuple[float, float]:
    return span.most * _DAYS_IN[span.unit], span.least * _DAYS_IN[span.unit]
