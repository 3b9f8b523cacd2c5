"""Twilio's messages API, as far as it is used: send, look up, list.

Source: Twilio, "Message resource". It is as strict as the real one, and reports each message's way
to the callback that came with it.
"""

import base64
import hmac
from collections.abc import Callable, Mapping
from datetime import date, datetime
from email.utils import format_datetime
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from sandbox.misbehaviour import misbehave
from sandbox.settings import Settings
from sandbox.text_book import SentText, new_sid
from sandbox.twilio_rules import AUTHENTICATE, NOT_FOUND, TOO_MANY, Refusal, refusal_of
from sandbox.twilio_webhooks import TwilioWebhooks
from sandbox.world import World
from support.sms.segments import size_of

_MESSAGES: Final = "/2010-04-01/Accounts/{account}/Messages"
_LARGEST_PAGE: Final = 1000


def twilio_routes(
    world: World, settings: Settings, webhooks: TwilioWebhooks, now: Callable[[], datetime]
) -> APIRouter:
    """Return Twilio's routes, below /twilio."""
    routes = APIRouter(prefix="/twilio", tags=["twilio"])

    @routes.post(_MESSAGES + ".json")
    async def send(
        request: Request, account: str, authorization: Annotated[str, Header()] = ""
    ) -> Response:
        parameters = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        failed = await misbehave(request, world.fault_of("sms"), lambda: _refused(TOO_MANY))
        if failed:
            return failed
        if not _is_ours(settings, account, authorization):
            return _refused(AUTHENTICATE)
        refusal = refusal_of(parameters, world.texts)
        if refusal:
            return _refused(refusal)
        message = _message(parameters, now())
        world.texts.add(message)
        reports = BackgroundTask(webhooks.report, world.texts, message.sid)
        return JSONResponse(_shown(message, account), status_code=201, background=reports)

    @routes.get(_MESSAGES + "/{sid}.json")
    async def one(account: str, sid: str, authorization: Annotated[str, Header()] = "") -> Response:
        message = world.texts.messages.get(sid)
        if not _is_ours(settings, account, authorization):
            return _refused(AUTHENTICATE)
        return JSONResponse(_shown(message, account)) if message else _refused(NOT_FOUND)

    @routes.get(_MESSAGES + ".json")
    async def listed(
        request: Request,
        account: str,
        authorization: Annotated[str, Header()] = "",
        size: Annotated[int, Query(alias="PageSize", ge=1, le=_LARGEST_PAGE)] = 50,
    ) -> Response:
        failed = await misbehave(request, world.fault_of("sms"), lambda: _refused(TOO_MANY))
        if failed:
            return failed
        if not _is_ours(settings, account, authorization):
            return _refused(AUTHENTICATE)
        found = [one for one in world.texts.messages.values() if _fits(one, request.query_params)]
        page = [_shown(message, account) for message in reversed(found)][:size]
        return JSONResponse({"messages": page, "page": 0, "page_size": size, "next_page_uri": None})

    return routes


def _message(parameters: Mapping[str, str], at: datetime) -> SentText:
    return SentText(
        sid=new_sid(),
        to=parameters["To"],
        text=parameters["Body"],
        sender=parameters.get("From"),
        service=parameters.get("MessagingServiceSid"),
        at=at,
        callback=parameters.get("StatusCallback"),
    )


def _is_ours(settings: Settings, account: str, authorization: str) -> bool:
    """Say whether the account is ours and its token the right one; without a token it never is."""
    if settings.twilio_auth_token is None or account != settings.twilio_account_sid:
        return False
    credentials = f"{account}:{settings.twilio_auth_token.get_secret_value()}"
    expected = "Basic " + base64.b64encode(credentials.encode()).decode()
    return hmac.compare_digest(authorization.encode(), expected.encode())


def _fits(message: SentText, wanted: Mapping[str, str]) -> bool:
    day = message.at.date()
    return (
        wanted.get("To", message.to) == message.to
        and wanted.get("From", message.sender) == message.sender
        and day == _day(wanted.get("DateSent"), day)
        and day >= _day(wanted.get("DateSent>"), day)
        and day <= _day(wanted.get("DateSent<"), day)
    )


def _day(text: str | None, otherwise: date) -> date:
    return date.fromisoformat(text[:10]) if text else otherwise


def _shown(message: SentText, account: str) -> dict[str, Any]:
    at = format_datetime(message.at)
    # With a Messaging Service the real one does not count yet when it answers.
    segments = 0 if message.service else size_of(message.text).segments
    return {
        "sid": message.sid,
        "account_sid": account,
        "api_version": "2010-04-01",
        "to": message.to,
        "from": message.sender,
        "messaging_service_sid": message.service,
        "body": message.text,
        "status": message.status,
        "direction": "outbound-api",
        "num_segments": str(segments),
        "num_media": "0",
        "error_code": message.error_code,
        "error_message": None,
        "date_created": at,
        "date_updated": at,
        "date_sent": at,
        "uri": f"/2010-04-01/Accounts/{account}/Messages/{message.sid}.json",
    }


def _refused(refusal: Refusal) -> JSONResponse:
    return JSONResponse(
        {
            "code": refusal.code,
            "message": refusal.message,
            "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
            "status": refusal.status,
        },
        status_code=refusal.status,
    )
