"""One-time codes: sent to the order's own e-mail or phone, to be typed into the chat.

Six digits, ten minutes, five tries. A code is good for one conversation and one order, and is kept
as a keyed hash only. How often codes are sent is limited per conversation, and per order across
conversations; a new code takes the place of the one before.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final, NamedTuple

from pydantic import SecretStr
from redis.asyncio import Redis

from support.decisions.identity import Level
from support.identifiers.contact import email_on, mobile_on
from support.ids import ConversationId, OrderNumber
from support.masking import mask_email, mask_number
from support.state.codes import KeptCodes
from support.state.counters import count_down, count_up, hashed
from support.state.identity import VerifiedOrders
from support.systems.errors import SystemFailure
from support.systems.notifications.interface import Notifications
from support.systems.notifications.models import Notification, NotificationChannel
from support.systems.notifications.texts import code_subject, code_text
from support.systems.orders.models import Contact, Order

LIFE: Final = timedelta(minutes=10)
TRIES: Final = 5
_DIGITS: Final = 6


class SendLimit(NamedTuple):
    """So many codes within so much time, counted from the first one."""

    codes: int
    within: timedelta


LIMITS: Final[Mapping[str, SendLimit]] = MappingProxyType(
    {
        "conversation": SendLimit(3, timedelta(minutes=10)),
        "order": SendLimit(5, timedelta(hours=1)),
    }
)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a code went: `address` is masked. `others` are the channels it could have taken."""

    channel: NotificationChannel
    address: str
    others: tuple[NotificationChannel, ...]


class NotSent(StrEnum):
    """Why no code was sent."""

    NOWHERE = "nowhere"
    LIMITED = "limited"


class Outcome(StrEnum):
    """What became of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    SPENT = "spent"


class Verdict(NamedTuple):
    """What became of a code, and how many tries are left where it was wrong."""

    outcome: Outcome
    left: int = 0


def new_code() -> str:
    """Return six digits that nobody can foresee."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"


@dataclass(frozen=True, slots=True)
class OneTimeCodes:
    """Sends codes and checks them. Every method raises `StateUnavailable` without Redis."""

    redis: Redis
    notifications: Notifications
    verified: VerifiedOrders
    key: SecretStr
    life: timedelta = LIFE
    new_code: Callable[[], str] = new_code

    async def send(
        self,
        conversation_id: ConversationId,
        order: Order,
        *,
        prefer: NotificationChannel | None = None,
    ) -> Sent | NotSent:
        """Send a code to the order's own contact: as preferred if it can be, else by e-mail first.

        Raises a `SystemFailure` where the sender cannot be reached; then nothing counts as sent.
        """
        ways = _ways_to(order.contact)
        if not ways:
            return NotSent.NOWHERE
        counters = _counters(conversation_id, order.number)
        if not await self._is_allowed(counters):
            return NotSent.LIMITED
        channel = prefer if prefer is not None and prefer in ways else next(iter(ways))
        code = self.new_code()
        digest = self._digest(conversation_id, order.number, code)
        await self._kept.keep(conversation_id, order.number, digest, tries=TRIES, life=self.life)
        try:
            await self._notify(order, channel, ways[channel], code)
        except SystemFailure:
            await self._kept.forget(conversation_id, order.number, digest)
            await count_down(self.redis, counters)
            raise
        others = tuple(way for way in ways if way is not channel)
        return Sent(channel, _masked(channel, ways[channel]), others)

    async def check(
        self, conversation_id: ConversationId, number: OrderNumber, code: str
    ) -> Verdict:
        """Compare what was typed with the code last sent; the right one is good once.

        It raises the customer's level for the order to CODE.
        """
        tried = await self._kept.take_try(conversation_id, number)
        if tried is None:
            return Verdict(Outcome.EXPIRED)
        if tried.left < 0:
            return Verdict(Outcome.SPENT)
        if hmac.compare_digest(self._digest(conversation_id, number, code), tried.digest):
            await self.verified.remember(conversation_id, number, Level.CODE)
            await self._kept.forget(conversation_id, number, tried.digest)
            return Verdict(Outcome.RIGHT)
        return Verdict(Outcome.WRONG if tried.left else Outcome.SPENT, tried.left)

    @property
    def _kept(self) -> KeptCodes:
        return KeptCodes(self.redis)

    async def _is_allowed(self, counters: Mapping[str, SendLimit]) -> bool:
        """Count one more; what is refused does not count."""
        times = await count_up(self.redis, {key: one.within for key, one in counters.items()})
        if all(now <= one.codes for now, one in zip(times, counters.values(), strict=True)):
            return True
        await count_down(self.redis, counters)
        return False

    async def _notify(self, order: Order, channel: NotificationChannel, to: str, code: str) -> None:
        by_email = channel is NotificationChannel.EMAIL
        minutes = int(self.life.total_seconds() // 60)
        notification = Notification(
            channel=channel,
            to=to,
            subject=code_subject(order.brand) if by_email else None,
            text=code_text(code, brand=order.brand, minutes=minutes),
        )
        await self.notifications.send(notification, idempotency_key=secrets.token_hex(16))

    def _digest(self, conversation_id: ConversationId, number: OrderNumber, code: str) -> str:
        bound = f"{conversation_id}\0{number.upper()}\0{code}"
        return hmac.new(self.key.get_secret_value().encode(), bound.encode(), sha256).hexdigest()


def _ways_to(contact: Contact) -> Mapping[NotificationChannel, str]:
    """Return where a code can go, the usual way first. A landline gets no text messages."""
    ways = {
        NotificationChannel.EMAIL: email_on(contact.email),
        NotificationChannel.SMS: mobile_on(contact.phone),
    }
    return {channel: address for channel, address in ways.items() if address}


def _counters(conversation_id: ConversationId, number: OrderNumber) -> Mapping[str, SendLimit]:
    counted = {"conversation": conversation_id, "order": number.upper()}
    return {f"limits:codes:{kind}:{hashed(value)}": LIMITS[kind] for kind, value in counted.items()}


def _masked(channel: NotificationChannel, address: str) -> str:
    return mask_email(address) if channel is NotificationChannel.EMAIL else mask_number(address)
