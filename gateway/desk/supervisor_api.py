"""The supervisor's view: figures of the day, reassigning, history, export, and the audit log."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from statistics import mean
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from gateway.desk.audit import AuditEntry, Doing
from gateway.desk.clocks import Clock
from gateway.desk.history import History, Past
from gateway.desk.services import Desk, SupervisorOnly
from gateway.desk.views import Row, row
from gateway.handover import AgentId
from gateway.services import Provided
from support.ids import ConversationId
from support.times import utc_now

router = APIRouter(prefix="/v1/desk/supervisor", tags=["desk"])

Words = Annotated[str, Query(max_length=100)]


def history_of(request: Request) -> History:
    """Return the app's memory of past conversations."""
    history: History = request.app.state.history
    return history


Kept = Annotated[History, Depends(history_of)]


class Figures(BaseModel):
    """The last 24 hours at the desk. Times are in seconds; None where there is nothing to count."""

    waiting: int
    longest_wait: int
    with_agents: int
    agents_online: int
    conversations: int
    closed: int
    rating: float | None
    ratings: int
    clocks: dict[Clock, float]


class Reassign(BaseModel):
    """To whom a conversation goes, and why."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(max_length=128)
    note: str = Field(min_length=1, max_length=500)


@router.get("/figures")
async def figures(_: SupervisorOnly, services: Provided, history: Kept) -> Figures:
    """Return what the desk did in the last 24 hours, and how it stands."""
    now = utc_now()
    board = await services.handover.lookout.board(now=now)
    day = now - timedelta(hours=24)
    past = await history.search("", most=500, since=day)
    ratings = [one.rating for one in past if one.rating is not None]
    return Figures(
        waiting=len(board.waiting),
        longest_wait=max((one.waited_seconds for one in board.waiting), default=0),
        with_agents=sum(len(some) for some in board.with_agents.values()),
        agents_online=sum(one.online and not one.away for one in board.agents),
        conversations=len(past),
        closed=sum(one.owner == "CLOSED" for one in past),
        rating=mean(ratings) if ratings else None,
        ratings=len(ratings),
        clocks=_averages(past),
    )


def _averages(past: Sequence[Past]) -> dict[Clock, float]:
    """Return each side's time per conversation."""
    measured = [one.clocks for one in past if one.clocks]
    if not measured:
        return dict.fromkeys(Clock, 0.0)
    return {clock: mean(one[clock] for one in measured) for clock in Clock}


@router.post("/conversations/{conversation_id}/reassign")
async def reassign(
    conversation_id: str,
    body: Reassign,
    session: SupervisorOnly,
    services: Provided,
    desk: Desk,
) -> Row:
    """Take a conversation from whoever has it, or out of the queue, and offer it to somebody."""
    me, known = session.person.agent_id, ConversationId(conversation_id)
    to = (await services.handover.duty.agent(AgentId(body.to))).agent_id
    now = await services.handover.agents.assign(known, me, to=to, note=body.note)
    await desk.audit.note(me, Doing.CHANGED_OWNER, known, what=f"reassigned to {body.to}")
    return row(now)


@router.get("/history")
async def past(
    session: SupervisorOnly, history: Kept, desk: Desk, words: Words = ""
) -> Sequence[Past]:
    """Return past conversations, the latest first."""
    await desk.audit.note(session.person.agent_id, Doing.SEARCHED)
    return await history.search(words.strip(), most=100)


@router.get("/export.csv")
async def export(session: SupervisorOnly, history: Kept, desk: Desk, words: Words = "") -> Response:
    """Return past conversations as a table, without customers' words or data."""
    await desk.audit.note(session.person.agent_id, Doing.EXPORTED)
    found = await history.search(words.strip(), most=5_000)
    name = f"attachment; filename=conversations-{utc_now():%Y-%m-%d}.csv"
    return Response(_table(found), media_type="text/csv", headers={"Content-Disposition": name})


@router.get("/audit")
async def audit(_: SupervisorOnly, desk: Desk) -> Sequence[AuditEntry]:
    """Return who did, looked at and revealed what, the latest first."""
    return await desk.audit.newest(200)


def _table(past: Sequence[Past]) -> str:
    fields = [name for name in Past.model_fields if name != "clocks"]
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([*fields, *(f"{clock}_seconds" for clock in Clock)])
    for one in past:
        told: dict[str, Any] = one.model_dump(mode="json")
        told["agents"] = " ".join(one.agents)
        took = [round(one.clocks[clock]) if one.clocks else "" for clock in Clock]
        writer.writerow([*(_plain(told[name]) for name in fields), *took])
    return written.getvalue()


def _plain(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    is_formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t"))
    return f"'{value}" if is_formula else value
