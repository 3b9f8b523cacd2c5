"""WhatsApp by Meta's Cloud API: what it posts to us about messages and their delivery."""

from collections.abc import Iterator

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from gateway.channels.inbound import InboundMessage
from gateway.channels.meta import handshake, signature_of, signed_post
from gateway.channels.names import Channel
from gateway.conversation_log import TooManyMessages
from gateway.services import Provided, Services
from support.state.addresses import address_key
from support.systems.messaging.meta.webhooks import (
    MetaPost,
    WhatsAppMessage,
    WhatsAppStatus,
    WhatsAppValue,
    delivery_of,
)

log = structlog.get_logger("gateway.channels")
router = APIRouter(prefix="/v1/channels/whatsapp", tags=["whatsapp"])


@router.get("")
async def verify(request: Request, services: Provided) -> Response:
    """Show that this address is ours."""
    return handshake(request, services.settings)


@router.post("")
async def take(request: Request, services: Provided) -> dict[str, str]:
    """Take messages and statuses; the answer means that all of them are safe."""
    settings = services.settings
    post = await signed_post(request, settings.whatsapp_app_secret, Channel.WHATSAPP)
    values = list(_ours(post, settings.whatsapp_phone_number_id))
    messages = sorted(
        (message for value in values for message in _messages(value)),
        key=lambda one: one.timestamp.zfill(20),
    )
    async with services.replays.refused(Channel.WHATSAPP, signature_of(request)):
        for message in messages:
            await _take_message(message, services)
        for value in values:
            for status in _statuses(value):
                await _take_status(status, services)
    return {"status": "ok"}


def _ours(post: MetaPost, number: str | None) -> Iterator[WhatsAppValue]:
    for entry in post.entry:
        for change in entry.changes:
            if change.value.metadata.phone_number_id == number:
                yield change.value


def _messages(value: WhatsAppValue) -> Iterator[WhatsAppMessage]:
    for raw in value.messages:
        try:
            message = WhatsAppMessage.model_validate(raw)
        except ValidationError:
            log.warning("webhook_item_unreadable", channel=Channel.WHATSAPP.value)
            continue
        if message.wants_an_answer:
            yield message


def _statuses(value: WhatsAppValue) -> Iterator[WhatsAppStatus]:
    for raw in value.statuses:
        try:
            yield WhatsAppStatus.model_validate(raw)
        except ValidationError:
            log.warning("webhook_item_unreadable", channel=Channel.WHATSAPP.value)


async def _take_message(message: WhatsAppMessage, services: Services) -> None:
    phone = f"+{message.sender}"
    inbound = InboundMessage(
        channel=Channel.WHATSAPP,
        provider_id=message.id,
        address=phone,
        text=message.words,
        choice=message.pressed.id if message.pressed else None,
    )
    person = address_key(Channel.WHATSAPP, phone, services.settings.sender_key_secret)
    try:
        await services.intake.take(inbound, person)
    except TooManyMessages:
        # Refusing the post would only bring all of it again.
        return


async def _take_status(status: WhatsAppStatus, services: Services) -> None:
    if status.key:
        await services.deliveries.taken_as(Channel.WHATSAPP, status.key, status.id)
    reason = str(status.errors[0].code) if status.errors else None
    await services.deliveries.told(
        Channel.WHATSAPP, status.id, delivery_of(status.status), reason=reason
    )
