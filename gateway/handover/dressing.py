"""What goes with each change of owner: how the conversation stands then, and what is told. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pydantic import JsonValue

from gateway.conversation_log.dress import Dressed
from gateway.handover.models import (
    Agent,
    AgentId,
    GivenBack,
    Handling,
    HandoverEvent,
    Held,
    NotYours,
    Queued,
    Ticket,
)
from gateway.handover.wording import tells
from gateway.ownership import Change, Effect, Guard, Owner, OwnershipEvent
from support.handover import PersonRequest, Skill


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens to a conversation, with all that is known about it.

    `agent` is who has the conversation then, `by` who made it happen. `only_from` refuses, with
    NotYours, where another agent has it; `epoch`, likewise, where anything changed since it was
    read. `outlook` is what a customer who waits is told.
    """

    event: OwnershipEvent
    at: datetime
    guard: Guard = Guard.ALWAYS
    agent: Agent | None = None
    by: AgentId | None = None
    only_from: AgentId | None = None
    epoch: int | None = None
    request: PersonRequest | None = None
    outlook: Queued | Ticket | None = None
    wanted: AgentId | None = None
    skill: Skill | None = None
    note: str = ""
    close_reason: str | None = None
    given_back: GivenBack | None = None
    details: Mapping[str, JsonValue] = field(default_factory=dict)


def dress(held: Held, change: Change, happening: Happening) -> Dressed:
    """Return what is written when `happening` makes this change; raises NotYours."""
    if happening.only_from is not None and held.handling.agent != happening.only_from:
        raise NotYours
    if happening.epoch is not None and held.epoch != happening.epoch:
        raise NotYours
    if _has_it_already(held, happening):
        raise NotYours
    handling = _handling(held, change, happening)
    return Dressed(
        fields=_fields(handling, change, happening),
        without=_without(change),
        tells=tells(held, handling, change, outlook=happening.outlook),
        event=_event(held, handling, change, happening).model_dump_json(),
        request=happening.request.model_dump_json() if happening.request else None,
    )


def _has_it_already(held: Held, happening: Happening) -> bool:
    taken = happening.event is OwnershipEvent.AGENT_TOOK_OVER and held.owner is Owner.AGENT
    agent = happening.agent
    return taken and agent is not None and held.handling.agent == agent.agent_id


def _handling(held: Held, change: Change, happening: Happening) -> Handling:
    """Return how the conversation stands after the change."""
    update: dict[str, Any] = {"since": happening.at}
    if happening.request is not None:
        update |= _asked_for(happening.request)
    if happening.agent is not None:
        agent = happening.agent
        update |= {"agent": agent.agent_id, "agent_name": agent.first_name}
    for effect in change.effects:
        update |= _after(effect, held, happening)
    update |= _after_event(held, change, happening)
    return held.handling.model_copy(update=update)


def _asked_for(request: PersonRequest) -> dict[str, Any]:
    return {
        "reason": request.reason,
        "summary": request.summary,
        "skill": request.skill,
        "priority": request.priority,
        "contact": request.contact,
    }


_NOBODY: Final[Mapping[str, Any]] = {"agent": None, "agent_name": None, "joined_at": None}
_NO_PLACE: Final[Mapping[str, Any]] = {
    "queued_at": None,
    "front": False,
    "wanted": None,
    "passed_by": None,
}


def _after(effect: Effect, held: Held, happening: Happening) -> Mapping[str, Any]:
    place = {**_NOBODY, "queued_at": happening.at, "ticket_offered": False}
    ticket = happening.outlook.reference if isinstance(happening.outlook, Ticket) else None
    leads_to: Mapping[Effect, Mapping[str, Any]] = {
        Effect.JOIN_QUEUE: {**place, "front": False},
        Effect.JOIN_FRONT: {**place, "front": True},
        Effect.LEAVE_QUEUE: _NO_PLACE,
        Effect.OPEN_TICKET: {**_NOBODY, "ticket": ticket},
        Effect.TELL_JOINED: {"joined_at": happening.at},
        Effect.OFFER_TICKET: {"ticket_offered": True, "since": held.handling.since},
        Effect.HAND_BACK: _NOBODY,
        Effect.ASK_RATING: {"rating_asked": True, "close_reason": happening.close_reason},
    }
    return leads_to.get(effect, {})


def _after_event(held: Held, change: Change, happening: Happening) -> dict[str, Any]:
    match happening.event:
        case OwnershipEvent.AGENT_TRANSFERRED:
            skill = happening.skill or held.handling.skill
            return {"note": happening.note, "wanted": happening.wanted, "skill": skill}
        case OwnershipEvent.ASSIGNED:
            wanted = {"note": happening.note, "wanted": happening.wanted, "passed_by": None}
            return {**wanted, "front": True, "agent": None, "agent_name": None}
        case OwnershipEvent.RESERVATION_EXPIRED:
            return {"passed_by": held.handling.agent, "agent": None, "agent_name": None}
        case OwnershipEvent.BOT_SOLVED_IT | OwnershipEvent.CUSTOMER_STOPPED:
            return {"agent": None, "agent_name": None}
        case OwnershipEvent.CUSTOMER_LEFT | OwnershipEvent.AGENT_RESOLVED:
            return {"close_reason": happening.close_reason or happening.event.value}
        case _:
            del change
            return {}


def _fields(handling: Handling, change: Change, happening: Happening) -> dict[str, str]:
    fields = {"handling": handling.model_dump_json(), "agent": handling.agent or ""}
    if change.after is Owner.AGENT:
        # Whoever joins or comes back is waited for.
        fields["waiting_since"] = happening.at.isoformat()
    if Effect.HAND_BACK in change.effects:
        fields["hand_back"] = (happening.given_back or GivenBack()).model_dump_json()
    return fields


def _without(change: Change) -> tuple[str, ...]:
    if change.after is Owner.AGENT:
        return ("spoke_at", "hand_back")
    return ("spoke_at", "waiting_since")


def _event(held: Held, handling: Handling, change: Change, happening: Happening) -> HandoverEvent:
    details = dict(happening.details)
    joined = held.handling.joined_at
    if joined is not None and change.after in {Owner.BOT, Owner.CLOSED}:
        details["handled_seconds"] = (happening.at - joined).total_seconds()
    if Effect.ALERT in change.effects:
        details["alert"] = True
    return HandoverEvent(
        conversation_id=held.conversation_id,
        epoch=held.epoch + 1,
        at=happening.at,
        event=happening.event,
        before=held.owner,
        after=change.after,
        channel=held.channel,
        agent=handling.agent or held.handling.agent,
        by=happening.by,
        reason=happening.close_reason or handling.reason,
        skill=handling.skill,
        details=details,
    )
