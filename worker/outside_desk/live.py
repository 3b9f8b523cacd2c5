"""The outside desk that the settings name."""

from contextlib import AsyncExitStack

import httpx
from redis.asyncio import Redis

from gateway.handover import Handover
from gateway.outside_desk.ledger import Ledger
from support.systems.desk.chatwoot.adapter import ChatwootAccount, ChatwootDesk
from support.systems.desk.interface import Desk
from worker.outbound.background import AT_ONCE, SendsMessages
from worker.outbound.dead_letters import DeadLetters
from worker.outside_desk.feed import LINE, DeskFeed
from worker.outside_desk.line import DeskLine
from worker.outside_desk.reading import StoryReader
from worker.settings import Settings


def live_desk(
    settings: Settings, redis: Redis, handover: Handover, stack: AsyncExitStack
) -> tuple[SendsMessages, ...]:
    """Return what tells the outside desk, if there is one; `stack` closes its connections."""
    if not settings.has_outside_desk:
        return ()
    http = httpx.AsyncClient(
        limits=httpx.Limits(max_connections=AT_ONCE), trust_env=False, follow_redirects=False
    )
    stack.push_async_callback(http.aclose)
    ledger = Ledger(redis, keep=settings.keep_conversations)
    dead_letters = DeadLetters(redis, LINE)
    reader = StoryReader(handover.store)
    feed = DeskFeed(reader, _desk(settings, http), ledger, dead_letters)
    return (SendsMessages(redis, DeskLine(redis, feed, ledger, dead_letters)),)


def _desk(settings: Settings, http: httpx.AsyncClient) -> Desk:
    url, token = settings.chatwoot_url, settings.chatwoot_api_token
    account_id, inbox_id = settings.chatwoot_account_id, settings.chatwoot_inbox_id
    if url is None or token is None or account_id is None or inbox_id is None:
        raise ValueError("A setting of the chosen desk is missing.")
    return ChatwootDesk(http, ChatwootAccount(str(url), account_id, inbox_id, token))
