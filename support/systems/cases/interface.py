"""What the assistant asks of a case system."""

from typing import Protocol, runtime_checkable

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


@runtime_checkable
class Withdrawing(Protocol):
    """What a case system can do besides, where it lets customers take a request back."""

    async def withdraw(self, reference: CaseReference, *, idempotency_key: str) -> Case:
        """Close a case because whoever asked for it has taken it back; return it as it is then.

        One that was closed before stays as it was. Raises `CaseNotFound` where there is none, and a
        `SystemFailure`: it is not known then whether it was taken back.
        """
        ...
