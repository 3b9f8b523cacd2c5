"""Sends the messages of one conversation, in their order, each once."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from gateway.conversation_log import (
    Conversation,
    ConversationLog,
    ConversationUnknown,
    Entry,
    Sender,
)
from support.ids import ConversationId
from support.state.addresses import address_key
from support.state.deliveries import DeliveryRecord
from support.systems.messaging.interface import MessageSender
from support.systems.messaging.models import Choice, Delivery, OutgoingMessage
from support.times import utc_now
from worker.outbound.attempts import Attempts, Books, GivenUp, Later, Piece

GIVE_UP_AFTER: Final = timedelta(hours=4)
"""An answer that is older would confuse more than it helps."""

_GIVEN_UP: Final = frozenset({Delivery.FAILED, Delivery.BLOCKED})


class Outbox:
    """Sends what is not sent yet. Only the holder of the conversation's outbound lease may use it.

    Every method may raise RedisError or StateUnavailable; nothing is lost then.
    """

    def __init__(
        self,
        conversations: ConversationLog,
        senders: Mapping[str, MessageSender],
        books: Books,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._log = conversations
        self._senders = senders
        self._books = books
        self._attempts = Attempts(books, now)
        self._now = now

    async def send_all(self, conversation_id: ConversationId) -> Later | None:
        """Send everything that is not sent; return when to go on if a provider cannot now."""
        conversation = await self._conversation(conversation_id)
        if conversation is None:
            return None
        after = await self._books.cursor.position(conversation_id)
        while page := await self._log.read(conversation_id, after=after):
            for entry in page:
                later = await self._send(conversation, entry)
                if later is not None:
                    return later
                await self._books.cursor.advance(conversation_id, entry.position)
            after = page[-1].position
        return None

    async def send_again(self, conversation_id: ConversationId, position: int) -> Later | None:
        """Send one message that was given up, as an operator wants."""
        conversation = await self._conversation(conversation_id)
        if conversation is None:
            return None
        entries = await self._log.read(conversation_id, after=position - 1)
        if not entries or entries[0].position != position:
            return None
        return await self._send(conversation, entries[0], given_up=False)

    async def _conversation(self, conversation_id: ConversationId) -> Conversation | None:
        try:
            return await self._log.conversation(conversation_id)
        except ConversationUnknown:
            return None

    async def _send(
        self, conversation: Conversation, entry: Entry, *, given_up: bool = True
    ) -> Later | None:
        """Send one entry, in as many pieces as its provider takes it, each of them once."""
        sender = self._senders.get(conversation.channel)
        if sender is None or conversation.address is None or entry.sender is Sender.CUSTOMER:
            return None
        whole = await self._outgoing(conversation, entry)
        try:
            for number, message in enumerate(sender.pieces(whole)):
                before = await self._books.deliveries.one(
                    conversation.conversation_id, entry.position, piece=number
                )
                piece = Piece(conversation, entry, number, message, before)
                later = await self._send_piece(piece, sender, given_up=given_up)
                if later is not None:
                    return later
        except GivenUp:
            pass
        return None

    async def _send_piece(
        self, piece: Piece, sender: MessageSender, *, given_up: bool
    ) -> Later | None:
        """Send a piece, unless that is done or must not be; raises GivenUp."""
        if piece.before is not None and _is_done(piece.before, given_up=given_up):
            if piece.before.state in _GIVEN_UP:
                raise GivenUp
            return None
        conversation = piece.conversation
        person = address_key(conversation.channel, piece.message.to, self._books.secret)
        if await self._books.consent.opt_out(person) is not None:
            await self._attempts.block(piece)
        if given_up and self._now() - piece.entry.at > GIVE_UP_AFTER:
            await self._attempts.give_up(piece, "too_old")
        return await self._attempts.send(piece, sender, person)

    async def _outgoing(self, conversation: Conversation, entry: Entry) -> OutgoingMessage:
        return OutgoingMessage(
            key=entry.message_id,
            to=conversation.address or "",
            text=_signed(entry),
            choices=tuple(Choice(id=one.id, title=one.title) for one in entry.body.quick_replies),
            last_heard_at=await self._last_heard_at(conversation),
        )

    async def _last_heard_at(self, conversation: Conversation) -> datetime | None:
        """Return when the customer last wrote; each provider has its own use for it."""
        return await self._log.asked_at(conversation.conversation_id)


def _signed(entry: Entry) -> str:
    """Return what is said; an agent's words begin with who says them, as no page shows it there."""
    author = entry.body.author
    return f"{author}: {entry.text}" if entry.sender is Sender.AGENT and author else entry.text


def _is_done(record: DeliveryRecord, *, given_up: bool) -> bool:
    """Say whether nothing is to be done; what was given up may be wanted again."""
    if record.state is Delivery.SENDING:
        return False
    return given_up or record.state not in _GIVEN_UP
