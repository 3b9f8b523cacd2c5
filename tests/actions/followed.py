"""A customer who follows an order, for tests of what is told then."""

from typing import Any

from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.ids import CaseReference, ConversationId, OrderNumber
from support.state.followed import FollowUp
from support.systems.cases.models import CaseKind, CaseRequest
from tests.actions.chatting import Chat
from tests.actions.services import now
from tests.orders import order, parcel_json

NUMBER = OrderNumber("410200341")
FOLLOW_UP = FollowUp(ConversationId("conversation-1"), NUMBER)
CASE = CaseReference("CASE-000001")
SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
DELIVERED = {"status": "delivered", "delivered_at": "2026-11-24T12:00:00+11:00"}


class Followed(Chat):
    """A customer who follows the order, and the worker that looks for news."""

    async def follow(self) -> None:
        """Ask to be told."""
        await self.begin("tell me when something changes", "notify_me")

    async def look(self) -> list[ResponseKey]:
        """Look once, as the worker does, and settle it as told."""
        payload = f'/follow_up{{"order_number": "{NUMBER}"}}'
        said = await self.say(payload, "follow_up", order_number=NUMBER)
        kept = self.services.follow_ups
        for look in await kept.take_due(now=now()):
            await kept.settle(look, told=True, now=now())
        return said

    def change(self, *parcels: dict[str, Any], **different: Any) -> None:
        """Let the order system know something new."""
        self.orders.add(order(*parcels, **different))


async def with_case(redis: Redis) -> Followed:
    customer = Followed(order(parcel_json(**DELIVERED)), redis)
    request = CaseRequest(kind=CaseKind.MISSING_PARCEL, order_number=NUMBER)
    await customer.cases.open(request, idempotency_key="1")
    await customer.follow()
    return customer
