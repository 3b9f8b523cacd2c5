"""One conversation at the desk: the transcript with its reasons, the bundle, notes, who looks."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gateway import texts
from gateway.conversation_log import PAGE, Entry, Sender
from gateway.desk.access import Visible
from gateway.desk.action_server import ActionsUnavailable, NoSuchOrder
from gateway.desk.audit import Doing
from gateway.desk.casework import Ticks, procedure_json
from gateway.desk.clocks import clocks
from gateway.desk.notes import Note
from gateway.desk.services import Desk, DeskServices, SignedIn
from gateway.desk.views import ONE_TIME_CODE, entry_json, picture_json, row
from gateway.handover import Held
from gateway.problems import Problem
from gateway.ratings import Ratings
from gateway.services import Provided, Services
from support.desk import DeedKind, DeedRequest, DeedResult, OrderPicture, PictureRequest
from support.handover import PersonRequest
from support.ids import ConversationId, OrderNumber
from support.masking import mask_email, mask_number
from support.times import utc_now

router = APIRouter(prefix="/v1/desk/conversations/{conversation_id}", tags=["desk"])

Json = dict[str, Any]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9-]{4,24}$")]


class NewNote(BaseModel):
    """A private note."""

    model_config = ConfigDict(extra="forbid")

    text: Text


class Reveal(BaseModel):
    """What to show whole: a customer's message by its position, or a detail of the order."""

    model_config = ConfigDict(extra="forbid")

    position: int | None = Field(default=None, ge=1)
    detail: Annotated[str, StringConstraints(pattern="^(email|phone|address)$")] | None = None
    order_number: Number | None = None


class NewDeed(BaseModel):
    """A deed. To check a code, `position` names the customer's message that holds it."""

    model_config = ConfigDict(extra="forbid")

    request_id: Annotated[str, StringConstraints(pattern=r"^[\w-]{8,64}$")]
    kind: DeedKind
    order_number: Number
    parcel_id: str | None = Field(default=None, max_length=64)
    text: str = Field(default="", max_length=500)
    position: int | None = Field(default=None, ge=1)


class Tick(BaseModel):
    """A step of a procedure, done or not."""

    model_config = ConfigDict(extra="forbid")

    topic: str = Field(max_length=40)
    number: int = Field(ge=1, le=50)
    done: bool


@router.get("")
async def open_conversation(
    held: Visible, session: SignedIn, services: Provided, desk: Desk
) -> Json:
    """Return everything about a conversation but its order, and note who looked."""
    conversation_id = held.conversation_id
    await desk.audit.note(session.person.agent_id, Doing.LOOKED, conversation_id)
    entries = await all_entries(services, conversation_id)
    request = await services.handover.store.request_of(conversation_id)
    events = await services.handover.store.history(conversation_id)
    rating = await Ratings(services.redis).of(conversation_id)
    topic = request.topic if request else None
    ticked = await Ticks(services.redis).of(conversation_id, _topic(topic))
    return {
        **await standing_json(held, desk),
        "entries": [entry_json(one) for one in entries],
        "request": _request_json(request),
        "events": [one.model_dump(mode="json") for one in events],
        "clocks": clocks(entries, events, until=utc_now()),
        "rating": rating.score if rating else None,
        "procedure": procedure_json(request, None, ticked, topic=topic),
    }


async def standing_json(held: Held, desk: DeskServices) -> Json:
    """Return what changes while a conversation is open: owner, notes, who looks."""
    conversation_id = held.conversation_id
    notes = await desk.notes.of(conversation_id)
    return {
        "conversation": row(held).model_dump(mode="json"),
        "notes": [note.model_dump(mode="json") for note in notes],
        "looking": await desk.notes.looking(conversation_id, now=utc_now()),
    }


async def all_entries(services: Services, conversation_id: ConversationId) -> list[Entry]:
    """Return the whole conversation."""
    entries: list[Entry] = []
    while page := await services.log.read(
        conversation_id, after=entries[-1].position if entries else 0
    ):
        entries += page
        if len(page) < PAGE:
            break
    return entries


