"""SMS by Twilio: what it posts to us about messages and their delivery.

Source: Twilio, "Messaging webhooks". The answer is an empty document: replies are sent through the
API, in their order and with their delivery followed.
"""

import re
from http import HTTPStatus
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter, Request, Response

from gateway import texts
from gateway.channels.inbound import InboundMessage
from gateway.channels.keywords import Keyword
from gateway.channels.names import Channel
from gateway.problems import Problem
from gateway.services import Provided, Services
from support.state.addresses import address_key
from support.systems.messaging.twilio.models import delivery_of
from support.systems.messaging.twilio.signature import is_signed

log = structlog.get_logger("gateway.channels")
router = APIRouter(prefix="/v1/channels/sms", tags=["sms"])

_SID: Final = re.compile(r"[A-Za-z0-9]{1,34}")
"""Source: Twilio, "Message resource". The signature runs names and values together: if a sid might
have any length, another post could be made of a recorded one."""

_PHONE: Final = re.compile(r"\+[0-9]{6,15}")
_OPT_OUT_TYPES: Final = MappingProxyType(
    {"STOP": Keyword.STOP, "START": Keyword.START, "HELP": Keyword.HELP}
)
"""What Twilio has taken a message for, where Advanced Opt-Out is on: its words, not ours, count."""

_NOTHING_TO_SAY: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@router.post("")
async def take_message(request: Request, services: Provided) -> Response:
    """Take a text message; the answer means that it is safe."""
    parameters = await _signed_parameters(request, services)
    sid = _sid(parameters)
    async with services.replays.refused(Channel.SMS, _signature(request)):
        await _take(parameters, sid, services)
    return Response(_NOTHING_TO_SAY, media_type="text/xml")


async def _take(parameters: dict[str, str], sid: str, services: Services) -> None:
    sender = parameters.get("From", "")
    if not _PHONE.fullmatch(sender):
        # A name or a short number, which no reply would reach.
        log.warning("text_message_without_number")
        return
    message = InboundMessage(
        channel=Channel.SMS,
        provider_id=sid,
        address=sender,
        text=parameters.get("Body", ""),
        keyword=_OPT_OUT_TYPES.get(parameters.get("OptOutType", "")),
    )
    person = address_key(Channel.SMS, sender, services.settings.sender_key_secret)
    await services.intake.take(message, person)


@router.post("/status", status_code=HTTPStatus.NO_CONTENT)
async def take_status(request: Request, services: Provided) -> None:
    """Take what became of a message that we sent."""
    parameters = await _signed_parameters(request, services)
    sid, status = _sid(parameters), parameters.get("MessageStatus")
    if not status:
        raise _no_text_message()
    async with services.replays.refused(Channel.SMS, _signature(request)):
        await services.deliveries.told(
            Channel.SMS, sid, delivery_of(status), reason=parameters.get("ErrorCode")
        )


async def _signed_parameters(request: Request, services: Services) -> dict[str, str]:
    """Return the posted parameters; raises a 403 Problem unless Twilio signed just these."""
    settings = services.settings
    token, account = settings.twilio_auth_token, settings.twilio_account_sid
    if token is None or account is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    body = (await request.body()).decode("utf-8", errors="replace")
    parameters = parse_qsl(body, keep_blank_values=True)
    url = settings.public_address(request.url.path, request.url.query)
    named, given = dict(parameters), _signature(request)
    if not is_signed(token, url, parameters, given=given) or named.get("AccountSid") != account:
        log.warning("webhook_refused", channel=Channel.SMS.value)
        raise Problem(HTTPStatus.FORBIDDEN, "signature_invalid", texts.SIGNATURE_INVALID)
    return named


def _signature(request: Request) -> str:
    return request.headers.get("X-Twilio-Signature", "")


def _sid(parameters: dict[str, str]) -> str:
    """Return the message's id; raises a 422 Problem where there is none of Twilio's form."""
    sid = parameters.get("MessageSid", "")
    if not _SID.fullmatch(sid):
        raise _no_text_message()
    return sid


def _no_text_message() -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_shape", texts.NO_TEXT_MESSAGE)
