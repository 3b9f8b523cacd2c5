from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.fakes.chat import RunningGateway, running_gateway
from tests.fakes.meta import APP_SECRET, NUMBER_ID, PAGE_ID, VERIFY_TOKEN, MetaPoster
from tests.fakes.texting import ACCOUNT, AUTH_TOKEN, PUBLIC_URL, Texter


@pytest.fixture
async def gateway(redis_url: str, redis: Redis) -> AsyncIterator[RunningGateway]:  # noqa: ARG001
    """A gateway on an empty Redis, with an account at Twilio."""
    async with running_gateway(
        redis_url,
        public_url=PUBLIC_URL,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=AUTH_TOKEN,
        meta_verify_token=VERIFY_TOKEN,
        whatsapp_app_secret=APP_SECRET,
        whatsapp_phone_number_id=NUMBER_ID,
        messenger_app_secret=APP_SECRET,
        messenger_page_id=PAGE_ID,
    ) as running:
        yield running


@pytest.fixture
def texter(gateway: RunningGateway) -> Texter:
    return Texter(gateway.http)


@pytest.fixture
def meta(gateway: RunningGateway) -> MetaPoster:
    return MetaPoster(gateway.http)