@router.get("/order")
async def order(
    held: Visible,
    session: SignedIn,
    services: Provided,
    desk: Desk,
    number: Annotated[Number, Query()],
    topic: Annotated[str | None, Query(max_length=40)] = None,
) -> Json:
    """Return an order as it stands now, read anew, with the procedure for the problem."""
    conversation_id = held.conversation_id
    await desk.audit.note(session.person.agent_id, Doing.LOOKED, conversation_id, what="order")
    picture = await _picture(held, number, desk)
    request = await services.handover.store.request_of(conversation_id)
    topic = topic or (request.topic if request else None)
    ticked = await Ticks(services.redis).of(conversation_id, _topic(topic))
    return {
        "order": picture_json(picture),
        "procedure": procedure_json(request, picture, ticked, topic=topic),
    }


@router.post("/notes", status_code=HTTPStatus.NO_CONTENT)
async def add_note(new: NewNote, held: Visible, session: SignedIn, desk: Desk) -> None:
    """Add a private note."""
    note = Note(at=utc_now(), by=session.person.first_name, text=new.text)
    await desk.notes.add(held.conversation_id, note)
    await desk.audit.note(session.person.agent_id, Doing.NOTED, held.conversation_id)


@router.post("/reveal")
async def reveal(
    what: Reveal, held: Visible, session: SignedIn, services: Provided, desk: Desk
) -> Json:
    """Show something whole, and note who asked for it. Codes stay hidden."""
    agent_id, conversation_id = session.person.agent_id, held.conversation_id
    if what.position is not None:
        entry = await _entry(services, conversation_id, what.position)
        await desk.audit.note(
            agent_id, Doing.REVEALED, conversation_id, what=f"message {what.position}"
        )
        return {"text": entry_json(entry, reveal=True)["text"]}
    if what.detail is None or what.order_number is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    picture = await _picture(held, what.order_number, desk)
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
    text = new.text
    if new.kind is DeedKind.CHECK_CODE:
        text = await _code(services, conversation_id, new.position)
    if desk.actions is None:
        raise ActionsUnavailable
    result = await desk.actions.do(
        DeedRequest(
            conversation_id=conversation_id,
            channel=held.channel,
            order_number=OrderNumber(new.order_number),
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


@router.post("/ticks", status_code=HTTPStatus.NO_CONTENT)
async def tick(new: Tick, held: Visible, session: SignedIn, services: Provided) -> None:
    """Tick a step of the procedure by hand, or take the tick away."""
    by = session.person.first_name if new.done else None
    await Ticks(services.redis).tick(held.conversation_id, new.topic, new.number, by=by)


@router.get("/messages/{position}")
async def one_message(
    held: Visible, services: Provided, position: Annotated[int, Path(ge=1)]
) -> Json:
    """Return one message of the transcript."""
    return entry_json(await _entry(services, held.conversation_id, position))


async def _entry(services: Services, conversation_id: ConversationId, position: int) -> Entry:
    for entry in await services.log.read(conversation_id, after=position - 1):
        return entry
    raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)


async def _code(services: Services, conversation_id: ConversationId, position: int | None) -> str:
    """Take the code out of a customer's message, past the agent's eyes."""
    entry = await _entry(services, conversation_id, position or 1)
    found = ONE_TIME_CODE.search(entry.text) if entry.sender is Sender.CUSTOMER else None
    return "".join(found.group().replace("-", "").split()) if found else ""


async def _picture(held: Held, number: str, desk: DeskServices) -> OrderPicture:
    if desk.actions is None:
        raise ActionsUnavailable
    asked = PictureRequest(
        conversation_id=held.conversation_id,
        channel=held.channel,
        order_number=OrderNumber(number),
    )
    try:
        return await desk.actions.picture(asked)
    except NoSuchOrder:
        raise Problem(HTTPStatus.NOT_FOUND, "no_such_order", texts.DESK_NO_SUCH_ORDER) from None


def _request_json(request: PersonRequest | None) -> Json | None:
    if request is None:
        return None
    shown: Json = request.model_dump(mode="json")
    contact = request.contact
    if contact:
        shown["contact"] = mask_email(contact) if "@" in contact else mask_number(contact)
    return shown


def _topic(topic: str | None) -> str:
    return topic or "order_status"
