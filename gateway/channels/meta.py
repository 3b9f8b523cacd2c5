"""What WhatsApp and Messenger have in common: the handshake, and the signature of each post."""

import hmac
from http import HTTPStatus

import structlog
from fastapi import Request, Response
from pydantic import SecretStr, ValidationError

from gateway import texts
from gateway.problems import Problem
from gateway.settings import Settings
from support.systems.messaging.meta.signature import is_signed
from support.systems.messaging.meta.webhooks import MetaPost

log = structlog.get_logger("gateway.channels")


def handshake(request: Request, settings: Settings) -> Response:
    """Answer Meta's question whether this address is ours; raises a 403 Problem."""
    asked = request.query_params
    token = settings.meta_verify_token
    given = asked.get("hub.verify_token", "")
    if token is None or asked.get("hub.mode") != "subscribe":
        raise _refused()
    if not hmac.compare_digest(given.encode(), token.get_secret_value().encode()):
        raise _refused()
    return Response(asked.get("hub.challenge", ""), media_type="text/plain")


def signature_of(request: Request) -> str:
    """Return the signature that came with a post."""
    return request.headers.get("X-Hub-Signature-256", "")


async def signed_post(request: Request, secret: SecretStr | None, channel: str) -> MetaPost:
    """Return what was posted; raises a 403 Problem unless Meta signed just this."""
    if secret is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    body = await request.body()
    if not is_signed(secret, body, given=signature_of(request)):
        log.warning("webhook_refused", channel=channel)
        raise _refused()
    try:
        return MetaPost.model_validate_json(body)
    except ValidationError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "not_json", texts.NOT_JSON) from error


def _refused() -> Problem:
    return Problem(HTTPStatus.FORBIDDEN, "signature_invalid", texts.SIGNATURE_INVALID)
