from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog
from tests.fakes.chat import Chat, RunningGateway, running_gateway
from tests.fakes.rasa import FakeRasa, running_rasa


@pytest.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    async with running_rasa(FakeRasa()) as fake:
        yield fake


@pytest.fixture
async def gateway(redis_url: str, redis: Redis) -> AsyncIterator[RunningGateway]:  # noqa: ARG001
    """A gateway on an empty Redis."""
    async with running_gateway(redis_url) as running:
        yield running


@pytest.fixture
async def log(redis: Redis) -> ConversationLog:
    return ConversationLog(redis, keep=timedelta(days=1))


@pytest.fixture
async def chat(gateway: RunningGateway) -> Chat:
    return await gateway.start_chat()
