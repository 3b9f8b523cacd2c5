"""Takes what was posted on a channel into the conversation it belongs to, once."""

import asyncio
from dataclasses import dataclass
from typing import Final

import structlog
from redis.asyncio import Redis

from gateway import texts
from gateway.channels.address_book import AddressBook
from gateway.channels.choices import chosen, offered_last
from gateway.channels.inbound import InboundMessage
from gateway.channels.keywords import Keyword, keyword_of
from gateway.channels.names import Channel
from gateway.channels.opt_outs import OptOuts
from gateway.conversation_log import (
    Admission,
    ConversationClosed,
    ConversationLog,
    QuickReply,
    RateLimit,
    Reply,
    Sender,
    TooManyMessages,
)
from gateway.metrics import GatewayMetrics
from gateway.ownership import Owner
from gateway.text_cleaning import clean_text
from gateway.turn_queue import announce_turn
from support.ids import ConversationId
from support.state.addresses import AddressKey

log = structlog.get_logger("gateway.channels")

_KEYWORD_CHANNELS: Final = frozenset({Channel.SMS})
"""Where a whole-message STOP is the way to be left alone. Apps have a button for it."""

_RECENT: Final = 20
"""How many messages are looked at for choices that were offered."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a message is taken, and how many there may be."""

    characters: int
    rate: RateLimit


class Intake:
    """Takes messages in. What it has taken is safe; every method may raise RedisError.

    The same post may be taken as often as the provider likes to send it: there is one entry and
    one turn, also when an earlier try ended half-way.
    """

    def __init__(
        self,
        redis: Redis,
        conversations: ConversationLog,
        book: AddressBook,
        opt_outs: OptOuts,
        metrics: GatewayMetrics,
        limits: Limits,
    ) -> None:
        self._redis = redis
        self._log = conversations
        self._book = book
        self._opt_outs = opt_outs
        self._metrics = metrics
        self._limits = limits
        self._taking: dict[str, asyncio.Task[ConversationId]] = {}

    async def take(self, message: InboundMessage, person: AddressKey) -> ConversationId:
        """Take one message; raises TooManyMessages, which the provider may be told or not.

        However often the same post comes while it is being taken, Redis is asked once.
        """
        name = _client_id(message)
        taking = self._taking.get(name)
        if taking is None:
            taking = asyncio.create_task(self._take(message, person))
            self._taking[name] = taking
            taking.add_done_callback(lambda _: self._taking.pop(name, None))
        return await asyncio.shield(taking)

    async def _take(self, message: InboundMessage, person: AddressKey) -> ConversationId:
        conversation_id = await self._book.conversation_of(message, person)
        try:
            await self._take_into(conversation_id, message, person)
        except ConversationClosed:
            # Closed in this very moment: what is said now begins the next conversation.
            conversation_id = await self._book.move_on(message, person, closed=conversation_id)
            await self._take_into(conversation_id, message, person)
        return conversation_id

    async def _take_into(
        self, conversation_id: ConversationId, message: InboundMessage, person: AddressKey
    ) -> None:
        keyword = await self._keyword(message, person)
        if keyword is not None:
            await self._obey(keyword, message, conversation_id, person)
        elif not clean_text(message.text) and message.choice is None:
            await self._answer_picture(message, conversation_id)
        else:
            await self._opt_outs.carry_over(person, conversation_id)
            await self._begin_turn(message, conversation_id)

    async def _keyword(self, message: InboundMessage, person: AddressKey) -> Keyword | None:
        """Return what a message is taken for instead of being answered.

        Providers take "yes" for START. From somebody who never stopped us it answers a question.
        """
        if message.channel not in _KEYWORD_CHANNELS:
            return message.keyword
        ours = keyword_of(message.text)
        if message.keyword is Keyword.START and ours is None:
            return Keyword.START if await self._opt_outs.has_stopped(person) else None
        return message.keyword or ours

    async def _begin_turn(self, message: InboundMessage, conversation_id: ConversationId) -> None:
        text, payload = await self._words(message, conversation_id)
        admission = await self._admit(message, conversation_id, text, payload)
        if not admission.finished:
            # Also for a repeat: an earlier try may have ended between log and queue.
            await announce_turn(self._redis, conversation_id, admission.message_id)

    async def _words(
        self, message: InboundMessage, conversation_id: ConversationId
    ) -> tuple[str, str | None]:
        """Return what was said, and the payload if it was one of the choices that we offered."""
        text = clean_text(message.text)[: self._limits.characters]
        choice = await self._choice(message, conversation_id, text)
        return (choice.title, choice.payload) if choice else (text, None)

    async def _choice(
        self, message: InboundMessage, conversation_id: ConversationId, text: str
    ) -> QuickReply | None:
        if message.choice is not None:
            return await self._log.quick_reply(conversation_id, message.choice)
        offered = offered_last(await self._log.newest(conversation_id, _RECENT))
        found = chosen(text, offered)
        return await self._log.quick_reply(conversation_id, found.id) if found else None

    async def _obey(
        self,
        keyword: Keyword,
        message: InboundMessage,
        conversation_id: ConversationId,
        person: AddressKey,
    ) -> None:
        """Do what a keyword asks for, once. It is in the log for people to see, and no turn.

        The provider answers it: two answers to one STOP would be one too many.
        """
        if await self._log.has(conversation_id, _client_id(message)):
            # A STOP that is posted again must not undo the START that came after it.
            return
        if keyword is Keyword.STOP:
            await self._opt_outs.stop(person, conversation_id)
        elif keyword is Keyword.START:
            await self._opt_outs.start(person, conversation_id)
        await self._admit(message, conversation_id, clean_text(message.text), is_turn=False)
        log.info("keyword_obeyed", conversation_id=conversation_id, keyword=keyword.value)

    async def _answer_picture(
        self, message: InboundMessage, conversation_id: ConversationId
    ) -> None:
        """Say that only words can be read, unless an agent has the conversation."""
        admission = await self._admit(message, conversation_id, texts.PICTURE_ONLY, is_turn=False)
        if admission.ownership.owner is not Owner.AGENT:
            await self._log.append_reply(
                conversation_id,
                Reply(sender=Sender.SYSTEM, text=texts.CANNOT_SEE_PICTURES),
                dedupe_key=f"{admission.message_id}:picture",
                admitted=admission.ownership,
            )

    async def _admit(
        self,
        message: InboundMessage,
        conversation_id: ConversationId,
        text: str,
        payload: str | None = None,
        *,
        is_turn: bool = True,
    ) -> Admission:
        try:
            admission = await self._log.append_customer_message(
                conversation_id,
                client_message_id=_client_id(message),
                text=text,
                payload=payload,
                is_turn=is_turn,
                limit=self._limits.rate,
            )
        except TooManyMessages:
            log.warning("channel_message_over_limit", conversation_id=conversation_id)
            raise
        counted = self._metrics.messages_repeated if admission.repeated else None
        (counted or self._metrics.messages_accepted).inc()
        log.info(
            "channel_message_accepted",
            channel=message.channel.value,
            conversation_id=conversation_id,
            message_id=admission.message_id,
            repeated=admission.repeated,
        )
        return admission


def _client_id(message: InboundMessage) -> str:
    return f"{message.channel}:{message.provider_id}"
