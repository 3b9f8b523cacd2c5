"""Tries to send one message to a provider, so that it is sent once whoever dies in between."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from pydantic import SecretStr

from gateway.conversation_log import Conversation, Entry
from support.state.addresses import AddressKey
from support.state.consent import Consent
from support.state.deliveries import Deliveries, DeliveryRecord
from support.systems.errors import SystemFailure, SystemRateLimited
from support.systems.messaging.errors import (
    MessageRejected,
    RecipientOptedOut,
    SendingUncertain,
)
from support.systems.messaging.interface import MessageSender
from support.systems.messaging.models import Delivery, OutgoingMessage
from worker.outbound.cursor import Cursor
from worker.outbound.dead_letters import DeadLetter, DeadLetters

log = structlog.get_logger("worker.outbound")

OPTED_OUT: Final = "opted_out"
"""Why nothing is sent to somebody who said STOP."""

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


@dataclass(frozen=True, slots=True)
class Piece:
    """One message to a provider: an entry of the log, or the part of a long one with this number.

    `before` is how it stood when it was looked at; None where it was never tried.
    """

    conversation: Conversation
    entry: Entry
    number: int
    message: OutgoingMessage
    before: DeliveryRecord | None


class GivenUp(Exception):
    """A piece is not sent, now or later, and so is not what would follow it in its entry."""


class Attempts:
    """Sends pieces. Every method may raise RedisError or StateUnavailable; nothing is lost then."""

    def __init__(self, books: Books, now: Callable[[], datetime]) -> None:
        self._deliveries = books.deliveries
        self._consent = books.consent
        self._dead_letters = books.dead_letters
        self._now = now

    async def send(self, piece: Piece, sender: MessageSender, person: AddressKey) -> Later | None:
        """Send a piece; return when to try again if the provider cannot now; raises GivenUp."""
        tries = piece.before.tries if piece.before else 0
        try:
            provider_id = await self._taken_before(piece, sender)
            if provider_id is None:
                begun = DeliveryRecord(
                    state=Delivery.SENDING, at=self._now(), tries=tries + 1, since=self._now()
                )
                # Written before the try: whoever finds it after a crash knows to ask first.
                await self._write(piece, begun)
                provider_id = await sender.send(piece.message)
        except RecipientOptedOut:
            await self._consent.stop(person, at=self._now(), by=piece.conversation.channel)
            await self.block(piece)
        except MessageRejected as error:
            await self.give_up(piece, error.code or error.detail)
        except _NotSettled as unsettled:
            return Later(unsettled.pause)
        except SystemFailure as failure:
            return await self._put_off(piece, tries + 1, failure)
        else:
            await self._sent(piece, provider_id, tries + 1)
        return None

    async def block(self, piece: Piece) -> None:
        """Note that this person wants nothing from us; raises GivenUp."""
        await self._note(piece, Delivery.BLOCKED, OPTED_OUT)
        raise GivenUp

    async def give_up(self, piece: Piece, reason: str) -> None:
        """Leave a message to operators; raises GivenUp."""
        await self._dead_letters.add(
            DeadLetter(
                conversation_id=piece.conversation.conversation_id,
                position=piece.entry.position,
                channel=piece.conversation.channel,
                reason=reason,
                at=self._now(),
            )
        )
        await self._note(piece, Delivery.FAILED, reason)
        raise GivenUp

    async def _taken_before(self, piece: Piece, sender: MessageSender) -> str | None:
        """Return the provider's id where an earlier try, whose end is not known, succeeded."""
        before = piece.before
        if before is None or before.state is not Delivery.SENDING or before.since is None:
            return None
        settled = before.since + SETTLED_AFTER
        if self._now() < settled:
            raise _NotSettled(settled - self._now())
        known = await self._deliveries.provider_ids(piece.conversation.conversation_id)
        return await sender.find(piece.message, since=before.since, known=known)

    async def _put_off(self, piece: Piece, tries: int, failure: SystemFailure) -> Later:
        """Remember a try that failed; one that certainly did not arrive need not be looked for."""
        if not isinstance(failure, SendingUncertain):
            waiting = DeliveryRecord(state=Delivery.SENDING, at=self._now(), tries=tries)
            await self._write(piece, waiting)
        _say(
            "outbound_put_off",
            piece,
            tries=tries,
            system=failure.system,
            kind=type(failure).__name__,
        )
        asked = failure.retry_after if isinstance(failure, SystemRateLimited) else None
        return Later(asked or pause_after(tries))

    async def _sent(self, piece: Piece, provider_id: str, tries: int) -> None:
        record = DeliveryRecord(
            state=Delivery.SENT, at=self._now(), tries=tries, provider_id=provider_id
        )
        await self._deliveries.sent(
            piece.conversation.channel,
            piece.conversation.conversation_id,
            piece.entry.position,
            record,
            piece=piece.number,
        )
        _say("outbound_sent", piece, tries=tries)

    async def _note(self, piece: Piece, state: Delivery, reason: str) -> None:
        tries = piece.before.tries if piece.before else 0
        record = DeliveryRecord(state=state, at=self._now(), tries=tries, reason=reason)
        await self._write(piece, record)
        _say("outbound_not_sent", piece, state=state.value, reason=reason)

    async def _write(self, piece: Piece, record: DeliveryRecord) -> None:
        await self._deliveries.write(
            piece.conversation.conversation_id, piece.entry.position, record, piece=piece.number
        )


class _NotSettled(Exception):
    """It is too early to ask what became of the last try."""

    def __init__(self, pause: timedelta) -> None:
        self.pause = pause
        super().__init__(f"to be asked in {pause.total_seconds():.1f} s")


def pause_after(tries: int) -> timedelta:
    """Return the wait after so many tries: 1, 2, 4... at most 300 seconds."""
    return timedelta(seconds=min(_MOST_SECONDS, _FIRST_SECONDS * 2.0 ** min(tries - 1, 10)))


def _say(event: str, piece: Piece, **fields: object) -> None:
    log.info(
        event,
        channel=piece.conversation.channel,
        conversation_id=piece.conversation.conversation_id,
        message_id=piece.entry.message_id,
        piece=piece.number,
        **fields,
    )
