"""Facebook Messenger: what Meta posts to us about messages to our page."""

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
from support.systems.messaging.meta.webhooks import MessengerEvent, MetaPost
from support.systems.messaging.models import Delivery

log = structlog.get_logger("gateway.channels")
router = APIRouter(prefix="/v1/channels/messenger", tags=["messenger"])


@router.get("")
async def verify(request: Request, services: Provided) -> Response:
    """Show that this address is ours."""
    return handshake(request, services.settings)


@router.post("")
async def take(request: Request, services: Provided) -> dict[str, str]:
    """Take messages, presses and receipts; the answer means that all of them are safe."""
    settings = services.settings
    post = await signed_post(request, settings.messenger_app_secret, Channel.MESSENGER)
    events = sorted(_events(post, settings.messenger_page_id), key=lambda one: one.timestamp)
    async with services.replays.refused(Channel.MESSENGER, signature_of(request)):
        for event in events:
            await _take_event(event, services)
    return {"status": "ok"}


async def _take_event(event: MessengerEvent, services: Services) -> None:
    if event.message is not None and event.message.is_echo:
        await _take_echo(event, services)
    elif event.delivery is not None:
        for message_id in event.delivery.mids:
            await services.deliveries.told(Channel.MESSENGER, message_id, Delivery.DELIVERED)
    else:
        await _take_words(event, services)


def _events(post: MetaPost, page: str | None) -> Iterator[MessengerEvent]:
    for entry in post.entry:
        if entry.id != page:
            continue
        for raw in entry.messaging:
            try:
                yield MessengerEvent.model_validate(raw)
            except ValidationError:
                log.warning("webhook_item_unreadable", channel=Channel.MESSENGER.value)


async def _take_echo(event: MessengerEvent, services: Services) -> None:
    echo = event.message
    if echo is not None and echo.metadata:
        await services.deliveries.taken_as(Channel.MESSENGER, echo.metadata, echo.mid)


async def _take_words(event: MessengerEvent, services: Services) -> None:
    inbound = _inbound(event)
    if inbound is None:
        return
    person = address_key(Channel.MESSENGER, inbound.address, services.settings.sender_key_secret)
    try:
        await services.intake.take(inbound, person)
    except TooManyMessages:
        # Refusing the post would only bring all of it again.
        return


def _inbound(event: MessengerEvent) -> InboundMessage | None:
    """Return the message of an event; None for one that says nothing, such as a read receipt."""
    sender, message, postback = event.sender.id, event.message, event.postback
    if not sender:
        return None
    if message is not None:
        pressed = message.quick_reply.payload if message.quick_reply else None
        provider_id, text = message.mid, message.text
    elif postback is not None:
        provider_id = postback.mid or f"{sender}:{event.timestamp}"
        pressed, text = postback.payload or None, postback.title
    else:
        return None
    return InboundMessage(
        channel=Channel.MESSENGER,
        provider_id=provider_id,
        address=sender,
        text=text,
        choice=pressed,
    )
