"""How tests and the demo see what was filed and sent, and let it come further."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from fastapi import APIRouter, BackgroundTasks, HTTPException
from pydantic import AwareDatetime, BaseModel

from sandbox.events import Events
from sandbox.world import World
from support.systems.cases.models import Case, CaseState
from support.systems.marketplace.models import Ticket, TicketState

Channel = Literal["sms", "email", "whatsapp", "messenger"]


class CaseMove(BaseModel):
    """What becomes of a case."""

    state: CaseState
    outcome: str | None = None
    next_by: date | None = None


class TicketChange(BaseModel):
    """What a seller or the operator does about a ticket; what is left out stays."""

    state: TicketState = TicketState.SELLER_ANSWERED
    answer: str | None = None
    reply_due: AwareDatetime | None = None


def case_control_routes(world: World, now: Callable[[], datetime], events: Events) -> APIRouter:
    """Return the routes under /sandbox for what was filed and sent."""
    routes = APIRouter(prefix="/sandbox", tags=["control"])

    @routes.get("/cases")
    async def cases() -> dict[str, list[Any]]:
        return {"cases": world.cases.told()}

    @routes.put("/cases/{reference}")
    async def move_case(reference: str, move: CaseMove, after: BackgroundTasks) -> Case:
        case = world.cases.find(reference)
        if case is None:
            raise HTTPException(404, "No such case.")
        after.add_task(events.case_changed, case.reference)
        return world.cases.move(case, move.state, now(), outcome=move.outcome, next_by=move.next_by)

    @routes.get("/notes")
    async def notes() -> dict[str, list[Any]]:
        return {number: list(told.values()) for number, told in world.notes.items()}

    @routes.get("/marketplace")
    async def marketplace() -> dict[str, list[Any]]:
        return {"tickets": world.tickets.told()}

    @routes.put("/marketplace/{reference}")
    async def change_ticket(reference: str, change: TicketChange) -> Ticket:
        ticket = world.tickets.find(reference)
        if ticket is None:
            raise HTTPException(404, "No such ticket.")
        return world.tickets.change(ticket, **change.model_dump(exclude_unset=True))

    @routes.get("/sent")
    async def sent(channel: Channel | None = None) -> dict[str, Any]:
        texts = [message.told() for message in world.texts.messages.values()]
        all_sent = [*world.sent.values(), *texts, *world.apps]
        wanted = [one for one in all_sent if channel in (None, one["channel"])]
        return {"channel": channel, "sent": wanted}

    return routes
