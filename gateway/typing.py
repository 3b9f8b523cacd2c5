"""Somebody is typing: told to the other side at once, and kept nowhere.

It travels beside the doorbell. What is lost with a connection is not missed: the next key tells
again. A reader passes on what others type, never what its own side does.
"""

from datetime import timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict
from redis.asyncio import Redis

from gateway.conversation_log import Sender
from gateway.conversation_log.keys import key
from support.ids import ConversationId

TOLD_EVERY: Final = timedelta(seconds=2)
"""How often one side is told of at most, however often it says so."""


class Typing(BaseModel):
    """Who is typing: the customer, or an agent under a first name."""

    model_config = ConfigDict(frozen=True)

    by: Sender
    name: str | None = None


async def tell_typing(redis: Redis, conversation_id: ConversationId, typing: Typing) -> None:
    """Tell whoever reads this conversation now. May raise RedisError."""
    throttle = key(conversation_id, f"typing:{typing.by}")
    if await redis.set(throttle, "", nx=True, px=TOLD_EVERY):
        await redis.publish(key(conversation_id, "signal"), typing.model_dump_json())
