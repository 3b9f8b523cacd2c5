"""Libraries for tests: what is given is known, everything else is not."""

from datetime import date

from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import Claim, ClockTime, Entry, Rule, Span, Unit, Words

READ_ON = date(2026, 11, 23)
SOURCE = "Kmart delivery FAQ"

Value = Span | ClockTime | Rule | Words


def library(known: dict[KnowledgeKey, Value] | None = None) -> Library:
    """Return a library that knows these values, all of one source."""
    values = known or {}
    return Library({key: _entry(key, values.get(key)) for key in KnowledgeKey})


def hours(most: int, *, least: int = 0) -> Span:
    """Return a span of hours."""
    return Span(least=least, most=most, unit=Unit.HOURS)


def business_days(least: int, most: int) -> Span:
    """Return a span of business days."""
    return Span(least=least, most=most, unit=Unit.BUSINESS_DAYS)


def _entry(key: KnowledgeKey, value: Value | None) -> Entry:
    claim = Claim(source=SOURCE, where="kmart.com.au/faq/delivery", read_on=READ_ON)
    return Entry(
        key=key,
        about="An entry for tests",
        value=value,
        confirmed=False,
        claims=(claim,) if value else (),
    )
