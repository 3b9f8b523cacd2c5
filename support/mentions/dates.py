"""Dates and stretches of time as Australians type them: "24/11", "last Tuesday", "2 weeks ago".

The grammar is our own: dateparser and parsedatetime take prices, "sat on the porch" and "may I" for
dates, and know neither "tmrw" nor Christmas
(docs/decisions/0018-a-small-grammar-for-dates.md). Days stand before months. What can be read in
two ways is uncertain.
"""

from collections.abc import Iterator
from datetime import date

from support.mentions.calendar_dates import calendar_dates_in
from support.mentions.models import Found
from support.mentions.named_days import named_days_in
from support.mentions.relative_dates import relative_dates_in


def dates_in(text: str, today: date) -> Iterator[Found]:
    """Yield the dates in a folded text, as seen on the customer's `today`; they may overlap.

    A value is an ISO date, or an ISO interval whose first and last day are included.
    """
    yield from calendar_dates_in(text, today)
    yield from relative_dates_in(text, today)
    yield from named_days_in(text, today)
