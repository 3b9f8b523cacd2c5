"""Starting and ending a conversation."""

from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, Header, Request

from gateway.conversation_log import Customer
from gateway.messages import NewConversation, StartedConversation
from gateway.problems import Problem
from gateway.senders import sender_of
from gateway.services import Authorised, Provided, Services
from support.ids import ConversationId, SenderKey

log = structlog.get_logger("gateway.conversations")
router = APIRouter(prefix="/v1/conversations", tags=["conversations"])

WEB = "web"


@router.post("", status_code=HTTPStatus.CREATED)
async def start_conversation(
    request: Request,
    services: Provided,
    body: NewConversation | None = None,
    x_customer_token: Annotated[str | None, Header(max_length=4096)] = None,
) -> StartedConversation:
    """Open a conversation. The web shop's token, in body or header, marks a signed-in customer."""
    customer_token = (body.customer_token if body else None) or x_customer_token
    customer = services.tokens.customer(customer_token) if customer_token else None
    sender = sender_of(request, services.settings.sender_key_secret)
    await services.admission.conversations.admit(sender)
    conversation_id = await _opened(services, sender, customer)
    services.metrics.conversations.inc()
    log.info(
        "conversation_started",
        conversation_id=conversation_id,
        channel=WEB,
        signed_in=customer is not None,
    )
    return StartedConversation(
        conversation_id=conversation_id, token=services.tokens.issue(conversation_id)
    )


@router.post(
    "/{conversation_id}/close",  # noqa: FAST003 - read by the Authorised dependency
    status_code=HTTPStatus.NO_CONTENT,
)
async def close_conversation(scope: Authorised, services: Provided) -> None:
    """End the conversation at the customer's wish; it can still be read."""
    await services.handover.customers.end(scope.conversation_id)
    log.info("conversation_closed", conversation_id=scope.conversation_id)


async def _opened(
    services: Services, sender: SenderKey, customer: Customer | None
) -> ConversationId:
    """Open a conversation; raises a 429 Problem, and leaves none, if the sender has too many."""
    conversation_id = await services.log.create(channel=WEB, sender_key=sender, customer=customer)
    try:
        await services.admission.open_conversations.open(sender, conversation_id)
    except Problem:
        await services.log.discard(conversation_id)
        raise
    return conversation_id
