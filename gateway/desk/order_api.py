"""An order at the desk: how it stands now, what of it is shown whole, and what is done about it."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gateway import texts
from gateway.conversation_log import Sender
from gateway.desk.access import Visible
from gateway.desk.action_server import ActionsUnavailable, NoSuchOrder
from gateway.desk.audit import Doing
from gateway.desk.casework import Ticks, procedure_json
from gateway.desk.conversation_api import entry_at, procedure_topic
from gateway.desk.order_numbers import LONGEST, OrderNumberAsked, order_number_of
from gateway.desk.services import Desk, DeskServices, SignedIn
from gateway.desk.views import entry_json, picture_json
from gateway.handover import Held
from gateway.problems import Problem
from gateway.services import Provided, Services
from support.desk import DeedKind, DeedRequest, DeedResult, OrderPicture, PictureRequest
from support.identifiers.one_time_codes import code_in, codes_to_hide
from support.ids import ConversationId, OrderNumber

router = APIRouter(prefix="/v1/desk/conversations/{conversation_id}", tags=["desk"])

Json = dict[str, Any]


class Reveal(BaseModel):
    """What to show whole: a customer's message by its position, or a detail of the order."""

    model_config = ConfigDict(extra="forbid")

    position: int | None = Field(default=None, ge=1)
    detail: Annotated[str, StringConstraints(pattern="^(email|phone|address)$")] | None = None
    order_number: str | None = Field(default=None, max_length=LONGEST)


class NewDeed(BaseModel):
    """A deed. To check a code, `position` names the customer's message that holds it."""

    model_config = ConfigDict(extra="forbid")

    request_id: Annotated[str, StringConstraints(pattern=r"^[\w-]{8,64}$")]
    kind: DeedKind
    order_number: str = Field(max_length=LONGEST)
    parcel_id: str | None = Field(default=None, max_length=64)
    text: str = Field(default="", max_length=500)
    position: int | None = Field(default=None, ge=1)


@router.get("/order")
async def order(
    held: Visible,
    session: SignedIn,
    services: Provided,
    desk: Desk,
    number: OrderNumberAsked,
    topic: Annotated[str | None, Query(max_length=40)] = None,
) -> Json:
    """Return an order as it stands now, read anew, with the procedure for the problem."""
    conversation_id = held.conversation_id
    await desk.audit.note(session.person.agent_id, Doing.LOOKED, conversation_id, what="order")
    picture = await _picture(held, number, desk)
    request = await services.handover.store.request_of(conversation_id)
    topic = topic or (request.topic if request else None)
    ticked = await Ticks(services.redis).of(conversation_id, procedure_topic(topic))
    return {
        "order": picture_json(picture),
        "procedure": procedure_json(request, picture, ticked, topic=topic),
    }


@router.post("/reveal")
async def reveal(
    what: Reveal, held: Visible, session: SignedIn, services: Provided, desk: Desk
) -> Json:
    """Show something whole, and note who asked for it. Codes stay hidden."""
    agent_id, conversation_id = session.person.agent_id, held.conversation_id
    if what.position is not None:
        entry = await entry_at(services, conversation_id, what.position)
        await desk.audit.note(
            agent_id, Doing.REVEALED, conversation_id, what=f"message {what.position}"
        )
        return {"text": entry_json(entry, reveal=True)["text"]}
    if what.detail is None or what.order_number is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    picture = await _picture(held, order_number_of(what.order_number), desk)
    await desk.audit.note(agent_id, Doing.REVEALED, conversation_id, what=what.detail)
    return {"text": getattr(picture, what.detail)}


@router.post("/deeds")
async def deed(
    new: NewDeed, held: Visible, session: SignedIn, services: Provided, desk: Desk
) -> DeedResult:
    """Have something done in the customer's name; only by whoever has the conversation."""
    agent_id, conversation_id = session.person.agent_id, held.conversation_id
    if held.handling.agent != agent_id:
        raise Problem(HTTPStatus.CONFLICT, "not_yours", texts.DESK_NOT_YOURS)
    await services.handover.agents.at_work(conversation_id, agent_id)
    text = new.text
    if new.kind is DeedKind.CHECK_CODE:
        text = await _code(services, conversation_id, new.position)
    if desk.actions is None:
        raise ActionsUnavailable
    result = await desk.actions.do(
        DeedRequest(
            conversation_id=conversation_id,
            channel=held.channel,
            order_number=order_number_of(new.order_number),
            request_id=new.request_id,
            agent=agent_id,
            kind=new.kind,
            parcel_id=new.parcel_id,
            text=text,
        )
    )
    outcome = result.reference or ("done" if result.done else "refused")
    await desk.audit.note(agent_id, Doing.ACTED, conversation_id, what=f"{new.kind}: {outcome}")
    return result


async def _code(services: Services, conversation_id: ConversationId, position: int | None) -> str:
    """Take the code out of a customer's message, past the agent's eyes."""
    entry = await entry_at(services, conversation_id, position or 1)
    found = codes_to_hide(entry.text) if entry.sender is Sender.CUSTOMER else []
    return code_in(entry.text[slice(*found[-1])]) or "" if found else ""


async def _picture(held: Held, number: OrderNumber, desk: DeskServices) -> OrderPicture:
    if desk.actions is None:
        raise ActionsUnavailable
    asked = PictureRequest(
        conversation_id=held.conversation_id,
        channel=held.channel,
        order_number=number,
    )
    try:
        return await desk.actions.picture(asked)
    except NoSuchOrder:
        raise Problem(HTTPStatus.NOT_FOUND, "no_such_order", texts.DESK_NO_SUCH_ORDER) from None
