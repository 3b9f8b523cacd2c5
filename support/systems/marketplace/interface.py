"""What the assistant asks of the Marketplace."""

from typing import Protocol

from support.ids import OrderNumber, TicketReference
from support.systems.marketplace.models import Ticket, TicketRequest


class Marketplace(Protocol):
    """Opens and reads tickets. Every method may raise a `support.systems.errors.SystemFailure`."""

    async def open_ticket(self, request: TicketRequest, *, idempotency_key: str) -> Ticket:
        """Open a ticket to the seller; while one of the same subject is open, return that one."""
        ...

    async def tickets_of(self, number: OrderNumber) -> tuple[Ticket, ...]:
        """Return an order's tickets, newest first; empty where there are none."""
        ...

    async def escalate(self, reference: TicketReference, *, idempotency_key: str) -> Ticket:
        """Take a ticket that the seller left unanswered to the Marketplace's operator."""
        ...
