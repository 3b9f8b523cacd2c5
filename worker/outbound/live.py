"""The outbound side on the real providers, as far as the settings name any."""

from contextlib import AsyncExitStack
from functools import partial

import httpx
from redis.asyncio import Redis

from gateway.channels.names import Channel
from gateway.conversation_log import ConversationLog
from support.state.consent import Consent
from support.state.deliveries import Deliveries
from support.systems.messaging.interface import MessageSender
from support.systems.messaging.meta import messenger, whatsapp
from support.systems.messaging.meta.graph import Graph
from support.systems.messaging.meta.messenger import Messenger
from support.systems.messaging.meta.whatsapp import Template, WhatsApp
from support.systems.messaging.twilio.http import TwilioAccount, TwilioSms
from support.systems.messaging.webhook.callbacks import WebhookCallbacks
from worker.outbound.attempts import Books
from worker.outbound.background import AT_ONCE, SendsMessages
from worker.outbound.cursor import Cursor
from worker.outbound.dead_letters import DeadLetters
from worker.outbound.line import ProviderLine
from worker.outbound.outbox import Outbox
from worker.settings import Settings


def live_outbound(
    settings: Settings, redis: Redis, log: ConversationLog, stack: AsyncExitStack
) -> SendsMessages:
    """Return what sends messages; `stack` closes its connections."""
    http = httpx.AsyncClient(
        limits=httpx.Limits(max_connections=AT_ONCE + 1), trust_env=False, follow_redirects=False
    )
    stack.push_async_callback(http.aclose)
    cursor, dead_letters = Cursor(redis), DeadLetters(redis)
    deliveries = Deliveries(redis, keep=settings.keep_conversations)
    books = Books(
        deliveries=deliveries,
        consent=Consent(redis),
        cursor=cursor,
        dead_letters=dead_letters,
        secret=settings.sender_key_secret,
    )
    outbox = Outbox(log, _senders(settings, http, deliveries), books)
    return SendsMessages(redis, ProviderLine(redis, outbox, cursor, dead_letters))


def _senders(
    settings: Settings, http: httpx.AsyncClient, deliveries: Deliveries
) -> dict[str, MessageSender]:
    senders: dict[str, MessageSender] = {}
    graph_url = str(settings.graph_url)
    if settings.whatsapp_token and settings.whatsapp_phone_number_id:
        template = settings.whatsapp_template
        senders[Channel.WHATSAPP] = WhatsApp(
            Graph(whatsapp.SYSTEM, http, graph_url, settings.whatsapp_token),
            settings.whatsapp_phone_number_id,
            partial(deliveries.taken, Channel.WHATSAPP),
            Template(template) if template else None,
        )
    if settings.messenger_token and settings.messenger_page_id:
        senders[Channel.MESSENGER] = Messenger(
            Graph(messenger.SYSTEM, http, graph_url, settings.messenger_token),
            settings.messenger_page_id,
            partial(deliveries.taken, Channel.MESSENGER),
        )
    if settings.twilio_account_sid and settings.twilio_auth_token:
        senders[Channel.SMS] = TwilioSms(
            http,
            str(settings.twilio_url),
            TwilioAccount(
                account_sid=settings.twilio_account_sid,
                auth_token=settings.twilio_auth_token,
                messaging_service=settings.twilio_messaging_service,
                sender=settings.twilio_sender,
            ),
            status_callback=f"{str(settings.public_url).rstrip('/')}/v1/channels/sms/status",
        )
    if settings.webhook_apps:
        senders[Channel.WEBHOOK] = WebhookCallbacks(http, settings.webhook_apps)
    return senders
