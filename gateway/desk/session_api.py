"""Signing in and out, and saying whether one is there."""

import secrets
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Cookie, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from gateway import texts
from gateway.desk.accounts import Person
from gateway.desk.audit import Doing
from gateway.desk.oidc import OpenIdFailed
from gateway.desk.services import COOKIE, Desk, DeskServices, SignedIn
from gateway.desk.sessions import LONGEST, TRIES_WITHIN, Session
from gateway.problems import Problem, too_many
from gateway.senders import sender_key
from gateway.services import Provided, Services
from support.times import utc_now

router = APIRouter(prefix="/v1/desk", tags=["desk"])

STATE_COOKIE: Final = "desk-openid"
DESK: Final = "/desk"


class Credentials(BaseModel):
    """A user name and password."""

    model_config = ConfigDict(extra="forbid")

    user_name: str = Field(max_length=64)
    password: SecretStr = Field(max_length=256)


class Me(BaseModel):
    """Who is signed in. `csrf` goes into `X-CSRF-Token` with every change.

    `sms_segment_cents` is what a segment of a text message costs, None where nobody said.
    """

    person: Person
    csrf: str
    sms_segment_cents: float | None = None


class Ways(BaseModel):
    """How one may sign in here, and whether the caller is signed in."""

    openid: bool
    signed_in: bool


@router.get("/ways")
async def ways(desk: Desk, token: Annotated[str | None, Cookie(alias=COOKIE)] = None) -> Ways:
    """Say how one may sign in."""
    session = await desk.sessions.of(token)
    return Ways(openid=desk.openid is not None, signed_in=session is not None)


@router.post("/session", status_code=HTTPStatus.CREATED)
async def sign_in(
    credentials: Credentials,
    request: Request,
    response: Response,
    services: Provided,
    desk: Desk,
) -> Me:
    """Sign in with a local account; tries are limited by name and by sender."""
    sender = sender_key(
        request.client.host if request.client else "", services.settings.sender_key_secret
    )
    if not await desk.sessions.may_try(credentials.user_name, sender):
        raise too_many(texts.DESK_TOO_MANY_TRIES, TRIES_WITHIN.total_seconds())
    password = credentials.password.get_secret_value()
    person = await desk.accounts.sign_in(credentials.user_name, password)
    if person is None:
        await desk.audit.note("-", Doing.SIGN_IN_REFUSED)
        raise Problem(HTTPStatus.UNAUTHORIZED, "wrong_credentials", texts.DESK_WRONG_CREDENTIALS)
    session = await _begin(person, response, services, desk)
    return _me(session, services)


@router.get("/session")
async def who_am_i(session: SignedIn, services: Provided) -> Me:
    """Return who is signed in."""
    return _me(session, services)


@router.delete("/session", status_code=HTTPStatus.NO_CONTENT)
async def sign_out(session: SignedIn, response: Response, services: Provided, desk: Desk) -> None:
    """Sign out; what is still at hand goes to the front of the queue."""
    await services.handover.duty.sign_off(session.person.agent_id)
    await desk.sessions.end(session)
    await desk.audit.note(session.person.agent_id, Doing.SIGNED_OUT)
    response.delete_cookie(COOKIE, path="/")


@router.post("/presence/{state}", status_code=HTTPStatus.NO_CONTENT)
async def presence(state: str, session: SignedIn, services: Provided) -> None:
    """Come online (`online`), take no more (`away`), or be heard of (`here`)."""
    duty, person = services.handover.duty, session.person
    match state:
        case "online":
            await duty.come_online(person.agent, now=utc_now())
        case "away":
            await duty.go_away(person.agent_id)
        case "here":
            await duty.heartbeat(person.agent_id, now=utc_now())
        case _:
            raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)


@router.get("/openid", include_in_schema=False)
async def openid(desk: Desk, services: Provided) -> RedirectResponse:
    """Go to the company's own sign-in."""
    if desk.openid is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    try:
        url, state = await desk.openid.begin()
    except OpenIdFailed:
        return RedirectResponse(f"{DESK}?failed=openid", HTTPStatus.SEE_OTHER)
    response = RedirectResponse(url, HTTPStatus.SEE_OTHER)
    _set_cookie(response, STATE_COOKIE, state, services)
    return response


@router.get("/openid/callback", include_in_schema=False)
async def openid_callback(
    desk: Desk,
    services: Provided,
    code: Annotated[str, Query(max_length=4096)] = "",
    state: Annotated[str, Query(max_length=256)] = "",
    begun: Annotated[str, Cookie(alias=STATE_COOKIE, max_length=256)] = "",
) -> RedirectResponse:
    """Come back from the company's own sign-in, in the browser that went there."""
    failed = RedirectResponse(f"{DESK}?failed=openid", HTTPStatus.SEE_OTHER)
    if desk.openid is None or not state or not secrets.compare_digest(begun, state):
        return failed
    try:
        person = await desk.openid.finish(code=code, state=state)
    except OpenIdFailed:
        await desk.audit.note("-", Doing.SIGN_IN_REFUSED, what="openid")
        return failed
    response = RedirectResponse(DESK, HTTPStatus.SEE_OTHER)
    await _begin(person, response, services, desk)
    response.delete_cookie(STATE_COOKIE, path="/")
    return response


def _me(session: Session, services: Services) -> Me:
    cents = services.settings.sms_segment_cents
    return Me(person=session.person, csrf=session.csrf, sms_segment_cents=cents)


async def _begin(
    person: Person, response: Response, services: Services, desk: DeskServices
) -> Session:
    token, session = await desk.sessions.begin(person)
    _set_cookie(response, COOKIE, token, services)
    await services.handover.duty.come_online(person.agent, now=utc_now())
    await desk.audit.note(person.agent_id, Doing.SIGNED_IN)
    return session


def _set_cookie(response: Response, name: str, value: str, services: Services) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=services.settings.public_url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
