"""The identifiers in a message, found once for all components that need them."""

from functools import lru_cache

from rasa_runtime.settings import settings
from support.identifiers.extract import identifiers_in
from support.identifiers.models import Identifier


@lru_cache(maxsize=16)
def found_identifiers(text: str) -> tuple[Identifier, ...]:
    """Return the order numbers, tracking numbers, e-mails, phones and postcodes in a message."""
    return identifiers_in(text, order_number_pattern=settings().order_number_pattern)
