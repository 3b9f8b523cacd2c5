from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from gateway.outside_desk.ledger import Ledger
from support.handover import PersonRequest, Reason
from support.ids import ConversationId
from tests.fakes.chat import Chat, RunningGateway, running_gateway
from tests.fakes.chatwoot import SECRET, SETTINGS, Poster
from tests.fakes.texting import ACCOUNT, AUTH_TOKEN, PUBLIC_URL


@pytest.fixture
async def gateway(redis_url: str, redis: Redis) -> AsyncIterator[RunningGateway]:  # noqa: ARG001
    """A gateway on an empty Redis, with Chatwoot for a desk and an account at Twilio."""
    async with running_gateway(
        redis_url,
        **SETTINGS,
        chatwoot_webhook_secret=SECRET,
        public_url=PUBLIC_URL,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=AUTH_TOKEN,
    ) as running:
        yield running


@pytest.fixture
def poster(gateway: RunningGateway) -> Poster:
    return Poster(gateway.http)


@pytest.fixture
def ledger(gateway: RunningGateway) -> Ledger:
    return Ledger(gateway.services.redis, keep=gateway.services.settings.keep_conversations)


@pytest.fixture
async def chat(gateway: RunningGateway) -> Chat:
    """A customer who waits for a person."""
    chat = await gateway.start_chat()
    await chat.say("I want a person")
    request = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.")
    await gateway.services.handover.customers.request_person(ConversationId(chat.id), request)
    return chat
