"""Which incidents are opened when a ticket goes to the operator: on which lines, and why."""

from collections.abc import Mapping, Sequence

from support.systems.marketplace.mirakl.models import MiraklOrder, OrderLine, Thread
from support.systems.marketplace.mirakl.threads import INCIDENT_OPEN, is_about_all_of, reason_of
from support.systems.marketplace.models import TicketReason


def code_for(
    thread: Thread, reasons: Mapping[TicketReason, str], incidents: Mapping[TicketReason, str]
) -> str | None:
    """Return the operator's code of an incident for a ticket; None where it has none."""
    reason = reason_of(thread, reasons)
    return incidents.get(reason) if reason else None


def lines_to_open(thread: Thread, order: MiraklOrder) -> Sequence[OrderLine]:
    """Return the lines on which an incident may be opened.

    Mirakl's ids of lines are not those that a ticket names. So none is where a ticket is not about
    all that the seller has of the order: a wrong one would hold back the seller's money.
    """
    if not is_about_all_of(thread, order):
        return ()
    return [line for line in order.order_lines if line.can_open_incident and not is_open(line)]


def is_open(line: OrderLine) -> bool:
    """Whether there is an incident on a line already."""
    return line.order_line_state == INCIDENT_OPEN
