"""Which steps of a procedure are done, by whose word, and which one is next. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from support.procedures import Procedure, Signal


@dataclass(frozen=True, slots=True)
class Done:
    """A step was done: who says so, and when, as far as that is known."""

    outcome: str
    source: str | None = None
    at: datetime | None = None


_SHOWN_BY_SYSTEMS: Final = frozenset(
    {
        Signal.IDENTIFIED,
        Signal.CODE_SHOWN,
        Signal.ORDER_READ,
        Signal.CARRIER_READ,
        Signal.INVESTIGATION_OPEN,
        Signal.STORE_CHECK_OPEN,
        Signal.ADDRESS_ASKED,
        Signal.REMEDY_ASKED,
        Signal.TICKET_OPEN,
    }
)
"""What is done when a system says so, whatever was said about it."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A step with what is known of it. `reply` is complete, or None.

    `said_is_done`: whoever gives the reply has done the step.
    """

    number: int
    title: str
    detail: str
    done: Done | None
    is_next: bool
    reply: str | None
    said_is_done: bool


def lay_out(
    procedure: Procedure,
    done: Mapping[Signal, Done],
    facts: Mapping[str, str],
    by_hand: Mapping[int, Done],
    *,
    method: str | None = None,
) -> Sequence[LaidOut]:
    """Return the steps in order; the first that is not done is the next one.

    `by_hand` are the steps, counted from 1, that an agent ticked. A reply whose facts are not all
    known is not suggested. A step for another delivery method than the order's is left out.
    """
    laid_out: list[LaidOut] = []
    found_next = False
    for number, step in enumerate(procedure.steps, start=1):
        if step.only is not None and method is not None and step.only != method:
            continue
        how = by_hand.get(number) or done.get(step.signal)
        is_next = how is None and not found_next
        found_next = found_next or is_next
        reply = _filled(step.reply, facts)
        said_is_done = step.signal not in _SHOWN_BY_SYSTEMS
        laid_out.append(LaidOut(number, step.title, step.detail, how, is_next, reply, said_is_done))
    return laid_out


def _filled(reply: str, facts: Mapping[str, str]) -> str | None:
    try:
        return reply.format_map(facts) or None
    except KeyError:
        return None
