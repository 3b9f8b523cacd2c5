"""Whether the customer has read how an order stands now: then it is not told again."""

import hashlib
import json
from typing import Final

from actions.order_view import OrderView
from actions.turn import Turn
from support.decisions.follow_up import snapshot

SLOT: Final = "shown_order"


def mark(view: OrderView) -> str:
    """Return the slot's value once this order was shown; another one when it stands otherwise."""
    order = view.order
    stands = [snapshot(view.standings, ()), str(order.cancelled_at), len(order.refunds)]
    digest = hashlib.sha256(json.dumps(stands, sort_keys=True).encode()).hexdigest()[:16]
    return f"{order.number} {digest}"


def is_shown(turn: Turn, view: OrderView) -> bool:
    """Say whether all of this order was shown; whoever names it again wants to see it again."""
    return turn.slot(SLOT) == mark(view) and not turn.gave_identity
