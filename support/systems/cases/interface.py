"""What the assistant asks of a case system."""

from typing import Protocol

from support.ids import CaseReference, OrderNumber
from support.systems.cases.models import Case, CaseRequest


class CaseSystem(Protocol):
    """Opens and reads cases. Every method may raise a `support.systems.errors.SystemFailure`."""

    async def open(self, request: CaseRequest, *, idempotency_key: str) -> Case:
        """Open a case; while one of the same subject is open, return that one.

        The same key again returns the same case, also after it was resolved.
        """
        ...

    async def case(self, reference: CaseReference) -> Case:
        """Return one case; raise `CaseNotFound` where there is none."""
        ...

    async def cases_of(self, number: OrderNumber) -> tuple[Case, ...]:
        """Return an order's cases, newest first; empty where there are none."""
        ...
