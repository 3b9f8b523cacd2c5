"""What STOP and START do: one record for whoever sends, and a word to those who have the chat."""

from dataclasses import dataclass

from gateway.handover import Handover
from support.ids import ConversationId
from support.state.addresses import AddressKey
from support.state.consent import Consent
from support.times import utc_now


@dataclass(frozen=True, slots=True)
class OptOuts:
    """Notes them. Every method may raise RedisError or StateUnavailable, and may be repeated."""

    consent: Consent
    handover: Handover

    async def stop(self, person: AddressKey, conversation_id: ConversationId) -> None:
        """Send this person nothing more: the composer is locked, and nobody asks for a rating."""
        await self.consent.stop(person, at=utc_now(), by="customer")
        await self.handover.customers.stop(conversation_id)

    async def has_stopped(self, person: AddressKey) -> bool:
        """Say whether this person may not be written to."""
        return await self.consent.opt_out(person) is not None

    async def carry_over(self, person: AddressKey, conversation_id: ConversationId) -> None:
        """Let a stop count in a conversation that began after it, too."""
        if await self.has_stopped(person):
            await self.handover.customers.stop(conversation_id)

    async def start(self, person: AddressKey, conversation_id: ConversationId) -> None:
        """Let this person be written to again."""
        await self.consent.start(person)
        await self.handover.customers.stop(conversation_id, stopped=False)
