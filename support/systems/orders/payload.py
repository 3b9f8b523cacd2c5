"""Reading an order from JSON."""

from typing import Any

from support.systems.orders.models import Order


def order_from_json(payload: object) -> Order:
    """Return the order; an absent optional field and a null one are the same.

    Raises pydantic's `ValidationError`, which repeats personal data: do not log it.
    """
    return Order.model_validate(_without_nulls(payload))


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value
