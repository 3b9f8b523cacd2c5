"""A Marketplace in memory, for tests and for trying things out."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import count

from support.ids import OrderNumber, SellerId, TicketReference
from support.systems.errors import SystemFailure, SystemRefused
from support.systems.marketplace.models import Ticket, TicketRequest, TicketState
from support.systems.once import OncePerSubject
from support.times import utc_now


class MemoryMarketplace:
    """Keeps tickets in a dictionary. While `failure` is set, every question raises it."""

    def __init__(
        self,
        sellers: Mapping[SellerId, str] | None = None,
        *,
        reply_within: timedelta | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.failure: SystemFailure | None = None
        self.requests: list[TicketRequest] = []
        self._sellers = dict(sellers or {})
        self._reply_within = reply_within
        self._now = now
        self._numbers = count(1)
        self._tickets: dict[TicketReference, Ticket] = {}
        self._once = OncePerSubject[TicketReference](lambda one: self._tickets[one].is_open)

    async def open_ticket(self, request: TicketRequest, *, idempotency_key: str) -> Ticket:
        """Open a ticket, or return the one that the key or the subject already has."""
        self._check()
        reference = self._once.reference(
            idempotency_key, request.subject, lambda: self._add(request)
        )
        return self._tickets[reference]

    async def tickets_of(self, number: OrderNumber) -> tuple[Ticket, ...]:
        """Return an order's tickets, newest first."""
        self._check()
        own = [ticket for ticket in self._tickets.values() if ticket.order_number == number]
        return tuple(reversed(own))

    async def escalate(self, reference: TicketReference, *, idempotency_key: str) -> Ticket:
        """Take a ticket to the operator; once is enough, whatever the key."""
        del idempotency_key
        self._check()
        if reference not in self._tickets:
            raise SystemRefused("marketplace", "no such ticket")
        return self.change(reference, state=TicketState.ESCALATED)

    def change(self, reference: TicketReference, **changes: object) -> Ticket:
        """Change a ticket, as sellers and the operator do."""
        self._tickets[reference] = self._tickets[reference].model_copy(update=changes)
        return self._tickets[reference]

    def _add(self, request: TicketRequest) -> TicketReference:
        now = self._now()
        reference = TicketReference(f"MKT-{next(self._numbers):06d}")
        self._tickets[reference] = Ticket(
            reference=reference,
            order_number=request.order_number,
            seller_id=request.seller_id,
            seller_name=self._sellers.get(request.seller_id, request.seller_id),
            state=TicketState.WAITING_FOR_SELLER,
            opened_at=now,
            reply_due=now + self._reply_within if self._reply_within else None,
        )
        self.requests.append(request)
        return reference

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure
