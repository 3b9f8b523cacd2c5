"""Finds out whether a customer may hear about an order, without telling strangers anything.

"No such order" and "wrong contact" end in the same outcome after the same time, so that nobody can
learn which order numbers exist. Failed attempts are limited per conversation, order and sender.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from time import monotonic
from typing import Final

from support.decisions.identity import Level
from support.facts import Evidence
from support.identifiers.contact import same_contact
from support.ids import ConversationId, CustomerId, OrderNumber, SenderKey
from support.state.attempts import Attempts
from support.state.identity import VerifiedOrders
from support.systems.errors import SystemFailure
from support.systems.orders.errors import OrderNotFound
from support.systems.orders.interface import OrderSystem
from support.systems.orders.models import Brand, Order

SOURCES: Final = {
    Brand.KMART: "Kmart order system",
    Brand.TARGET: "Target order system",
    Brand.UNKNOWN: "Order system",
}
"""What customers know each order system as."""

MOST_CONTACTS: Final = 3
"""Contacts of one message that are compared in one attempt: enough for people, not for lists."""


@dataclass(frozen=True, slots=True)
class LookedUpOrder:
    """An order, with who told us and when."""

    order: Order
    told: Evidence
    level: Level


class Refusal(StrEnum):
    """Why nothing is told. NOT_MATCHED never says which of the two details was wrong."""

    NOT_MATCHED = "not_matched"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is asking: the conversation, where it comes from, and the web shop's customer if any.

    `phone` is the number that the message came from, where the channel's provider vouches for it.
    """

    conversation_id: ConversationId
    sender_key: SenderKey
    customer_id: CustomerId | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Identification:
    """Checks details against the order system. `pace` is the step in which refusals are timed."""

    orders: OrderSystem
    verified: VerifiedOrders
    attempts: Attempts
    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    pace: timedelta = timedelta(milliseconds=750)

    async def level(self, asker: Asker, number: OrderNumber) -> Level:
        """Return what was shown earlier in this session for this order."""
        return (await self.verified.levels_of(asker.conversation_id)).get(number, Level.NONE)

    async def look_up(self, number: OrderNumber, level: Level) -> LookedUpOrder:
        """Read an order that the customer may hear about; raises `OrderNotFound`."""
        return self._looked_up(await self.orders.order(number), level)

    async def check_owner(self, asker: Asker, number: OrderNumber) -> LookedUpOrder | None:
        """Return the order if the signed-in customer placed it, else None, whatever the reason."""
        try:
            order = await self.orders.order(number)
        except OrderNotFound:
            return None
        if asker.customer_id is None or order.customer_id != asker.customer_id:
            return None
        await self.verified.remember(asker.conversation_id, number, Level.SIGNED_IN)
        return self._looked_up(order, Level.SIGNED_IN)

    async def check_sender(self, asker: Asker, number: OrderNumber) -> LookedUpOrder | None:
        """Return the order if the message came from the phone number on it, else None.

        That shows less than naming a contact does: a phone can lie around. "No such order" takes as
        long as another phone, and neither counts as a failed try: most people have just not been
        asked yet.
        """
        if asker.phone is None:
            return None
        started = monotonic()
        order = await self._order_or_none(number)
        if order is not None and same_contact(asker.phone, email=None, phone=order.contact.phone):
            await self.verified.remember(asker.conversation_id, number, Level.CHANNEL)
            return self._looked_up(order, Level.CHANNEL)
        await self._wait_for_the_next_step(started)
        return None

    async def check_contact(
        self, asker: Asker, number: OrderNumber, contacts: Sequence[str]
    ) -> LookedUpOrder | Refusal:
        """Compare an order number with what may be the checkout e-mail or phone, as typed.

        Several contacts of one message are one attempt; only the first `MOST_CONTACTS` are tried.
        """
        started = monotonic()
        attempt = (asker.conversation_id, number, asker.sender_key)
        allowed = await self.attempts.take(*attempt)
        try:
            order = await self._order_or_none(number) if allowed else None
        except SystemFailure:
            await self.attempts.give_back(*attempt)
            raise
        if order is not None and self._matches(order, contacts[:MOST_CONTACTS]):
            await self.attempts.give_back(*attempt)
            await self.verified.remember(asker.conversation_id, number, Level.MATCHED)
            return self._looked_up(order, Level.MATCHED)
        await self._wait_for_the_next_step(started)
        return Refusal.NOT_MATCHED if allowed else Refusal.LIMITED

    async def orders_of(self, customer_id: CustomerId) -> tuple[LookedUpOrder, ...]:
        """Return a signed-in customer's orders, newest first."""
        orders = await self.orders.orders_of(customer_id)
        return tuple(self._looked_up(order, Level.SIGNED_IN) for order in orders)

    async def _order_or_none(self, number: OrderNumber) -> Order | None:
        try:
            return await self.orders.order(number)
        except OrderNotFound:
            return None

    @staticmethod
    def _matches(order: Order, contacts: Sequence[str]) -> bool:
        on_order = order.contact
        same = [same_contact(one, email=on_order.email, phone=on_order.phone) for one in contacts]
        return any(same)

    async def _wait_for_the_next_step(self, started: float) -> None:
        pace = self.pace.total_seconds()
        elapsed = monotonic() - started
        await self.sleep(ceil(elapsed / pace) * pace - elapsed)

    def _looked_up(self, order: Order, level: Level) -> LookedUpOrder:
        return LookedUpOrder(order, Evidence(SOURCES[order.brand], self.now()), level)
