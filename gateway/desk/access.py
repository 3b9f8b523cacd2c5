"""Which conversations somebody at the desk may open, and what is noted about it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends

from gateway import texts
from gateway.desk.accounts import Role
from gateway.desk.services import SignedIn
from gateway.desk.sessions import Session
from gateway.handover import Held
from gateway.ownership import Owner
from gateway.problems import Problem
from gateway.services import Provided
from support.ids import ConversationId


async def visible(conversation_id: str, session: SignedIn, services: Provided) -> Held:
    """Return how the conversation stands, if this person may open it; else 403.

    Agents see what somebody was asked to take over; supervisors see everything.
    """
    held = await services.handover.store.read(ConversationId(conversation_id))
    if not may_see(held, session):
        raise Problem(HTTPStatus.FORBIDDEN, "not_visible", texts.DESK_NOT_VISIBLE)
    return held


def may_see(held: Held, session: Session) -> bool:
    """Say whether somebody may open a conversation."""
    if session.person.role is Role.SUPERVISOR:
        return True
    # Once a person was asked for, `reason` says why; the assistant's own have none.
    return held.owner not in {Owner.BOT, Owner.CLOSED} or held.handling.reason is not None


Visible = Annotated[Held, Depends(visible)]
