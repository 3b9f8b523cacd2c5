"""Reading an order from JSON."""

from support.systems.answers import without_nulls
from support.systems.orders.models import Order


def order_from_json(payload: object) -> Order:
    """Return the order; an absent optional field and a null one are the same.

    Raises pydantic's `ValidationError`, which repeats personal data: do not log it.
    """
    return Order.model_validate(without_nulls(payload))
