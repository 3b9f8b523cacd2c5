"""What STOP does to customers who wait for a person. Pure.

Nobody may write to them, so they are offered to nobody. Whoever must not be left to themselves gets
a ticket, without a word: somebody may reach them in another way, such as the order's own e-mail.
"""

from datetime import datetime
from typing import Final

from gateway.handover.dressing import Happening
from gateway.handover.models import Handling, Held, Ticket
from gateway.ownership import Guard, OwnershipEvent
from support.handover import Priority, Reason

_NOT_TO_BE_LEFT: Final = frozenset({Reason.COMPLAINT, Reason.DISTRESS, Reason.ESCALATED})


def customer_stopped(held: Held, ticket: Ticket, *, at: datetime) -> Happening:
    """Return what takes a customer out of the queue; `ticket` is for whoever needs one."""
    guard = Guard.MUST_BE_REACHED if must_be_reached(held.handling) else Guard.ALWAYS
    return Happening(OwnershipEvent.CUSTOMER_STOPPED, at, guard, outlook=ticket, epoch=held.epoch)


def must_be_reached(handling: Handling) -> bool:
    """Say whether somebody has to get back to this customer: a person had begun, or it is grave."""
    grave = handling.priority is Priority.VULNERABLE or handling.reason in _NOT_TO_BE_LEFT
    return handling.front or grave
