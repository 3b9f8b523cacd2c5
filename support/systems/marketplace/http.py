"""The Marketplace over HTTP, as described in openapi.yaml beside this file."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from support.ids import OrderNumber, TicketReference
from support.systems.answers import answer_as
from support.systems.errors import SystemRefused
from support.systems.marketplace.models import Ticket, TicketRequest
from support.systems.operations import Operation
from support.systems.requests import DEFAULT_LIMITS, ReadLimits, SystemClient

SYSTEM: Final = "marketplace"


class _Tickets(BaseModel):
    tickets: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True)
class HttpMarketplace:
    """Asks the Marketplace. The client is the caller's, who closes it."""

    client: httpx.AsyncClient
    url: str
    key: str = field(repr=False)
    limits: ReadLimits = DEFAULT_LIMITS

    async def open_ticket(self, request: TicketRequest, *, idempotency_key: str) -> Ticket:
        """Open a ticket, or return the open one of the same subject."""
        body = request.model_dump(mode="json")
        return await self._write("/tickets", body, idempotency_key, Operation.OPEN_TICKET)

    async def tickets_of(self, number: OrderNumber) -> tuple[Ticket, ...]:
        """Return an order's tickets, newest first."""
        response = await SystemClient(SYSTEM, self.client, self.limits).read(
            self._url("/tickets"),
            params={"order_number": number},
            headers=self._headers,
            operation=Operation.LIST_TICKETS,
        )
        _refuse_not_found(response)
        tickets = answer_as(_Tickets, response, system=SYSTEM).tickets
        own = (ticket for ticket in tickets if ticket.order_number == number)
        return tuple(sorted(own, key=lambda ticket: ticket.opened_at, reverse=True))

    async def escalate(self, reference: TicketReference, *, idempotency_key: str) -> Ticket:
        """Take a ticket to the operator."""
        path = f"/tickets/{quote(reference, safe='')}/escalation"
        return await self._write(path, {}, idempotency_key, Operation.ESCALATE_TICKET)

    async def _write(
        self, path: str, body: dict[str, Any], idempotency_key: str, operation: Operation
    ) -> Ticket:
        response = await SystemClient(SYSTEM, self.client, self.limits).write(
            self._url(path),
            body=body,
            idempotency_key=idempotency_key,
            headers=self._headers,
            operation=operation,
        )
        _refuse_not_found(response)
        return answer_as(Ticket, response, system=SYSTEM)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def _url(self, path: str) -> str:
        return self.url.rstrip("/") + path


def _refuse_not_found(response: httpx.Response) -> None:
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise SystemRefused(SYSTEM, "404")
