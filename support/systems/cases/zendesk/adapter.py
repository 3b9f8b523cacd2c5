"""Cases as tickets in Zendesk, over its HTTP API."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import httpx
import structlog

from support.ids import CaseReference, OrderNumber
from support.systems.answers import answer_as
from support.systems.cases.errors import CaseNotFound
from support.systems.cases.models import Case, CaseRequest
from support.systems.cases.zendesk.fields import ZendeskFields
from support.systems.cases.zendesk.mapping import (
    SYSTEM,
    case_of,
    draft,
    external_id,
    is_ours,
    key_tag,
    subject_tag,
)
from support.systems.cases.zendesk.models import OneTicket, Problem, Tickets
from support.systems.errors import SystemAnswerMalformed, SystemRefused
from support.systems.operations import Operation
from support.systems.requests import DEFAULT_LIMITS, ReadLimits, SystemClient

_LONGEST_REFERENCE: Final = 18
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ZendeskCaseSystem:
    """Asks one Zendesk account, whose address `url` is. The client is the caller's, who closes it.

    `email` and `token` are those of an agent with API access.
    """

    client: httpx.AsyncClient
    url: str
    email: str
    token: str = field(repr=False)
    fields: ZendeskFields
    limits: ReadLimits = DEFAULT_LIMITS

    async def open(self, request: CaseRequest, *, idempotency_key: str) -> Case:
        """Open a ticket, unless the order has one of this key, or an open one of this subject.

        Zendesk remembers keys for two hours only, so tickets carry them, too. What it is given is
        a key of the subject, by which two who ask at the same moment get one ticket.
        """
        known = await self._tickets(request.order_number)
        found = self._known(known, request, idempotency_key)
        if found is not None:
            return found
        subject = subject_tag(request.subject)
        earlier = sum(subject in ticket.tags for ticket in known.tickets)
        try:
            return await self._create(request, idempotency_key, f"{subject}-{earlier}")
        except SystemRefused:
            # Somebody else may have been quicker with the same subject, in other words.
            known = await self._tickets(request.order_number)
            found = self._known(known, request, idempotency_key)
            if found is None:
                raise
            _log.info("case_opened_meanwhile", case=found.reference)
            return found

    async def case(self, reference: CaseReference) -> Case:
        """Return one case; tickets that the assistant did not open are none."""
        if not (reference.isascii() and reference.isdigit()) or len(reference) > _LONGEST_REFERENCE:
            raise CaseNotFound(reference)
        response = await self._system.read(
            self._url(f"tickets/{reference}.json"),
            params={"include": "metric_sets"},
            auth=self._auth,
            operation=Operation.READ_CASE,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            _refuse_strange_404(response)
            raise CaseNotFound(reference)
        answer = answer_as(OneTicket, response, system=SYSTEM)
        if not is_ours(answer.ticket):
            raise CaseNotFound(reference)
        if str(answer.ticket.id) != reference.lstrip("0"):
            raise SystemAnswerMalformed(SYSTEM, "a ticket that was not asked for")
        return case_of(answer.ticket, self.fields, answer.metric_sets)

    async def cases_of(self, number: OrderNumber) -> tuple[Case, ...]:
        """Return an order's cases, newest first."""
        answer = await self._tickets(number)
        cases = [case_of(ticket, self.fields, answer.metric_sets) for ticket in answer.tickets]
        return tuple(sorted(cases, key=_newest, reverse=True))

    async def _tickets(self, number: OrderNumber) -> Tickets:
        """Return those of an order that are ours."""
        wanted = external_id(number)
        response = await self._system.read(
            self._url("tickets.json"),
            params={"external_id": wanted, "include": "metric_sets", "per_page": "100"},
            auth=self._auth,
            operation=Operation.LIST_CASES,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404 for an order's tickets")
        answer = answer_as(Tickets, response, system=SYSTEM)
        own = [one for one in answer.tickets if is_ours(one) and one.external_id == wanted]
        return answer.model_copy(update={"tickets": tuple(own)})

    def _known(self, known: Tickets, request: CaseRequest, idempotency_key: str) -> Case | None:
        """Return the case of the key, or else the open one of the subject."""

        def first(tag: str, *, is_open: bool) -> Case | None:
            tagged = [ticket for ticket in known.tickets if tag in ticket.tags]
            cases = (case_of(ticket, self.fields, known.metric_sets) for ticket in tagged)
            return next((case for case in cases if case.is_open or not is_open), None)

        of_key = first(key_tag(idempotency_key), is_open=False)
        return of_key or first(subject_tag(request.subject), is_open=True)

    async def _create(self, request: CaseRequest, key: str, key_of_subject: str) -> Case:
        response = await self._system.write(
            self._url("tickets.json"),
            body=draft(request, key, self.fields),
            idempotency_key=key_of_subject,
            auth=self._auth,
            operation=Operation.OPEN_CASE,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404 for a new ticket")
        ticket = answer_as(OneTicket, response, system=SYSTEM).ticket
        return case_of(ticket, self.fields)

    @property
    def _system(self) -> SystemClient:
        return SystemClient(SYSTEM, self.client, self.limits)

    @property
    def _auth(self) -> httpx.BasicAuth:
        return httpx.BasicAuth(f"{self.email}/token", self.token)

    def _url(self, path: str) -> str:
        return f"{self.url.rstrip('/')}/api/v2/{path}"


def _newest(case: Case) -> tuple[object, int]:
    return case.opened_at, int(case.reference)


def _refuse_strange_404(response: httpx.Response) -> None:
    """Tell "no such ticket" from a 404 of anything else on the way (a wrong URL, a proxy)."""
    try:
        problem = answer_as(Problem, response, system=SYSTEM)
    except SystemAnswerMalformed as error:
        raise SystemRefused(SYSTEM, "404 of something on the way") from error
    if problem.error != "RecordNotFound":
        raise SystemRefused(SYSTEM, "404 that does not speak of a ticket")
