"""A customer with one order, whose messages go to the action that the rules name."""

from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.responses import ResponseKey
from actions.services import Services
from support.knowledge.library import Library
from support.systems.carriers.memory import MemoryCarriers
from support.systems.cases.memory import MemoryCaseSystem
from support.systems.marketplace.memory import MemoryMarketplace
from support.systems.orders.memory import MemoryOrderSystem
from support.systems.orders.models import Order
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.contract.project_files import rules

ACTION_OF = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"]
    for _, rule in rules()
    if "intent" in rule["steps"][0] and "condition" not in rule
}


class Customer:
    """Says things that were understood as the test says."""

    def __init__(
        self,
        order: Order,
        redis: Redis,
        *,
        knowledge: Library | None = None,
        carriers: MemoryCarriers | None = None,
    ) -> None:
        self.order = order
        self.services: Services = services_for_tests(
            order, redis=redis, knowledge=knowledge, carriers=carriers
        )
        self.talk = Conversation()
        self._actions = actions_of(self.services)

    @property
    def cases(self) -> MemoryCaseSystem:
        assert isinstance(self.services.cases, MemoryCaseSystem)
        return self.services.cases

    @property
    def marketplace(self) -> MemoryMarketplace:
        assert isinstance(self.services.marketplace, MemoryMarketplace)
        return self.services.marketplace

    @property
    def orders(self) -> MemoryOrderSystem:
        assert isinstance(self.services.orders, MemoryOrderSystem)
        return self.services.orders

    def action(self, name: str) -> AssistantAction:
        """Return one action."""
        return self._actions[name]

    async def say(self, text: str, intent: str, **entities: str) -> list[ResponseKey]:
        """Say something."""
        action = self.action(ACTION_OF[intent])
        return await self.talk.turn(action, text, ranking={intent: 1.0}, **entities)

    async def ask(self, text: str, intent: str) -> list[ResponseKey]:
        """Say something with what identifies the customer."""
        number, email = self.order.number, self.order.contact.email or ""
        return await self.say(text, intent, order_number=number, email=email)

    async def press(self, answer: str) -> list[ResponseKey]:
        """Press a button."""
        payload = f'/provide_details{{"answer": "{answer}"}}'
        return await self.say(payload, "provide_details", answer=answer)

    async def yes(self) -> list[ResponseKey]:
        """Say yes."""
        return await self.say("yes please", "affirm")

    async def no(self) -> list[ResponseKey]:
        """Say no."""
        return await self.say("no thanks", "deny")
