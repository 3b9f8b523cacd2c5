"""One conversation at the desk: the transcript with its reasons, the bundle, notes, who looks."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gateway import texts
from gateway.conversation_log import PAGE, Entry
from gateway.desk.access import Visible
from gateway.desk.audit import Doing
from gateway.desk.casework import Ticks, procedure_json
from gateway.desk.clocks import clocks
from gateway.desk.notes import Note
from gateway.desk.services import Desk, DeskServices, SignedIn
from gateway.desk.views import entry_json, row
from gateway.handover import Held
from gateway.problems import Problem
from gateway.ratings import Ratings
from gateway.services import Provided, Services
from support.handover import PersonRequest
from support.ids import ConversationId
from support.masking import mask_email, mask_number
from support.times import utc_now

router = APIRouter(prefix="/v1/desk/conversations/{conversation_id}", tags=["desk"])

Json = dict[str, Any]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class NewNote(BaseModel):
    """A private note."""

    model_config = ConfigDict(extra="forbid")

    text: Text


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
    ticked = await Ticks(services.redis).of(conversation_id, procedure_topic(topic))
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


@router.post("/notes", status_code=HTTPStatus.NO_CONTENT)
async def add_note(new: NewNote, held: Visible, session: SignedIn, desk: Desk) -> None:
    """Add a private note."""
    note = Note(at=utc_now(), by=session.person.first_name, text=new.text)
    await desk.notes.add(held.conversation_id, note)
    await desk.audit.note(session.person.agent_id, Doing.NOTED, held.conversation_id)


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
    return entry_json(await entry_at(services, held.conversation_id, position))


async def entry_at(services: Services, conversation_id: ConversationId, position: int) -> Entry:
    """Return the message at a position, else 404."""
    for entry in await services.log.read(conversation_id, after=position - 1):
        return entry
    raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)


def _request_json(request: PersonRequest | None) -> Json | None:
    if request is None:
        return None
    shown: Json = request.model_dump(mode="json")
    contact = request.contact
    if contact:
        shown["contact"] = mask_email(contact) if "@" in contact else mask_number(contact)
    return shown


def procedure_topic(topic: str | None) -> str:
    """Return the topic whose procedure is shown where nothing is known."""
    return topic or "order_status"
