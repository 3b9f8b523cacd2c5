"""What a message holds, found once for all components that need it."""

from datetime import date
from functools import lru_cache

from rasa_runtime.settings import settings
from support.identifiers.extract import identifiers_in
from support.identifiers.models import Identifier
from support.mentions.extract import mentions_in
from support.mentions.models import Mention


@lru_cache(maxsize=16)
def found_identifiers(text: str) -> tuple[Identifier, ...]:
    """Return the order numbers, tracking numbers, e-mails, phones and postcodes in a message."""
    return identifiers_in(text, order_number_pattern=settings().order_number_pattern)


@lru_cache(maxsize=16)
def found_mentions(text: str, today: date) -> tuple[Mention, ...]:
    """Return the carriers, sellers, items, dates, suburbs and choices in a message."""
    return mentions_in(text, found_identifiers(text), today)
