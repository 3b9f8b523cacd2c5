"""The last check before something is opened in the customer's name."""

from actions.services import Services
from actions.turn import Turn
from support.decisions.identity import Deed, Level, may
from support.ids import OrderNumber


class NotAllowed(Exception):
    """A procedure went further than the customer may: a mistake of ours."""


async def check_allowed(
    turn: Turn, services: Services, order_number: OrderNumber, deed: Deed
) -> None:
    """Raise `NotAllowed` unless the customer has shown enough in this session for this.

    Procedures ask for what is missing before they come here; whatever they forget, nothing is
    opened without it.
    """
    levels = await services.verified.levels_of(turn.conversation_id)
    if not may(levels.get(order_number, Level.NONE), deed):
        raise NotAllowed(f"{deed} needs more than was shown for the order.")
