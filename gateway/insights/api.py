"""The insights page for supervisors, and the same figures as JSON and as a table."""

import asyncio
from datetime import date, timedelta
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Cookie, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from gateway import texts
from gateway.desk.accounts import Role
from gateway.desk.audit import Doing
from gateway.desk.services import COOKIE, Desk, SupervisorOnly
from gateway.insights.figures import RECONTACT_WITHIN, Figures, figures
from gateway.insights.page import render
from gateway.insights.store import Summaries, day_of, read
from gateway.insights.table import as_csv
from gateway.problems import Problem
from gateway.services import Provided, Services
from support.times import utc_now

router = APIRouter(tags=["desk"])

MOST_DAYS: Final = 92
SHOWN_DAYS: Final = 28
HEADERS: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


async def _range(
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
) -> tuple[date, date]:
    """Return the days asked for, both included; the last 28 where none are named."""
    try:
        return _days(first, last)
    except (ValueError, OverflowError) as error:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_days", texts.INSIGHTS_WRONG_DAYS
        ) from error


Days = Annotated[tuple[date, date], Depends(_range)]


@router.get("/v1/desk/insights")
async def insights(_: SupervisorOnly, services: Provided, days: Days) -> Figures:
    """Return the figures of the conversations that began on these days."""
    return await _figures(services, days)


@router.get("/v1/desk/insights.csv")
async def insights_table(
    session: SupervisorOnly, services: Provided, desk: Desk, days: Days
) -> Response:
    """Return the same figures as a table."""
    await desk.audit.note(session.person.agent_id, Doing.EXPORTED, what="insights")
    found = await _figures(services, days)
    name = f"insights-{found.first}-{found.last}.csv"
    disposition = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(as_csv(found), media_type="text/csv", headers=HEADERS | disposition)


@router.get("/insights", include_in_schema=False)
async def insights_page(
    services: Provided,
    desk: Desk,
    first: Annotated[str, Query(alias="from", max_length=64)] = "",
    last: Annotated[str, Query(alias="to", max_length=64)] = "",
    token: Annotated[str | None, Cookie(alias=COOKIE)] = None,
) -> Response:
    """Return the page; whoever is not signed in goes to the desk to do so.

    Days that are none are said to be, above the figures of the last 28.
    """
    session = await desk.sessions.of(token)
    if session is None:
        return RedirectResponse("/desk", HTTPStatus.SEE_OTHER, headers=HEADERS)
    if session.person.role is not Role.SUPERVISOR:
        raise Problem(HTTPStatus.FORBIDDEN, "supervisors_only", texts.DESK_SUPERVISORS_ONLY)
    problem = ""
    try:
        days = _days(_day(first), _day(last))
    except (ValueError, OverflowError):
        days, problem = _days(None, None), texts.INSIGHTS_WRONG_DAYS
    page = render(await _figures(services, days), today=day_of(utc_now()), problem=problem)
    return HTMLResponse(page, headers=HEADERS)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _days(first: date | None, last: date | None) -> tuple[date, date]:
    """Return both, or the last 28 days; raises ValueError where they are no span of days."""
    today = day_of(utc_now())
    until = last or today
    since = first or until - timedelta(days=SHOWN_DAYS - 1)
    if since > min(until, today) or (until - since).days >= MOST_DAYS:
        raise ValueError
    return since, until


async def _figures(services: Services, days: tuple[date, date]) -> Figures:
    first, last = days
    written = await Summaries(services.redis).written(first, last + RECONTACT_WITHIN)
    # A busy quarter is many records: other requests do not wait for them.
    return await asyncio.to_thread(lambda: figures(read(written), first=first, last=last))
