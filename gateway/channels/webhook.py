"""In-house apps: each posts its users' messages, signed, and is called back with the answers.

Source of the signatures: Standard Webhooks. How to connect an app: docs/channels.md.
"""

from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, ValidationError

from gateway import texts
from gateway.channels.inbound import InboundMessage
from gateway.channels.names import Channel
from gateway.problems import Problem
from gateway.services import Provided, Services
from gateway.text_cleaning import clean_text
from support.state.addresses import address_key
from support.systems.messaging.webhook.apps import address_of, is_signed

log = structlog.get_logger("gateway.channels")
router = APIRouter(prefix="/v1/channels/webhook", tags=["webhook"])

_LONGEST_ID = 128


class AppMessage(BaseModel):
    """What an app posts: who of its users says what, or which of our choices was pressed."""

    user: Annotated[str, Field(min_length=1, max_length=_LONGEST_ID)]
    text: str = ""
    choice: Annotated[str | None, Field(max_length=_LONGEST_ID)] = None


@router.post("/{app}", status_code=HTTPStatus.ACCEPTED)
async def take_message(app: str, request: Request, services: Provided) -> dict[str, str]:
    """Take a message; the answer means that it is safe. The same `webhook-id` again is no other."""
    message = _read(await _signed_body(app, request, services), services)
    address = address_of(app, message.user)
    inbound = InboundMessage(
        channel=Channel.WEBHOOK,
        provider_id=f"{app}:{request.headers['webhook-id']}",
        address=address,
        text=message.text,
        choice=message.choice,
    )
    person = address_key(Channel.WEBHOOK, address, services.settings.sender_key_secret)
    await services.intake.take(inbound, person)
    return {"status": "accepted"}


async def _signed_body(app: str, request: Request, services: Services) -> bytes:
    """Return the body; raises a 403 Problem unless this app signed it, just now."""
    body = await request.body()
    known = services.settings.webhook_apps.get(app)
    webhook_id = request.headers.get("webhook-id", "")
    signed = known is not None and is_signed(known, body, request.headers)
    if not signed or len(webhook_id) > _LONGEST_ID:
        log.warning("webhook_refused", channel=Channel.WEBHOOK.value)
        raise Problem(HTTPStatus.FORBIDDEN, "signature_invalid", texts.SIGNATURE_INVALID)
    return body


def _read(body: bytes, services: Services) -> AppMessage:
    try:
        message = AppMessage.model_validate_json(body)
    except ValidationError as error:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_shape", texts.NO_APP_MESSAGE
        ) from error
    text, limit = clean_text(message.text), services.settings.message_limit_characters
    if not text and message.choice is None:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "empty_text", texts.EMPTY_TEXT)
    if len(text) > limit:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "text_too_long",
            texts.TEXT_TOO_LONG.format(limit=limit),
        )
    return message
