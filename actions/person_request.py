"""Puts together what a person who takes over has to know.

What cannot be read is left out, and named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from actions.cases import KIND_NAMES
from actions.filed import filed_on
from actions.questions import Matter
from actions.services import Services
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.case_status import Filed
from support.decisions.identity import Level
from support.decisions.order_status import ParcelStanding
from support.decisions.vulnerability import is_vulnerable
from support.handover import (
    CaseNote,
    ParcelNote,
    PersonRequest,
    Priority,
    Reason,
    Skill,
    StepNote,
)
from support.identification import LookedUpOrder
from support.ids import OrderNumber
from support.parcel_standings import standings_of
from support.state.errors import StateUnavailable
from support.systems.cases.models import Case
from support.systems.errors import SystemFailure
from support.systems.orders.errors import OrderNotFound
from support.systems.orders.models import DeliveryMethod

_REASONS: Final[Mapping[Reason, str]] = {
    Reason.ASKED: "Asked for a person",
    Reason.COMPLAINT: "Complains",
    Reason.DISTRESS: "Somebody may be in danger",
    Reason.NOT_UNDERSTOOD: "Was not understood three times",
    Reason.ASSISTANT_FAILED: "Could not be answered because of a problem on our side",
    Reason.ESCALATED: "Needs a decision that the assistant may not make",
}
_SKILLS: Final[Mapping[str, Skill]] = {
    Topic.MARKETPLACE: Skill.MARKETPLACE,
    Topic.CLICK_AND_COLLECT: Skill.CLICK_AND_COLLECT,
}


@dataclass(frozen=True, slots=True)
class _Known:
    """What could be read about the order."""

    found: LookedUpOrder | None = None
    standings: tuple[ParcelStanding, ...] = ()
    filed: tuple[Filed, ...] = ()
    missing: tuple[str, ...] = ()
    level: Level = field(default=Level.NONE)


async def person_request(
    turn: Turn, slots: Mapping[str, Any], services: Services, reason: Reason
) -> PersonRequest:
    """Return the request; never fails. `slots` are those that this turn sets."""
    now = {**turn.slots, **slots}
    number = now.get("order_number")
    topic = now.get("topic")
    known = await _known(turn, OrderNumber(str(number)), services) if number else _Known()
    return PersonRequest(
        reason=reason,
        summary=_summary(reason, number, topic, known),
        skill=_skill(topic, known),
        priority=_priority(reason, turn, known),
        topic=topic,
        verified=known.level.name.lower(),
        order_number=number,
        contact=now.get("contact") or turn.sender_phone,
        parcels=tuple(_parcel(one) for one in known.standings),
        promised=tuple(_promises(known)),
        steps=_steps(Matter.read(turn.slots.get("matter"))),
        cases=tuple(_case(one) for one in known.filed),
        could_not_read=known.missing,
    )


async def _known(turn: Turn, number: OrderNumber, services: Services) -> _Known:
    """Read what this customer may hear about; somebody else's order is nobody's business."""
    level = Level.NONE
    try:
        levels = await services.verified.levels_of(turn.conversation_id)
        level = levels.get(number, Level.NONE)
        if level is Level.NONE:
            return _Known()
        found = await services.identification.look_up(number, level)
    except OrderNotFound:
        return _Known(level=level)
    except (SystemFailure, StateUnavailable):
        return _Known(level=level, missing=("order system",))
    standings = await standings_of(
        found.order, told=found.told, carriers=services.carriers, now=services.now()
    )
    filed = await filed_on(services, found.order)
    missing = ("case system",) if filed.problems else ()
    return _Known(found, standings, tuple(filed.filed), missing, level)


def _summary(reason: Reason, number: object, topic: object, known: _Known) -> str:
    about = f", about order {number}" if number else ""
    what = f" ({str(topic).replace('_', ' ')})" if topic else ""
    states = [one.state.value.value.replace("_", " ") for one in known.standings]
    how = f": {', '.join(states)}" if states else ""
    return f"{_REASONS[reason]}{about}{what}{how}."


def _skill(topic: object, known: _Known) -> Skill:
    if (skill := _SKILLS.get(str(topic))) is not None:
        return skill
    if known.found is None:
        return Skill.GENERAL
    order = known.found.order
    if order.lines and all(line.seller.marketplace for line in order.lines):
        return Skill.MARKETPLACE
    if order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT:
        return Skill.CLICK_AND_COLLECT
    return Skill.GENERAL


def _priority(reason: Reason, turn: Turn, known: _Known) -> Priority:
    if reason is Reason.DISTRESS or is_vulnerable(turn.text):
        return Priority.VULNERABLE
    if any(one.is_open for one in known.filed):
        return Priority.REPEATED_CONTACT
    return Priority.NORMAL


def _parcel(standing: ParcelStanding) -> ParcelNote:
    parcel, told = standing.parcel, standing.state.evidence
    return ParcelNote(
        parcel_id=parcel.id,
        status=standing.state.value.value,
        carrier=parcel.carrier,
        tracking_number=parcel.tracking_number,
        promised_by=parcel.promised_by.isoformat() if parcel.promised_by else None,
        source=told.source,
        read_at=told.at,
    )


def _promises(known: _Known) -> list[str]:
    parcels = [
        f"{one.parcel.id}: {one.eta.value.day.isoformat()} ({one.eta.value.basis.value}, "
        f"{one.eta.evidence.source})"
        for one in known.standings
        if one.eta is not None
    ]
    cases = [
        f"{one.reference}: next step by {one.next_by.isoformat()}"
        for one in known.filed
        if isinstance(one, Case) and one.is_open and one.next_by is not None
    ]
    return [*parcels, *cases]


def _steps(matter: Matter | None) -> tuple[StepNote, ...]:
    """Return what the open procedure has asked and been told."""
    if matter is None:
        return ()
    noted = [
        StepNote(step=name, outcome=said, source="customer") for name, said in matter.noted.items()
    ]
    done = [StepNote(step=name, outcome="done") for name in sorted(matter.done)]
    return (*noted, *done, StepNote(step=matter.question.value, outcome="asked, not answered yet"))


def _case(filed: Filed) -> CaseNote:
    kind = KIND_NAMES[filed.kind] if isinstance(filed, Case) else f"ticket to {filed.seller_name}"
    return CaseNote(
        reference=str(filed.reference),
        kind=kind,
        state=filed.state.value,
        opened_at=filed.opened_at,
    )
