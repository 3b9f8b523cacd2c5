"""A customer with one order, and the whole set of actions."""

import re

from redis.asyncio import Redis

from actions.responses import ResponseKey
from actions.services import Services
from support.decisions.identity import Level
from support.ids import ConversationId
from support.knowledge.library import Library
from support.systems.cases.memory import MemoryCaseSystem
from support.systems.marketplace.memory import MemoryMarketplace
from support.systems.notifications.memory import MemoryNotifications
from support.systems.orders.models import Order
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation

ACTIONS = {
    "affirm": "action_affirm",
    "deny": "action_deny",
    "provide_details": "action_use_details",
    "correct_detail": "action_correct_detail",
    "nlu_fallback": "action_fallback",
    "track_order": "action_order_status",
    "wrong_address": "action_wrong_address",
    "stop_or_cancel": "action_stop",
    "goodbye": "action_goodbye",
}


class Chat:
    """Says things as they were understood, and looks at what came of them."""

    def __init__(self, order: Order, redis: Redis, knowledge: Library | None = None) -> None:
        self.order = order
        self.services: Services = services_for_tests(order, redis=redis, knowledge=knowledge)
        self.talk = Conversation()
        self.actions = actions_of(self.services)

    @property
    def cases(self) -> MemoryCaseSystem:
        assert isinstance(self.services.cases, MemoryCaseSystem)
        return self.services.cases

    @property
    def marketplace(self) -> MemoryMarketplace:
        assert isinstance(self.services.marketplace, MemoryMarketplace)
        return self.services.marketplace

    @property
    def sender(self) -> MemoryNotifications:
        assert isinstance(self.services.notifications, MemoryNotifications)
        return self.services.notifications

    @property
    def matter(self) -> dict[str, object] | None:
        """What the open question is about."""
        found: dict[str, object] | None = self.talk.slots.get("matter")
        return found

    @property
    def sent_code(self) -> str:
        """The code that was sent last."""
        (code,) = re.findall(r"\b\d{6}\b", self.sender.sent[-1].text.get_secret_value())
        return code

    async def identify(self, level: Level) -> None:
        """Let the customer have shown this much already."""
        conversation = ConversationId(self.talk.conversation_id)
        await self.services.verified.remember(conversation, self.order.number, level)
        self.talk.slots["order_number"] = self.order.number

    async def begin(self, text: str, intent: str = "wrong_address") -> list[ResponseKey]:
        """Say what is wrong, with what identifies the customer."""
        return await self.say(
            text, intent, order_number=self.order.number, email=self.order.contact.email or ""
        )

    async def say(self, text: str, intent: str, **entities: str) -> list[ResponseKey]:
        """Say something that was understood so."""
        action = self.actions[ACTIONS[intent]]
        return await self.talk.turn(action, text, ranking={intent: 1.0}, **entities)

    async def press(self, answer: str) -> list[ResponseKey]:
        """Press a button."""
        pressed = f'/provide_details{{"answer": "{answer}"}}'
        return await self.say(pressed, "provide_details", answer=answer)
