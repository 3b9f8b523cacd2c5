"""One post that reaches many gateways at once, as when a provider is impatient."""

import asyncio

from pydantic import SecretStr
from redis.asyncio import Redis

from gateway.channels.address_book import CONVERSATIONS
from gateway.channels.inbound import InboundMessage
from gateway.channels.names import Channel
from gateway.conversation_log import ConversationLog
from gateway.services import live_services
from gateway.turn_queue import TURNS
from support.ids import ConversationId
from support.state.addresses import address_key
from tests.fakes.chat import SENDER_SECRET, gateway_settings
from tests.fakes.texting import PHONE

PERSON = address_key("sms", PHONE, SecretStr(SENDER_SECRET))
GATEWAYS = 20


async def test_it_is_one_message_and_one_turn(
    redis_url: str, redis: Redis, log: ConversationLog
) -> None:
    gateways = [live_services(gateway_settings(redis_url)) for _ in range(GATEWAYS)]
    message = InboundMessage(channel=Channel.SMS, provider_id="SM1", address=PHONE, text="hello")

    taken = await asyncio.gather(*(one.intake.take(message, PERSON) for one in gateways))

    for one in gateways:
        await one.redis.aclose()
    assert len(set(taken)) == 1
    [conversation] = await redis.zrange(CONVERSATIONS, 0, -1)
    assert len(await log.read(ConversationId(str(conversation)), after=0)) == 1
    assert len({fields["message_id"] for _, fields in await redis.xrange(TURNS)}) == 1
    assert len([name async for name in redis.scan_iter("conv:*:meta")]) == 1
