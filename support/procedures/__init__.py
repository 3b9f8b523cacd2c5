"""The agents' procedures, as data: what to do for each problem, in which order.

Source: Kmart's agent procedure, "How can customers track their Kmart order?".
"""

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict

GENERAL: Final = "order_status"
"""The procedure for whatever has none of its own."""


class Signal(StrEnum):
    """By what is seen that a step was done."""

    IDENTIFIED = "identified"
    CODE_SHOWN = "code_shown"
    ORDER_READ = "order_read"
    CARRIER_READ = "carrier_read"
    STATUS_TOLD = "status_told"
    LINK_TOLD = "link_told"
    LOOKED_AROUND = "looked_around"
    ASKED_PEOPLE = "asked_people"
    CARD_LEFT = "card_left"
    ASKED_STORE = "asked_store"
    INVESTIGATION_OPEN = "investigation_open"
    STORE_CHECK_OPEN = "store_check_open"
    ADDRESS_ASKED = "address_asked"
    REMEDY_ASKED = "remedy_asked"
    TICKET_OPEN = "ticket_open"
    BY_HAND = "by_hand"


class Step(BaseModel):
    """One step. `reply` is what to say for it, with `{names}` of facts to fill in.

    `only` names the one delivery method for which it is a step.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    signal: Signal
    detail: str = ""
    reply: str = ""
    only: str | None = None


class Procedure(BaseModel):
    """What to do about one problem."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str
    title: str
    steps: tuple[Step, ...]


@cache
def procedures() -> dict[str, Procedure]:
    """Return every procedure by its topic."""
    read: dict[str, Procedure] = {}
    for file in files(__package__).iterdir():
        if file.name.endswith(".yml"):
            data: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
            procedure = Procedure.model_validate(data)
            read[procedure.topic] = procedure
    return read


def procedure_for(topic: str | None) -> Procedure:
    """Return the procedure for a topic; the general one where it has none of its own."""
    known = procedures()
    return known.get(topic or GENERAL, known[GENERAL])
