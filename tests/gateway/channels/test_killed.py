"""The gateway as a process, killed while text messages arrive whose senders do not give up."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx
from redis.asyncio import Redis

from gateway.channels.address_book import CONVERSATIONS
from gateway.conversation_log import ConversationLog, Sender
from gateway.turn_queue import TURNS
from support.ids import ConversationId
from tests.fakes.gateways import gateway_process
from tests.fakes.rasa import FakeRasa, running_rasa
from tests.fakes.texting import ACCOUNT, AUTH_TOKEN, PUBLIC_URL, Texter
from tests.fakes.waiting import eventually
from tests.fakes.workers import running_worker

SETTINGS = {
    "PUBLIC_URL": PUBLIC_URL,
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
}
AT_ONCE = 20
PHONES = 5
KILLED_AFTER = (1, 6, 13, 18)
"""How many of the posts have been answered when a gateway is killed; the others are under way."""


@dataclass
class Provider:
    """Posts each message until it is taken, as Twilio does where it is told to."""

    http: httpx.AsyncClient
    answered: int = 0
    not_answered: int = 0
    sending: list[asyncio.Task[None]] = field(default_factory=list)

    def send(self, texts: Sequence[str]) -> None:
        """Begin to post these, all at once, from a few phones."""
        for number, text in enumerate(texts):
            texter = Texter(self.http, phone=f"+6149157000{number % PHONES}")
            self.sending.append(asyncio.create_task(self._post(texter, text)))

    async def has_answers(self, count: int) -> None:
        """Return at the very moment when so many more posts were answered."""
        enough = self.answered + count
        while self.answered < enough:  # noqa: ASYNC110 - an event would come a moment late
            await asyncio.sleep(0)

    async def _post(self, texter: Texter, text: str) -> None:
        parameters = texter.parameters(text)
        while True:
            try:
                if (await texter.post("/v1/channels/sms", parameters)).status_code == 200:
                    self.answered += 1
                    return
            except httpx.TransportError:
                self.not_answered += 1
            await asyncio.sleep(0.05)


async def test_a_gateway_killed_while_messages_arrive_loses_none_and_repeats_none(
    redis_url: str, redis: Redis, log: ConversationLog, unused_tcp_port: int
):
    texts = [f"message {number}" for number in range(len(KILLED_AFTER) * AT_ONCE)]
    address = f"http://127.0.0.1:{unused_tcp_port}"
    async with httpx.AsyncClient(base_url=address, timeout=10) as http:
        provider = Provider(http)
        for number, answers in enumerate(KILLED_AFTER):
            async with gateway_process(redis_url, unused_tcp_port, **SETTINGS) as gateway:
                provider.send(texts[number * AT_ONCE : (number + 1) * AT_ONCE])
                await provider.has_answers(answers)
                gateway.kill()
        async with gateway_process(redis_url, unused_tcp_port, **SETTINGS):
            await asyncio.gather(*provider.sending)

    assert provider.not_answered >= len(KILLED_AFTER)
    assert Counter(await said(redis, log)) == Counter(texts)
    assert len({fields["message_id"] for _, fields in await redis.xrange(TURNS)}) == len(texts)
    async with running_rasa(FakeRasa()) as rasa, running_worker(redis_url, rasa.url):
        await eventually(lambda: all_answered(rasa, texts), 20)
    assert Counter(rasa.texts) == Counter(texts)


async def said(redis: Redis, log: ConversationLog) -> list[str]:
    """Return what customers have said in all conversations."""
    conversations = [ConversationId(str(one)) for one in await redis.zrange(CONVERSATIONS, 0, -1)]
    return [
        entry.text
        for conversation_id in conversations
        for entry in await log.read(conversation_id, after=0)
        if entry.sender is Sender.CUSTOMER
    ]


async def all_answered(rasa: FakeRasa, texts: Sequence[str]) -> bool:
    return set(rasa.texts) == set(texts)
