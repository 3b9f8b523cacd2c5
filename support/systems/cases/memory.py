"""A case system in memory, for tests and for trying things out."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from typing import Final

from support.ids import CaseReference, OrderNumber
from support.systems.cases.errors import CaseNotFound
from support.systems.cases.models import Case, CaseRequest, CaseState, CaseStep
from support.systems.errors import SystemFailure, SystemRefused
from support.systems.once import OncePerSubject
from support.times import utc_now

TAKEN_BACK: Final = "Taken back by the customer."


class MemoryCaseSystem:
    """Keeps cases in a dictionary. While `failure` is set, every question raises it."""

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self.failure: SystemFailure | None = None
        self.refuses_withdrawal = False
        self.requests: list[CaseRequest] = []
        self._now = now
        self._numbers = count(1)
        self._cases: dict[CaseReference, Case] = {}
        self._once = OncePerSubject[CaseReference](lambda one: self._cases[one].is_open)

    async def open(self, request: CaseRequest, *, idempotency_key: str) -> Case:
        """Open a case, or return the one that the key or the subject already has."""
        self._check()
        reference = self._once.reference(
            idempotency_key, request.subject, lambda: self._add(request)
        )
        return self._cases[reference]

    async def case(self, reference: CaseReference) -> Case:
        """Return one case."""
        self._check()
        try:
            return self._cases[reference]
        except KeyError:
            raise CaseNotFound(reference) from None

    async def cases_of(self, number: OrderNumber) -> tuple[Case, ...]:
        """Return an order's cases, newest first."""
        self._check()
        own = [case for case in self._cases.values() if case.order_number == number]
        return tuple(reversed(own))

    async def withdraw(self, reference: CaseReference, *, idempotency_key: str) -> Case:
        """Close a case that was taken back."""
        del idempotency_key
        case = await self.case(reference)
        if self.refuses_withdrawal:
            raise SystemRefused("cases", "no withdrawal")
        return (
            self.move(reference, CaseState.RESOLVED, outcome=TAKEN_BACK) if case.is_open else case
        )

    def move(
        self, reference: CaseReference, state: CaseState, *, outcome: str | None = None
    ) -> Case:
        """Let a case come to another state, as the people who work on it do."""
        case = self._cases[reference]
        step = CaseStep(state=state, at=self._now())
        change = {"state": state, "steps": (*case.steps, step), "outcome": outcome}
        self._cases[reference] = case.model_copy(update=change)
        return self._cases[reference]

    def expects(self, reference: CaseReference, *, by: date) -> None:
        """Let those who work on a case say by when they take the next step."""
        self._cases[reference] = self._cases[reference].model_copy(update={"next_by": by})

    def _add(self, request: CaseRequest) -> CaseReference:
        now = self._now()
        reference = CaseReference(f"CASE-{next(self._numbers):06d}")
        self._cases[reference] = Case(
            reference=reference,
            kind=request.kind,
            order_number=request.order_number,
            parcel_id=request.parcel_id,
            line_ids=request.line_ids,
            state=CaseState.RECEIVED,
            opened_at=now,
            steps=(CaseStep(state=CaseState.RECEIVED, at=now),),
        )
        self.requests.append(request)
        return reference

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure
