"""A customer with one order, in a conversation with the whole set of actions."""

import re

from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.open_questions import OpenQuestions
from actions.order_topic import OrderTopic
from actions.order_view import OrderView, Step
from actions.questions import Matter
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.identity import Level
from support.ids import ConversationId
from support.knowledge.disruptions import Disruptions
from support.knowledge.library import Library
from support.systems.carriers.memory import MemoryCarriers
from support.systems.cases.memory import MemoryCaseSystem
from support.systems.marketplace.memory import MemoryMarketplace
from support.systems.notifications.memory import MemoryNotifications
from support.systems.orders.memory import MemoryOrderSystem
from support.systems.orders.models import Order
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.contract.project_files import rules

CODE_ASKED = ResponseKey.WHY_DETAILS_ARE_ASKED
"""What stands for the question for a code."""

ACTION_OF = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"]
    for _, rule in rules()
    if "intent" in rule["steps"][0] and "condition" not in rule
}
"""What the rules answer each intent with."""


class Chat:
    """One conversation. `signed_in`: the web shop vouches that the order is this customer's."""

    def __init__(
        self,
        order: Order,
        redis: Redis,
        *,
        knowledge: Library | None = None,
        carriers: MemoryCarriers | None = None,
        disruptions: Disruptions | None = None,
        signed_in: bool = False,
    ) -> None:
        self.services: Services = services_for_tests(
            order, redis=redis, knowledge=knowledge, carriers=carriers, disruptions=disruptions
        )
        self.talk = Conversation(customer_id=order.customer_id if signed_in else None)
        self.actions: dict[str, AssistantAction] = actions_of(self.services)
        self.order = order

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

    @property
    def sender(self) -> MemoryNotifications:
        assert isinstance(self.services.notifications, MemoryNotifications)
        return self.services.notifications

    @property
    def sent_code(self) -> str:
        """The code that was sent last."""
        (code,) = re.findall(r"\b\d{6}\b", self.sender.sent[-1].text.get_secret_value())
        return code

    @property
    def matter(self) -> dict[str, object] | None:
        """What the open question is about."""
        found: dict[str, object] | None = self.talk.slots.get("matter")
        return found

    @property
    def question(self) -> str | None:
        """The question that is open."""
        matter = self.talk.slots.get("matter")
        return matter["question"] if matter else None

    def with_codes(self, kind: type[OrderTopic]) -> None:
        """Let a topic ask for a one-time code in a way that can be recognised."""

        class AsksForCode(kind):  # type: ignore[valid-type,misc]
            async def ask_code(
                self, turn: Turn, view: OrderView, matter: Matter, answer: str
            ) -> Step:
                del turn, view, answer
                return Step((Say(CODE_ASKED),), matter)

        topic = AsksForCode(self.services)
        self.actions[topic.action_name] = topic
        for action in self.actions.values():
            action.open_questions = OpenQuestions({topic.topic: topic})

    async def reaches(self, level: Level) -> None:
        """Show, in another way than with the checkout's contact, who is asking."""
        conversation = ConversationId(self.talk.conversation_id)
        await self.services.verified.remember(conversation, self.order.number, level)

    def becomes(self, order: Order) -> None:
        """Let the order stand otherwise from now on."""
        self.orders.add(order)

    async def identify(self, level: Level) -> None:
        """Let the customer have shown this much about the order already."""
        await self.reaches(level)
        self.talk.slots["order_number"] = self.order.number

    async def begin(
        self, text: str, intent: str = "wrong_address", **entities: str
    ) -> list[ResponseKey]:
        """Say what is wrong, with what identifies the customer."""
        identity = {"order_number": self.order.number, "email": self.order.contact.email or ""}
        return await self.say(text, intent, **identity, **entities)

    async def say(self, text: str, intent: str, **entities: str) -> list[ResponseKey]:
        """Say something that was understood so."""
        action = self.actions[ACTION_OF[intent]]
        return await self.talk.turn(action, text, ranking={intent: 1.0}, **entities)

    async def press(self, answer: str) -> list[ResponseKey]:
        """Press a button."""
        text = f'/provide_details{{"answer": "{answer}"}}'
        return await self.say(text, "provide_details", answer=answer)

    async def yes(self) -> list[ResponseKey]:
        """Say yes."""
        return await self.say("yes please", "affirm")

    async def no(self) -> list[ResponseKey]:
        """Say no."""
        return await self.say("no thanks", "deny")
