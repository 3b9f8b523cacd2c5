"""Sends the messages of one conversation, in their order, each once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from pydantic import SecretStr

from gateway.conversation_log import (
    Conversation,
    ConversationLog,
    ConversationUnknown,
    Entry,
    Sender,
)
from support.ids import ConversationId
from support.state.addresses import AddressKey, address_key
from support.state.consent import Consent
from support.state.deliveries import Deliveries, DeliveryRecord
from support.systems.errors import SystemFailure, SystemRateLimited
from support.systems.messaging.errors import (
    MessageRejected,
    RecipientOptedOut,
    SendingUncertain,
)
from support.systems.messaging.interface import MessageSender
from support.systems.messaging.models import Choice, Delivery, OutgoingMessage
from support.times import utc_now
from worker.outbound.cursor import Cursor
from worker.outbound.dead_letters import DeadLetter, DeadLetters

log = structlog.get_logger("worker.outbound")

OPTED_OUT: Final = "opted_out"
"""Why nothing is sent to somebody who said STOP."""

GIVE_UP_AFTER: Final = timedelta(hours=4)
"""An answer that is older would confuse more than it helps."""

SETTLED_AFTER: Final = timedelta(seconds=5)
"""How long after an uncertain try a provider is asked what it knows."""

_FIRST_SECONDS: Final = 1.0
_MOST_SECONDS: Final = 300.0


@dataclass(frozen=True, slots=True)
class Later:
    """The conversation is to be looked at again after `pause`."""

    pause: timedelta


@dataclass(frozen=True, slots=True)
class Books:
    """What is written down about sending. `secret` turns addresses into keys."""

    deliveries: Deliveries
    consent: Consent
    cursor: Cursor
    dead_letters: DeadLetters
    secret: SecretStr


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
        self._deliveries = books.deliveries
        self._consent = books.consent
        self._cursor = books.cursor
        self._dead_letters = books.dead_letters
        self._secret = books.secret
        self._now = now

    async def send_all(self, conversation_id: ConversationId) -> Later | None:
        """Send everything that is not sent; return when to go on if a provider cannot now."""
        conversation = await self._conversation(conversation_id)
        if conversation is None:
            return None
        after = await self._cursor.position(conversation_id)
        while page := await self._log.read(conversation_id, after=after):
            for entry in page:
                later = await self._send(conversation, entry)
                if later is not None:
                    return later
                await self._cursor.advance(conversation_id, entry.position)
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
        """Send one message, unless that is done or must not be."""
        sender = self._senders.get(conversation.channel)
        if sender is None or conversation.address is None or entry.sender is Sender.CUSTOMER:
            return None
        before = await self._deliveries.one(conversation.conversation_id, entry.position)
        if before is not None and _is_done(before, given_up=given_up):
            return None
        person = address_key(conversation.channel, conversation.address, self._secret)
        if await self._consent.opt_out(person) is not None:
            await self._note(conversation, entry, before, Delivery.BLOCKED, OPTED_OUT)
            return None
        if given_up and self._now() - entry.at > GIVE_UP_AFTER:
            await self._give_up(conversation, entry, before, "too_old")
            return None
        return await self._try(sender, conversation, entry, before, person)

    async def _try(
        self,
        sender: MessageSender,
        conversation: Conversation,
        entry: Entry,
        before: DeliveryRecord | None,
        person: AddressKey,
    ) -> Later | None:
        message = await self._outgoing(conversation, entry)
        tries = before.tries if before else 0
        try:
            provider_id = await self._taken_before(sender, conversation, message, before)
            if provider_id is None:
                begun = DeliveryRecord(
                    state=Delivery.SENDING, at=self._now(), tries=tries + 1, since=self._now()
                )
                # Written before the try: whoever finds it after a crash knows to ask first.
                await self._deliveries.write(conversation.conversation_id, entry.position, begun)
                provider_id = await sender.send(message)
        except RecipientOptedOut:
            await self._consent.stop(person, at=self._now(), by=conversation.channel)
            await self._note(conversation, entry, before, Delivery.BLOCKED, OPTED_OUT)
            return None
        except MessageRejected as error:
            await self._give_up(conversation, entry, before, error.code or error.detail)
            return None
        except _NotSettled as unsettled:
            return Later(unsettled.pause)
        except SystemFailure as failure:
            return await self._put_off(conversation, entry, tries + 1, failure)
        await self._deliveries.sent(
            conversation.channel,
            conversation.conversation_id,
            entry.position,
            DeliveryRecord(
                state=Delivery.SENT, at=self._now(), tries=tries + 1, provider_id=provider_id
            ),
        )
        _say("outbound_sent", conversation, entry, tries=tries + 1)
        return None

    async def _taken_before(
        self,
        sender: MessageSender,
        conversation: Conversation,
        message: OutgoingMessage,
        before: DeliveryRecord | None,
    ) -> str | None:
        """Return the provider's id where an earlier try, whose end is not known, succeeded."""
        if before is None or before.state is not Delivery.SENDING or before.since is None:
            return None
        settled = before.since + SETTLED_AFTER
        if self._now() < settled:
            raise _NotSettled(settled - self._now())
        records = await self._deliveries.of(conversation.conversation_id)
        known = frozenset(one.provider_id for one in records.values() if one.provider_id)
        return await sender.find(message, since=before.since, known=known)

    async def _put_off(
        self, conversation: Conversation, entry: Entry, tries: int, failure: SystemFailure
    ) -> Later:
        """Remember a try that failed; one that certainly did not arrive need not be looked for."""
        if not isinstance(failure, SendingUncertain):
            waiting = DeliveryRecord(state=Delivery.SENDING, at=self._now(), tries=tries)
            await self._deliveries.write(conversation.conversation_id, entry.position, waiting)
        _say(
            "outbound_put_off",
            conversation,
            entry,
            tries=tries,
            system=failure.system,
            kind=type(failure).__name__,
        )
        asked = failure.retry_after if isinstance(failure, SystemRateLimited) else None
        return Later(asked or pause_after(tries))

    async def _give_up(
        self,
        conversation: Conversation,
        entry: Entry,
        before: DeliveryRecord | None,
        reason: str,
    ) -> None:
        """Leave a message to operators, and go on with the next one."""
        await self._dead_letters.add(
            DeadLetter(
                conversation_id=conversation.conversation_id,
                position=entry.position,
                channel=conversation.channel,
                reason=reason,
                at=self._now(),
            )
        )
        await self._note(conversation, entry, before, Delivery.FAILED, reason)

    async def _note(
        self,
        conversation: Conversation,
        entry: Entry,
        before: DeliveryRecord | None,
        state: Delivery,
        reason: str,
    ) -> None:
        tries = before.tries if before else 0
        record = DeliveryRecord(state=state, at=self._now(), tries=tries, reason=reason)
        await self._deliveries.write(conversation.conversation_id, entry.position, record)
        _say("outbound_not_sent", conversation, entry, state=state.value, reason=reason)

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


class _NotSettled(Exception):
    """It is too early to ask what became of the last try."""

    def __init__(self, pause: timedelta) -> None:
        self.pause = pause
        super().__init__(f"to be asked in {pause.total_seconds():.1f} s")


def _signed(entry: Entry) -> str:
    """Return what is said; an agent's words begin with who says them, as no page shows it there."""
    author = entry.body.author
    return f"{author}: {entry.text}" if entry.sender is Sender.AGENT and author else entry.text


def pause_after(tries: int) -> timedelta:
    """Return the wait after so many tries: 1, 2, 4... at most 300 seconds."""
    return timedelta(seconds=min(_MOST_SECONDS, _FIRST_SECONDS * 2.0 ** min(tries - 1, 10)))


def _is_done(record: DeliveryRecord, *, given_up: bool) -> bool:
    """Say whether nothing is to be done; what was given up may be wanted again."""
    if record.state is Delivery.SENDING:
        return False
    return given_up or record.state not in {Delivery.FAILED, Delivery.BLOCKED}


def _say(event: str, conversation: Conversation, entry: Entry, **fields: object) -> None:
    log.info(
        event,
        channel=conversation.channel,
        conversation_id=conversation.conversation_id,
        message_id=entry.message_id,
        **fields,
    )
