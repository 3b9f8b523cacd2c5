"""Where Chatwoot posts what its people do: `POST /webhooks/chatwoot`.

A post is checked before anything of it is read. The answer means that what it tells is done, or
that it says nothing to us; after 5xx nothing was.
"""

import hashlib
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, SecretStr

from gateway import texts
from gateway.outside_desk.ledger import Ledger
from gateway.outside_desk.news import DeskNews
from gateway.problems import Problem
from gateway.services import Provided, Services
from support.systems.desk.chatwoot.signature import VALID_SECONDS, is_signed
from support.systems.desk.chatwoot.webhooks import read
from support.systems.desk.errors import DeskNewsUnreadable
from support.times import utc_now

log = structlog.get_logger("gateway.outside_desk")
router = APIRouter(tags=["desk"])

PATH: Final = "/webhooks/chatwoot"
BODY_LIMIT_BYTES: Final = 512 * 1024
"""A post carries its whole conversation, attributes and all."""

_KNOWN: Final = timedelta(seconds=2 * VALID_SECONDS)
"""How long a post is known again: as long as its signature could be good."""


class Signature(BaseModel):
    """The headers that a post is signed with."""

    x_chatwoot_timestamp: str = ""
    x_chatwoot_signature: str = ""


@router.post(PATH)
async def take_post(
    request: Request, services: Provided, signature: Annotated[Signature, Header()]
) -> dict[str, str]:
    """Take a post; 403 unless Chatwoot signed just this, just now."""
    secret, inbox_id = _set_up(services)
    body = await request.body()
    signed = is_signed(
        secret,
        timestamp=signature.x_chatwoot_timestamp,
        signature=signature.x_chatwoot_signature,
        body=body,
        now=utc_now(),
    )
    if not signed:
        log.warning("desk_post_refused", path=PATH)
        raise Problem(HTTPStatus.FORBIDDEN, "signature_invalid", texts.SIGNATURE_INVALID)
    known = _post_key(signature.x_chatwoot_signature)
    if not await services.redis.exists(known):
        await _take(body, inbox_id, services)
        await services.redis.set(known, "1", ex=_KNOWN)
    return {"status": "ok"}


def _set_up(services: Services) -> tuple[SecretStr, int]:
    """Return the secret and the inbox; raises a 404 Problem where there is no Chatwoot."""
    settings = services.settings
    secret, inbox_id = settings.chatwoot_webhook_secret, settings.chatwoot_inbox_id
    if settings.desk != "chatwoot" or secret is None or inbox_id is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    return secret, inbox_id


async def _take(body: bytes, inbox_id: int, services: Services) -> None:
    try:
        told = read(body, inbox_id=inbox_id)
    except DeskNewsUnreadable as error:
        log.warning("desk_post_unreadable", places=str(error))
        raise Problem(HTTPStatus.BAD_REQUEST, "unreadable", texts.NOTICE_UNREADABLE) from error
    if told is not None:
        ledger = Ledger(services.redis, keep=services.settings.keep_conversations)
        await DeskNews(services.handover, ledger).take(told)


def _post_key(signature: str) -> str:
    """Return the name under which a post is known: who replays it cannot sign it anew."""
    return f"desk:post:{hashlib.sha256(signature.encode()).hexdigest()[:32]}"
