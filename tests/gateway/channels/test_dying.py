"""A gateway that dies at any step of taking a text message in, and the post that comes again."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from gateway.channels.address_book import CONVERSATIONS
from gateway.channels.inbound import InboundMessage
from gateway.channels.intake import Intake
from gateway.channels.names import Channel
from gateway.conversation_log import ConversationLog, Sender
from gateway.services import live_services
from gateway.turn_queue import TURNS
from support.ids import ConversationId
from support.state.addresses import address_key
from support.state.consent import Consent
from tests.fakes.chat import SENDER_SECRET, gateway_settings
from tests.fakes.texting import PHONE

PERSON = address_key("sms", PHONE, SecretStr(SENDER_SECRET))
MOST_STEPS = 30
"""More than any message takes."""


class Killed(BaseException):
    """Stands for kill -9: nothing catches it on the way."""


class Dying:
    """A client's commands, of which the one at `step` is the last, or is not sent any more."""

    def __init__(self, redis: Redis, step: int, *, command_arrives: bool) -> None:
        self._command = redis.execute_command
        self._step = step
        self._command_arrives = command_arrives
        self.steps = 0

    async def execute_command(self, *arguments: Any, **options: Any) -> Any:
        self.steps += 1
        if self.steps <= self._step:
            return await self._command(*arguments, **options)
        if self._command_arrives:
            await self._command(*arguments, **options)
        raise Killed


@pytest.fixture
async def intake(redis_url: str) -> AsyncIterator[Intake]:
    services = live_services(gateway_settings(redis_url))
    yield services.intake
    await services.redis.aclose()


@pytest.mark.parametrize("command_arrives", [True, False], ids=["after it", "before it"])
@pytest.mark.parametrize(
    ("text", "turns"), [("where is it", 1), ("STOP", 0), ("", 0)], ids=["turn", "stop", "picture"]
)
async def test_a_death_at_any_command_loses_nothing_and_repeats_nothing(
    intake: Intake,
    redis: Redis,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    turns: int,
    *,
    command_arrives: bool,
) -> None:
    log = ConversationLog(redis, keep=timedelta(days=30))
    message = InboundMessage(channel=Channel.SMS, provider_id="SM1", address=PHONE, text=text)
    deaths = 0
    for step in range(MOST_STEPS):
        await redis.flushall()
        await Consent(redis).start(PERSON)
        deaths += await dies_at(intake, message, step, monkeypatch, command_arrives=command_arrives)

        await intake.take(message, PERSON)

        [conversation] = await redis.zrange(CONVERSATIONS, 0, -1)
        entries = await log.read(ConversationId(str(conversation)), after=0)
        assert [one.sender for one in entries].count(Sender.CUSTOMER) == 1
        assert len(entries) == (1 if text else 2)
        queued = {fields["message_id"] for _, fields in await redis.xrange(TURNS)}
        assert len(queued) == turns
        assert (await Consent(redis).opt_out(PERSON) is not None) is (text == "STOP")
    assert 5 <= deaths < MOST_STEPS


async def dies_at(
    intake: Intake,
    message: InboundMessage,
    step: int,
    monkeypatch: pytest.MonkeyPatch,
    *,
    command_arrives: bool,
) -> bool:
    """Take a message until the process dies; say whether it did."""
    client = intake._redis
    dying = Dying(client, step, command_arrives=command_arrives)
    with monkeypatch.context() as patched:
        patched.setattr(client, "execute_command", dying.execute_command)
        try:
            await intake.take(message, PERSON)
        except Killed:
            return True
    return False
