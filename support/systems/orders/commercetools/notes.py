"""Notes for fulfilment, kept as lines in one of the order's own fields."""

from typing import Final

from support.systems.orders.commercetools.models import CommercetoolsOrder
from support.systems.orders.commercetools.own_fields import word_of
from support.systems.orders.models import FulfilmentNote

NOTES_FIELD: Final = "fulfilmentNotes"
"""The field that the project's order type must have, of the type String."""


def notes_with(order: CommercetoolsOrder, note: FulfilmentNote) -> str | None:
    """Return the order's notes with one more; None where it is there already."""
    place = f" (parcel {note.parcel_id})" if note.parcel_id else ""
    line = f"{note.case}{place}: {' '.join(note.text.split())}"
    lines = (word_of(order.own(NOTES_FIELD)) or "").splitlines()
    return None if line in lines else "\n".join((*lines, line))
