"""The sandbox's tickets to Marketplace sellers."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final

from support.ids import TicketReference
from support.systems.marketplace.models import Ticket, TicketRequest, TicketState
from support.systems.once import OncePerSubject

REPLY_WITHIN: Final = timedelta(days=2)
"""How long the sandbox's sellers have to answer. Nobody has published the real time."""


class TicketBook:
    """All tickets, each once for its subject while it is open, and once for its key for ever."""

    def __init__(self) -> None:
        self._tickets: dict[TicketReference, Ticket] = {}
        self._requests: dict[TicketReference, TicketRequest] = {}
        self._once = OncePerSubject[TicketReference](lambda one: self._tickets[one].is_open)
        self._numbers = count(500_001)

    def open(self, request: TicketRequest, key: str, seller: str, now: datetime) -> Ticket:
        """Return the ticket of this key, the open one of this subject, or a new one."""
        reference = self._once.reference(
            key, request.subject, lambda: self._add(request, seller, now)
        )
        return self._tickets[reference]

    def find(self, reference: str) -> Ticket | None:
        """Return one ticket."""
        return self._tickets.get(TicketReference(reference.upper()))

    def of_order(self, number: str) -> list[Ticket]:
        """Return an order's tickets."""
        return [one for one in self._tickets.values() if one.order_number == number.upper()]

    def change(self, ticket: Ticket, **changes: object) -> Ticket:
        """Let the seller or the operator do something about a ticket."""
        changed = ticket.model_copy(update=changes)
        self._tickets[ticket.reference] = changed
        return changed

    def told(self) -> list[dict[str, Any]]:
        """Return every ticket with what was asked for when it was opened."""
        return [
            {
                **ticket.model_dump(mode="json"),
                "request": self._requests[ticket.reference].model_dump(mode="json"),
            }
            for ticket in self._tickets.values()
        ]

    def _add(self, request: TicketRequest, seller: str, now: datetime) -> TicketReference:
        reference = TicketReference(f"M{next(self._numbers)}")
        self._requests[reference] = request
        self._tickets[reference] = Ticket(
            reference=reference,
            order_number=request.order_number,
            seller_id=request.seller_id,
            seller_name=seller,
            state=TicketState.WAITING_FOR_SELLER,
            opened_at=now,
            reply_due=now + REPLY_WITHIN,
        )
        return reference
