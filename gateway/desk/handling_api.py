"""What agents do with a conversation: take it, speak in it, pass it on, give it back, close it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gateway import texts
from gateway.conversation_log import Sender
from gateway.desk.access import Visible
from gateway.desk.accounts import Role
from gateway.desk.audit import Doing
from gateway.desk.conversation_api import Text
from gateway.desk.order_numbers import LONGEST, order_number_of
from gateway.desk.services import Desk, DeskServices, SignedIn
from gateway.desk.sessions import Session
from gateway.desk.views import Row, row
from gateway.handover import AgentId, Held, NotYours
from gateway.ownership import Owner
from gateway.problems import Problem
from gateway.services import Provided, Services
from gateway.text_cleaning import clean_text
from gateway.typing import Typing, tell_typing
from support.handover import Skill

router = APIRouter(prefix="/v1/desk/conversations/{conversation_id}", tags=["desk"])

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Said(_Body):
    """What an agent says; the same `client_message_id` again says it once."""

    client_message_id: Annotated[str, StringConstraints(min_length=1, max_length=128)]
    text: Text


class PassOn(_Body):
    """To whom, and why. Without `to` and `skill` to whoever comes first."""

    note: Line
    skill: Skill | None = None
    to: str | None = Field(default=None, max_length=128)


class GiveBack(_Body):
    """What the assistant shall know: a line, and slots by their Rasa names."""

    summary: Line
    slots: dict[str, Annotated[str, StringConstraints(max_length=LONGEST)]] = Field(
        default_factory=dict, max_length=10
    )

    def known(self) -> dict[str, str]:
        """Return the slots; a Problem where the order number is none."""
        if (typed := self.slots.get("order_number")) is None:
            return self.slots
        return {**self.slots, "order_number": order_number_of(typed)}


class Close(_Body):
    """Why the conversation is over."""

    reason: Line


class TakeOver(_Body):
    """Why it is taken from whoever has it."""

    reason: str = Field(default="", max_length=500)


@router.post("/accept")
async def accept(held: Visible, session: SignedIn, services: Provided, desk: Desk) -> Row:
    """Take the conversation that is offered; who has it already keeps it."""
    agent = session.person.agent_id
    try:
        now = await services.handover.agents.accept(held.conversation_id, agent)
    except NotYours:
        return await _kept(held, session, services)
    return await _changed("accepted", now, session, desk)


@router.post("/take-over")
async def take_over(
    body: TakeOver, held: Visible, session: SignedIn, services: Provided, desk: Desk
) -> Row:
    """Take the conversation from the assistant, the queue or somebody else."""
    agent = session.person.agent_id
    try:
        now = await services.handover.agents.take_over(
            held.conversation_id, agent, reason=body.reason
        )
    except NotYours:
        return await _kept(held, session, services)
    return await _changed("took over", now, session, desk)


async def _kept(held: Held, session: Session, services: Services) -> Row:
    """Return the conversation of somebody who pressed twice; raises NotYours for others."""
    now = await services.handover.store.read(held.conversation_id)
    if now.owner is not Owner.AGENT or now.handling.agent != session.person.agent_id:
        raise NotYours
    return row(now)


@router.post("/messages", status_code=HTTPStatus.NO_CONTENT)
async def say(body: Said, held: Visible, session: SignedIn, services: Provided) -> None:
    """Say something to the customer."""
    text = clean_text(body.text)
    if not text:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "empty", texts.WRONG_SHAPE)
    await services.handover.agents.say(
        held.conversation_id,
        session.person.agent_id,
        text,
        client_message_id=body.client_message_id,
    )


@router.post("/typing", status_code=HTTPStatus.NO_CONTENT)
async def agent_is_typing(held: Visible, session: SignedIn, services: Provided) -> None:
    """Let the customer see that their agent is typing."""
    if held.handling.agent == session.person.agent_id and not held.stopped:
        typing = Typing(by=Sender.AGENT, name=session.person.first_name)
        await tell_typing(services.redis, held.conversation_id, typing)
        await services.handover.agents.at_work(held.conversation_id, session.person.agent_id)


@router.post("/transfer")
async def transfer(
    body: PassOn, held: Visible, session: SignedIn, services: Provided, desk: Desk
) -> Row:
    """Pass the conversation on; a supervisor may pass on anybody's."""
    agent = session.person.agent_id
    is_foreign = held.handling.agent not in {None, agent}
    if is_foreign and session.person.role is Role.SUPERVISOR:
        await services.handover.agents.take_over(held.conversation_id, agent, reason=body.note)
    now = await services.handover.agents.transfer(
        held.conversation_id,
        agent,
        note=body.note,
        skill=body.skill,
        to=AgentId(body.to) if body.to else None,
    )
    return await _changed("transferred", now, session, desk)


@router.post("/give-back")
async def give_back(
    body: GiveBack, held: Visible, session: SignedIn, services: Provided, desk: Desk
) -> Row:
    """Give the conversation back to the assistant."""
    now = await services.handover.agents.give_back(
        held.conversation_id, session.person.agent_id, summary=body.summary, slots=body.known()
    )
    return await _changed("gave back", now, session, desk)


@router.post("/snooze")
async def snooze(held: Visible, session: SignedIn, services: Provided, desk: Desk) -> Row:
    """Let it sleep until the customer writes."""
    agent = session.person.agent_id
    now = await services.handover.agents.snooze(held.conversation_id, agent)
    return await _changed("snoozed", now, session, desk)


@router.post("/resume")
async def resume(held: Visible, session: SignedIn, services: Provided, desk: Desk) -> Row:
    """Wake one's own sleeping conversation."""
    agent = session.person.agent_id
    now = await services.handover.agents.resume(held.conversation_id, agent)
    return await _changed("resumed", now, session, desk)


@router.post("/close")
async def close(
    body: Close, held: Visible, session: SignedIn, services: Provided, desk: Desk
) -> Row:
    """End the conversation, with a reason."""
    agent = session.person.agent_id
    now = await services.handover.agents.close(held.conversation_id, agent, body.reason)
    return await _changed("closed", now, session, desk)


async def _changed(what: str, now: Held, session: Session, desk: DeskServices) -> Row:
    await desk.audit.note(
        session.person.agent_id, Doing.CHANGED_OWNER, now.conversation_id, what=what
    )
    return row(now)
