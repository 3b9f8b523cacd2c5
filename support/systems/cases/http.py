"""The case system over HTTP, as described in openapi.yaml beside this file."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from support.ids import CaseReference, OrderNumber
from support.systems.answers import answer_as
from support.systems.cases.errors import CaseNotFound
from support.systems.cases.models import Case, CaseRequest
from support.systems.errors import SystemRefused
from support.systems.operations import Operation
from support.systems.requests import DEFAULT_LIMITS, ReadLimits, SystemClient

SYSTEM: Final = "cases"


class _Cases(BaseModel):
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class HttpCaseSystem:
    """Asks the case system. The client is the caller's, who closes it."""

    client: httpx.AsyncClient
    url: str
    key: str = field(repr=False)
    limits: ReadLimits = DEFAULT_LIMITS

    async def open(self, request: CaseRequest, *, idempotency_key: str) -> Case:
        """Open a case, or return the open one of the same subject."""
        response = await self._system.write(
            self._url("/cases"),
            body=request.model_dump(mode="json", exclude_none=True),
            idempotency_key=idempotency_key,
            headers=self._headers,
            operation=Operation.OPEN_CASE,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404 for a new case")
        return answer_as(Case, response, system=SYSTEM)

    async def case(self, reference: CaseReference) -> Case:
        """Return one case."""
        if not reference.strip():
            raise CaseNotFound(reference)
        path = f"/cases/{quote(reference, safe='')}"
        response = await self._system.read(
            self._url(path), headers=self._headers, operation=Operation.READ_CASE
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise CaseNotFound(reference)
        return answer_as(Case, response, system=SYSTEM)

    async def withdraw(self, reference: CaseReference, *, idempotency_key: str) -> Case:
        """Close a case that the customer has taken back."""
        path = f"/cases/{quote(reference, safe='')}/withdrawal"
        response = await self._system.write(
            self._url(path),
            body={},
            idempotency_key=idempotency_key,
            headers=self._headers,
            operation=Operation.WITHDRAW_CASE,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise CaseNotFound(reference)
        return answer_as(Case, response, system=SYSTEM)

    async def cases_of(self, number: OrderNumber) -> tuple[Case, ...]:
        """Return an order's cases, newest first."""
        response = await self._system.read(
            self._url("/cases"),
            params={"order_number": number},
            headers=self._headers,
            operation=Operation.LIST_CASES,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404 for an order's cases")
        cases = answer_as(_Cases, response, system=SYSTEM).cases
        own = (case for case in cases if case.order_number == number)
        return tuple(sorted(own, key=lambda case: case.opened_at, reverse=True))

    @property
    def _system(self) -> SystemClient:
        return SystemClient(SYSTEM, self.client, self.limits)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def _url(self, path: str) -> str:
        return self.url.rstrip("/") + path
