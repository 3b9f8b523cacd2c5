"""What the desk's page is shown of conversations: personal data hidden unless it is asked for."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel

from gateway.conversation_log import Entry, Sender
from gateway.handover import Board, Held
from support.desk import OrderPicture
from support.identifiers.one_time_codes import without_codes
from support.masking import mask_email, mask_number, masked, without_cards

HIDDEN: Final = "••••••"
"""Stands for a code, which is between the customer and the order system: nobody here sees one."""

_OF_THE_ORDER: Final = frozenset({"order_number", "tracking_number", "postcode", "number", "name"})
"""What stays readable in what customers were told: it is what agents work with."""


class Row(BaseModel):
    """A conversation in a list. `first_name` is the customer's, where they signed in with it."""

    conversation_id: str
    owner: str
    channel: str
    first_name: str | None
    agent: str | None
    agent_name: str | None
    summary: str
    reason: str | None
    skill: str
    priority: int
    since: AwareDatetime
    queued_at: AwareDatetime | None
    waiting_since: AwareDatetime | None
    stopped: bool
    note: str
    ticket: str | None
    position: int | None = None


def row(held: Held, position: int | None = None) -> Row:
    """Return a conversation as lists show it."""
    handling = held.handling
    return Row(
        conversation_id=held.conversation_id,
        owner=held.owner.value,
        channel=held.channel,
        first_name=held.first_name,
        agent=handling.agent,
        agent_name=handling.agent_name,
        summary=handling.summary,
        reason=handling.reason.value if handling.reason else None,
        skill=handling.skill.value,
        priority=int(handling.priority),
        since=handling.since,
        queued_at=handling.queued_at,
        waiting_since=held.waiting_since,
        stopped=held.stopped,
        note=handling.note,
        ticket=handling.ticket,
        position=position,
    )


def board_json(board: Board) -> dict[str, Any]:
    """Return the whole desk as the page shows it."""
    places = {one.held.conversation_id: one.position for one in board.waiting}
    reserved = {one.conversation_id for one in board.reserved}
    waiting = [one.held for one in board.waiting if one.held.conversation_id not in reserved]
    return {
        "waiting": [_row(held, places.get(held.conversation_id)) for held in waiting],
        "reserved": [_row(held, places.get(held.conversation_id)) for held in board.reserved],
        "with_agents": [_row(held) for some in board.with_agents.values() for held in some],
        "snoozed": [_row(held) for held in board.snoozed],
        "tickets": [_row(held) for held in board.tickets],
        "agents": [
            {
                "agent_id": one.agent.agent_id,
                "first_name": one.agent.first_name,
                "skills": sorted(one.agent.skills),
                "capacity": one.agent.capacity,
                "online": one.online,
                "away": one.away,
                "seats_taken": one.seats_taken,
            }
            for one in board.agents
        ],
        "is_open": board.is_open,
    }


def _row(held: Held, position: int | None = None) -> dict[str, Any]:
    return row(held, position).model_dump(mode="json")


def entry_json(entry: Entry, *, reveal: bool = False) -> dict[str, Any]:
    """Return a message with why it was said, masked unless `reveal`."""
    revealed = entry.text
    if entry.sender is Sender.CUSTOMER:
        revealed = without_codes(revealed, HIDDEN)
    text = revealed if reveal else _masked(revealed, entry.sender)
    understood = entry.body.understood
    return {
        "position": entry.position,
        "sender": entry.sender.value,
        "author": entry.body.author,
        "text": text,
        "hides": text != revealed,
        "at": entry.at.isoformat(),
        "said": entry.body.said,
        "understood": understood.model_dump() if understood else None,
        "evidence": [one.model_dump() for one in entry.body.evidence],
        "quick_replies": [one.title for one in entry.body.quick_replies],
    }


def _masked(text: str, sender: Sender) -> str:
    if sender is Sender.CUSTOMER:
        return masked(text)
    return masked(without_cards(text), readable=_OF_THE_ORDER)


_MASKS: Final[Mapping[str, Any]] = {"email": mask_email, "phone": mask_number}


def picture_json(picture: OrderPicture) -> dict[str, Any]:
    """Return an order with its customer's contact and address hidden."""
    shown = picture.model_dump(mode="json")
    for name, mask in _MASKS.items():
        shown[name] = mask(shown[name]) if shown[name] else None
    shown["address"] = _hidden_street(picture.address)
    return shown


def _hidden_street(address: str | None) -> str | None:
    """Leave suburb, state and postcode, by which delivery times go."""
    if address is None:
        return None
    *_, place = address.rpartition(", ")
    return f"{HIDDEN}, {place}"
