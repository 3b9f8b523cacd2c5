"""Tickets to sellers as threads on a Marketplace that runs on Mirakl."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from weakref import WeakValueDictionary

import structlog

from support.ids import OrderNumber, SellerId, TicketReference
from support.systems.errors import SystemFailure, SystemRefused, SystemUnreachable
from support.systems.marketplace.mirakl import incidents
from support.systems.marketplace.mirakl import threads as mirakl
from support.systems.marketplace.mirakl.api import SYSTEM, MiraklApi
from support.systems.marketplace.mirakl.models import MiraklOrder, Thread
from support.systems.marketplace.models import Ticket, TicketReason, TicketRequest, TicketState
from support.times import utc_now

_SECONDS_IN_ALL: Final = 5.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MiraklMarketplace:
    """Asks one Marketplace. `reasons` are the operator's codes of our reasons, where it has any.

    `incidents` are its codes of incidents for them: for a reason without one none is opened.

    Mirakl knows no idempotency keys. Threads are looked at before one is opened, one opening at a
    time for each subject in a process, and again where it is not known whether one was opened.
    """

    api: MiraklApi
    reasons: Mapping[TicketReason, str] = field(default_factory=dict)
    incidents: Mapping[TicketReason, str] = field(default_factory=dict)
    now: Callable[[], datetime] = utc_now
    _locks: "WeakValueDictionary[tuple[str, ...], asyncio.Lock]" = field(
        default_factory=WeakValueDictionary, repr=False
    )

    async def open_ticket(self, request: TicketRequest, *, idempotency_key: str) -> Ticket:
        """Open a thread with the seller, or return the open one of the same subject."""
        lock = self._locks.setdefault(request.subject, asyncio.Lock())
        try:
            async with asyncio.timeout(_SECONDS_IN_ALL), lock:
                return await self._open(request, idempotency_key)
        except TimeoutError as error:
            raise SystemUnreachable(SYSTEM, "no answer in time") from error

    async def tickets_of(self, number: OrderNumber) -> tuple[Ticket, ...]:
        """Return an order's tickets, newest first."""
        orders = {order.order_id: order for order in await self.api.orders(number)}
        if not orders:
            return ()
        threads = await self.api.threads(orders)
        told = [
            mirakl.ticket_of(thread, orders[entity.id])
            for thread in threads
            if mirakl.is_ours(thread)
            for entity in thread.entities
            if entity.id in orders
        ]
        return tuple(sorted(told, key=lambda ticket: ticket.opened_at, reverse=True))

    async def escalate(self, reference: TicketReference, *, idempotency_key: str) -> Ticket:
        """Open what incidents there are for a ticket, and write to the operator in its thread.

        Once is enough, whatever the key: what was done before is not done again.
        """
        del idempotency_key
        lock = self._locks.setdefault((reference,), asyncio.Lock())
        try:
            async with asyncio.timeout(_SECONDS_IN_ALL), lock:
                return await self._escalate(reference)
        except TimeoutError as error:
            raise SystemUnreachable(SYSTEM, "no answer in time") from error

    async def _escalate(self, reference: TicketReference) -> Ticket:
        thread = await self._thread(reference)
        order = await self._order_of(thread)
        has_incident = await self._open_incidents(thread, order)
        if mirakl.is_with_operator(thread):
            return mirakl.ticket_of(thread, order)
        if mirakl.may_go_to_operator(thread):
            await self.api.reply(thread.id, json.dumps(mirakl.message_to_operator()))
        elif not has_incident:
            raise SystemRefused(SYSTEM, "a thread that the operator may not join")
        ticket = mirakl.ticket_of(thread, order)
        return ticket.model_copy(update={"state": TicketState.ESCALATED})

    async def _open_incidents(self, thread: Thread, order: MiraklOrder) -> bool:
        """Return whether the order has an incident now; the operator is written to anyway."""
        code = incidents.code_for(thread, self.reasons, self.incidents)
        if code is None:
            return False
        try:
            for line in incidents.lines_to_open(thread, order):
                await self.api.open_incident(order.order_id, line.order_line_id, code)
        except SystemFailure as failure:
            _log.warning("incident_not_opened", reason=type(failure).__name__)
        told = await self._order_of(thread)
        return any(incidents.is_open(line) for line in told.order_lines)

    async def _open(self, request: TicketRequest, key: str) -> Ticket:
        order = await self._sold_by(request)
        known = await self._known(order, request, key)
        if known is not None:
            return known
        draft = mirakl.thread_input(request, key, self.reasons)
        try:
            posted = await self.api.open_thread(order.order_id, json.dumps(draft))
        except SystemFailure as failure:
            known = await self._known(order, request, key)
            if known is None:
                raise
            _log.info("thread_was_opened", reason=type(failure).__name__)
            return known
        return self._opened(posted.thread_id, order)

    def _opened(self, thread_id: str, order: MiraklOrder) -> Ticket:
        return Ticket(
            reference=TicketReference(thread_id),
            order_number=OrderNumber(order.commercial_id),
            seller_id=SellerId(str(order.shop_id)),
            seller_name=order.shop_name,
            state=TicketState.WAITING_FOR_SELLER,
            opened_at=self.now(),
        )

    async def _known(self, order: MiraklOrder, request: TicketRequest, key: str) -> Ticket | None:
        """Return the ticket of the key, or else the open one of the subject."""
        threads = await self.api.threads([order.order_id])
        same = mirakl.of_key(threads, key)
        if same is not None:
            return mirakl.ticket_of(same, order)
        tickets = (mirakl.ticket_of(one, order) for one in mirakl.of_subject(threads, request))
        return next((ticket for ticket in tickets if ticket.is_open), None)

    async def _sold_by(self, request: TicketRequest) -> MiraklOrder:
        orders = await self.api.orders(request.order_number)
        sold = (order for order in orders if str(order.shop_id) == request.seller_id)
        order = next(sold, None)
        if order is None:
            raise SystemRefused(SYSTEM, "this order has no such seller")
        return order

    async def _thread(self, reference: TicketReference) -> Thread:
        thread = await self.api.thread(reference)
        if thread is None or not mirakl.is_ours(thread):
            raise SystemRefused(SYSTEM, "no such ticket")
        return thread

    async def _order_of(self, thread: Thread) -> MiraklOrder:
        ids = [entity.id for entity in thread.entities]
        orders = await self.api.orders_by_id(ids) if ids else ()
        if not orders:
            raise SystemRefused(SYSTEM, "a thread without an order")
        return orders[0]
