"""The sandbox's cases, and how they come from one state to the next."""

from datetime import date, datetime
from itertools import count
from typing import Any

from support.ids import CaseReference
from support.systems.cases.models import Case, CaseRequest, CaseState, CaseStep
from support.systems.once import OncePerSubject


class CaseBook:
    """All cases, each once for its subject while it is open, and once for its key for ever."""

    def __init__(self) -> None:
        self._cases: dict[CaseReference, Case] = {}
        self._requests: dict[CaseReference, CaseRequest] = {}
        self._once = OncePerSubject[CaseReference](lambda one: self._cases[one].is_open)
        self._numbers = count(100_001)

    def open(self, request: CaseRequest, key: str, now: datetime) -> Case:
        """Return the case of this key, the open one of this subject, or a new one."""
        reference = self._once.reference(key, request.subject, lambda: self._add(request, now))
        return self._cases[reference]

    def find(self, reference: str) -> Case | None:
        """Return one case."""
        return self._cases.get(CaseReference(reference.upper()))

    def of_order(self, number: str) -> list[Case]:
        """Return an order's cases."""
        return [case for case in self._cases.values() if case.order_number == number.upper()]

    def move(self, case: Case, state: CaseState, now: datetime, **more: str | date | None) -> Case:
        """Let a case come to a state."""
        steps = (*case.steps, CaseStep(state=state, at=now))
        moved = case.model_copy(update={"state": state, "steps": steps, **more})
        self._cases[case.reference] = moved
        return moved

    def withdraw(self, case: Case, now: datetime) -> Case:
        """Let a case be taken back by the customer; one that is closed stays as it is."""
        if not case.is_open:
            return case
        return self.move(case, CaseState.RESOLVED, now, outcome="Taken back by the customer.")

    def told(self) -> list[dict[str, Any]]:
        """Return every case with what was asked for when it was opened."""
        return [
            {
                **case.model_dump(mode="json"),
                "request": self._requests[case.reference].model_dump(mode="json"),
            }
            for case in self._cases.values()
        ]

    def _add(self, request: CaseRequest, now: datetime) -> CaseReference:
        reference = CaseReference(f"C{next(self._numbers)}")
        self._requests[reference] = request
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
        return reference
