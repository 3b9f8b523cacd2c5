"""Which orders were told about in this conversation: "go back to the first one"."""

from typing import Any, Final

from actions.turn import Turn
from support.decisions.choice import picked_earlier
from support.systems.orders.models import Order

SLOT: Final = "told_orders"
"""Numbers, in the order in which they were first told about."""

PARCELS: Final = "told_parcels"
"""How many parcels the order has that was told about last."""

_MOST: Final = 10


def with_orders(turn: Turn, *orders: Order) -> dict[str, Any]:
    """Return the slots that remember these orders as told about, the last one as the newest."""
    numbers = (*turn.several(SLOT), *(order.number for order in orders))
    told = list(dict.fromkeys(numbers))
    return {SLOT: told[-_MOST:], PARCELS: len(orders[-1].parcels)}


def earlier_order(turn: Turn) -> str | None:
    """Return the number of another order told about, where the words pick it."""
    told, present = turn.several(SLOT), turn.slot("order_number")
    current = told.index(present) if present in told else None
    place = picked_earlier(turn.text, len(told), current=current, parcels=turn.count(PARCELS))
    return None if place is None else told[place]
