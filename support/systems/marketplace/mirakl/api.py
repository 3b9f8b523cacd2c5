"""The calls to Mirakl's front APIs that we use, each named by Mirakl's own id for it."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, TypeVar

import httpx
from pydantic import BaseModel

from support.ids import OrderNumber
from support.systems.answers import answer_as
from support.systems.errors import SystemAnswerMalformed, SystemRefused
from support.systems.marketplace.mirakl.models import (
    MiraklOrder,
    Orders,
    Posted,
    Shipment,
    Shipments,
    Thread,
    Threads,
)
from support.systems.operations import Operation
from support.systems.requests import DEFAULT_LIMITS, ReadLimits, SystemClient

SYSTEM: Final = "marketplace"
_ID: Final = re.compile(r"[A-Za-z0-9_-]+")
_MOST_PAGES: Final = 5
T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class MiraklApi:
    """Asks one Mirakl instance. The client is the caller's, who closes it."""

    client: httpx.AsyncClient
    url: str
    key: str = field(repr=False)
    limits: ReadLimits = DEFAULT_LIMITS

    async def orders(self, number: OrderNumber) -> tuple[MiraklOrder, ...]:
        """OR11: return what each seller has of a customer's order; nothing for a strange number."""
        if not _ID.fullmatch(number):
            return ()
        answer = await self._orders({"commercial_ids": number})
        return tuple(order for order in answer.orders if order.commercial_id == number)

    async def orders_by_id(self, ids: Collection[str]) -> tuple[MiraklOrder, ...]:
        """OR11: return these orders of sellers."""
        answer = await self._orders({"order_ids": ",".join(ids)})
        return tuple(order for order in answer.orders if order.order_id in ids)

    async def shipments(self, ids: Collection[str]) -> tuple[Shipment, ...]:
        """ST11: return what was sent of these orders."""
        found: dict[str, Shipment] = {}
        params = [("order_id", one) for one in ids]
        token: str | None = None
        for _ in range(_MOST_PAGES):
            page = [("page_token", token)] if token else []
            query = httpx.QueryParams([*params, *page])
            answer = await self._read(Shipments, Operation.LIST_SHIPMENTS, f"shipments?{query}")
            found |= {one.id: one for one in answer.data if one.order_id in ids}
            token = answer.next_page_token
            if not token:
                break
        return tuple(found.values())

    async def threads(self, ids: Collection[str]) -> tuple[Thread, ...]:
        """M11: return the threads about these orders, with their messages."""
        found: dict[str, Thread] = {}
        params = {
            "entity_type": "MMP_ORDER",
            "entity_id": ",".join(ids),
            "with_messages": "true",
        }
        for _ in range(_MOST_PAGES):
            answer = await self._read(Threads, Operation.LIST_TICKETS, "inbox/threads", params)
            found |= {one.id: one for one in answer.data if _is_about(one, ids)}
            if not answer.next_page_token:
                break
            params["page_token"] = answer.next_page_token
        return tuple(found.values())

    async def thread(self, thread_id: str) -> Thread | None:
        """M10: return one thread, None where there is none."""
        if not _ID.fullmatch(thread_id):
            return None
        response = await self._system.read(
            self._url(f"inbox/threads/{thread_id}"),
            headers=self._headers,
            operation=Operation.READ_TICKET,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            return None
        thread = answer_as(Thread, response, system=SYSTEM)
        if thread.id != thread_id:
            raise SystemAnswerMalformed(SYSTEM, "a thread that was not asked for")
        return thread

    async def open_thread(self, order_id: str, thread_input: str) -> Posted:
        """OR43: open a thread with JSON as Mirakl describes it. Repeating it opens a second one."""
        if not _ID.fullmatch(order_id):
            raise SystemAnswerMalformed(SYSTEM, "an order's id that is none")
        part = ("thread_input", thread_input)
        return await self._post(f"orders/{order_id}/threads", part, Operation.OPEN_TICKET)

    async def reply(self, thread_id: str, message_input: str) -> Posted:
        """M12: write into a thread, with JSON as Mirakl describes it."""
        path = f"inbox/threads/{thread_id}/message"
        return await self._post(path, ("message_input", message_input), Operation.ESCALATE_TICKET)

    async def open_incident(self, order_id: str, line_id: str, reason_code: str) -> None:
        """OR62: open an incident on a line; there can be one at a time."""
        if not (_ID.fullmatch(order_id) and _ID.fullmatch(line_id)):
            raise SystemAnswerMalformed(SYSTEM, "an id that is none")
        response = await self._system.put_once(
            self._url(f"orders/{order_id}/lines/{line_id}/open_incident"),
            body={"reason_code": reason_code},
            headers=self._headers,
            operation=Operation.OPEN_INCIDENT,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404")

    async def _post(self, path: str, part: tuple[str, str], operation: Operation) -> Posted:
        name, content = part
        response = await self._system.write_once(
            self._url(path),
            parts={name: (None, content, "application/json")},
            headers=self._headers,
            operation=operation,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404")
        return answer_as(Posted, response, system=SYSTEM)

    async def _orders(self, params: dict[str, str]) -> Orders:
        return await self._read(Orders, Operation.LIST_ORDERS, "orders", params)

    async def _read(
        self, kind: type[T], operation: Operation, path: str, params: dict[str, str] | None = None
    ) -> T:
        response = await self._system.read(
            self._url(path), params=params, headers=self._headers, operation=operation
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404")
        return answer_as(kind, response, system=SYSTEM)

    @property
    def _system(self) -> SystemClient:
        return SystemClient(SYSTEM, self.client, self.limits)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", "Accept": "application/json"}

    def _url(self, path: str) -> str:
        return f"{self.url.rstrip('/')}/api/{path}"


def _is_about(thread: Thread, ids: Collection[str]) -> bool:
    return any(entity.id in ids for entity in thread.entities)
