"""Sending messages, and reading them by polling."""

from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request

from gateway import texts
from gateway.messages import LAST_POSITION, AcceptedMessage, Messages, NewMessage, shown
from gateway.problems import Problem
from gateway.senders import sender_of
from gateway.services import Authorised, Provided, Services
from gateway.text_cleaning import clean_text
from gateway.turn_queue import announce_turn
from support.ids import ConversationId

log = structlog.get_logger("gateway.messages")
router = APIRouter(prefix="/v1/conversations/{conversation_id}", tags=["messages"])


@router.post("/messages", status_code=HTTPStatus.ACCEPTED)
async def send_message(
    message: NewMessage, scope: Authorised, services: Provided, request: Request
) -> AcceptedMessage:
    """Take a message; when this returns it is safe and will be answered.

    The same `client_message_id` again gives the same answer and no second turn, whatever the
    text: the first text stands.
    """
    sender = sender_of(request, services.settings.sender_key_secret)
    await services.admission.messages.admit(sender)
    text, payload = await _words(message, scope.conversation_id, services)
    admission = await services.log.append_customer_message(
        scope.conversation_id,
        client_message_id=message.client_message_id,
        text=text,
        payload=payload,
        limit=services.settings.message_rate,
    )
    if not admission.finished:
        # Also for a repeat: the first attempt may have ended between log and queue.
        await announce_turn(services.redis, scope.conversation_id, admission.message_id)
    if admission.repeated:
        services.metrics.messages_repeated.inc()
    else:
        services.metrics.messages_accepted.inc()
    log.info(
        "message_accepted",
        conversation_id=scope.conversation_id,
        message_id=admission.message_id,
        repeated=admission.repeated,
    )
    return AcceptedMessage(message_id=admission.message_id)


@router.get("/messages", response_model_exclude_none=True)
async def read_messages(
    scope: Authorised, services: Provided, after: Annotated[int, Query(ge=0, le=LAST_POSITION)] = 0
) -> Messages:
    """Return the messages that follow position `after`, at most 200 of them."""
    await services.log.conversation(scope.conversation_id)
    entries = await services.log.read(scope.conversation_id, after=after)
    return Messages(messages=[shown(entry) for entry in entries])


async def _words(
    message: NewMessage, conversation_id: ConversationId, services: Services
) -> tuple[str, str | None]:
    """Return what the customer said, and the payload if it was a choice that we offered."""
    if message.quick_reply is not None:
        choice = await services.log.quick_reply(conversation_id, message.quick_reply)
        if choice is None:
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_quick_reply", texts.UNKNOWN_QUICK_REPLY
            )
        return choice.title, choice.payload
    return _checked(message.text or "", services.settings.message_limit_characters), None


def _checked(text: str, limit: int) -> str:
    cleaned = clean_text(text)
    if not cleaned:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "empty_text", texts.EMPTY_TEXT)
    if len(cleaned) > limit:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "text_too_long",
            texts.TEXT_TOO_LONG.format(limit=limit),
        )
    return cleaned
