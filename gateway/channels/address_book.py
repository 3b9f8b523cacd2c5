"""Which conversation belongs to an address on a channel, and to a post that came before."""

import time
from datetime import timedelta
from typing import Final

from redis.asyncio import Redis

from gateway.channels.inbound import InboundMessage
from gateway.conversation_log import Conversation, ConversationLog, ConversationUnknown
from gateway.ownership import Owner
from support.ids import ConversationId, SenderKey
from support.state.addresses import AddressKey

REMEMBERED: Final = timedelta(days=7)
"""How long a post is known again. Longer than any provider goes on sending the same one."""

CONVERSATIONS: Final = "channels:conversations"
"""Sorted set of the conversations that are answered through a provider, by their last message."""

_MAY_BE_LEFT: Final = frozenset({Owner.BOT, Owner.TICKET})
"""While nobody is at work on a conversation, a message after a long silence begins another one."""

_REPLACE: Final = """
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return held end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return ARGV[2]
"""
"""Points to another conversation, unless somebody else did since the expected one was read."""


class AddressBook:
    """Finds and opens conversations. Every method may raise RedisError."""

    def __init__(
        self, redis: Redis, log: ConversationLog, *, idle: timedelta, keep: timedelta
    ) -> None:
        self._redis = redis
        self._log = log
        self._idle = idle
        self._keep = keep
        self._replace = redis.register_script(_REPLACE)

    async def conversation_of(self, message: InboundMessage, person: AddressKey) -> ConversationId:
        """Return the conversation in which this post is, or belongs; the same one at each repeat.

        However often and at once it is asked: what Redis has written first stands.
        """
        posted = _posted(message)
        known = await self._redis.get(posted)
        if known is None:
            current = await self._current(message, person)
            await self._redis.set(posted, current, nx=True, ex=REMEMBERED)
            known = await self._redis.get(posted) or current
        conversation_id = ConversationId(str(known))
        await self._redis.zadd(CONVERSATIONS, {conversation_id: time.time()})
        return conversation_id

    async def move_on(
        self, message: InboundMessage, person: AddressKey, *, closed: ConversationId
    ) -> ConversationId:
        """Return the conversation that follows one which closed before it held this post."""
        following = await self._current(message, person)
        milliseconds = int(REMEMBERED.total_seconds() * 1000)
        held = await self._replace(keys=[_posted(message)], args=[closed, following, milliseconds])
        await self._redis.zadd(CONVERSATIONS, {held: time.time()})
        return ConversationId(str(held))

    async def _current(self, message: InboundMessage, person: AddressKey) -> ConversationId:
        """Return the conversation of this person, opening one where there is none to go on with."""
        pointer = f"channels:current:{{{person}}}"
        current = await self._redis.get(pointer)
        if current is not None and await self._goes_on(ConversationId(str(current))):
            await self._redis.pexpire(pointer, self._keep)
            return ConversationId(str(current))
        opened = await self._log.create(
            channel=message.channel, sender_key=SenderKey(person), address=message.address
        )
        milliseconds = int(self._keep.total_seconds() * 1000)
        held = await self._replace(keys=[pointer], args=[current or "", opened, milliseconds])
        if held != opened:
            # Another post of the same person was faster by a moment.
            await self._log.discard(opened)
        return ConversationId(str(held))

    async def _goes_on(self, conversation_id: ConversationId) -> bool:
        try:
            conversation = await self._log.conversation(conversation_id)
        except ConversationUnknown:
            return False
        if conversation.owner is Owner.CLOSED:
            return False
        return conversation.owner not in _MAY_BE_LEFT or not await self._is_idle(conversation)

    async def _is_idle(self, conversation: Conversation) -> bool:
        last = await self._redis.zscore(CONVERSATIONS, conversation.conversation_id)
        # Without a time it was opened this very moment, by another post.
        return last is not None and time.time() - float(last) > self._idle.total_seconds()


def _posted(message: InboundMessage) -> str:
    return f"channels:posted:{{{message.channel}:{message.provider_id}}}"
