"""Requests that were filed and are taken back: closed in the case system where it allows that."""

from typing import Final

import structlog

from actions.allowed import check_allowed
from actions.cases import DEEDS, KIND_NAMES, open_ones, told_by
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.called_off import Kinds
from support.facts import Fact
from support.systems.cases.errors import CaseNotFound
from support.systems.cases.interface import Withdrawing
from support.systems.cases.models import Case
from support.systems.errors import SystemRefused

log = structlog.get_logger(__name__)

REFERENCE: Final = "reference"


async def open_one(services: Services, view: OrderView, kinds: Kinds) -> Case | None:
    """Return the newest open case of these kinds; None where there is none to take back."""
    found = await open_ones(services, view.order.number, tuple(kinds), None)
    return max(found, key=lambda case: case.opened_at, default=None)


async def take_back(turn: Turn, services: Services, case: Case) -> tuple[Say, ...]:
    """Take a case back and say so; say who can, where the case system does not allow it.

    Raises `NotAllowed` where the customer has not shown enough to have opened it, and a
    `SystemFailure`: nothing may be said to have been taken back then.
    """
    await check_allowed(turn, services, case.order_number, DEEDS[case.kind])
    facts = {
        "kind": Fact(KIND_NAMES[case.kind], told_by(services)),
        "reference": Fact(str(case.reference), told_by(services)),
    }
    done = await _withdrawn(turn, services, case)
    key = ResponseKey.CASE_TAKEN_BACK if done else ResponseKey.CASE_CANNOT_BE_TAKEN_BACK
    return (Say(key, facts=facts),)


async def _withdrawn(turn: Turn, services: Services, case: Case) -> bool:
    cases = services.cases
    if not isinstance(cases, Withdrawing):
        return False
    key = f"{turn.conversation_id}:{turn.message_id}:{case.reference}:withdrawal"
    try:
        closed = await cases.withdraw(case.reference, idempotency_key=key)
    except (SystemRefused, CaseNotFound):
        log.warning("case.not_withdrawn", reference=case.reference)
        return False
    return not closed.is_open
