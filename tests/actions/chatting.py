"""A customer with one order, in a conversation with the whole set of actions."""

from collections.abc import Mapping

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
from support.systems.orders.memory import MemoryOrderSystem
from support.systems.orders.models import Order
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation

CODE_ASKED = ResponseKey.WHY_DETAILS_ARE_ASKED
"""What stands for the question for a code."""

ACTIONS: Mapping[str, str] = {
    "affirm": "action_affirm",
    "deny": "action_deny",
    "provide_details": "action_use_details",
    "nlu_fallback": "action_fallback",
    "track_order": "action_order_status",
    "delivery_delayed": "action_delivery_delayed",
    "refund_or_return": "action_refund_or_return",
    "tracking_not_updating": "action_tracking_trouble",
    "no_tracking_info": "action_tracking_trouble",
    "missing_item_or_damaged": "action_missing_items",
    "order_details": "action_order_details",
    "choose_one": "action_choose_one",
    "complaint": "action_complaint",
    "request_human": "action_request_human",
    "stop_or_cancel": "action_stop",
}


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
        self._order = order

    @property
    def cases(self) -> MemoryCaseSystem:
        assert isinstance(self.services.cases, MemoryCaseSystem)
        return self.services.cases

    @property
    def marketplace(self) -> MemoryMarketplace:
        assert isinstance(self.services.marketplace, MemoryMarketplace)
        return self.services.marketplace

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
        await self.services.verified.remember(conversation, self._order.number, level)

    def becomes(self, order: Order) -> None:
        """Let the order stand otherwise from now on."""
        assert isinstance(self.services.orders, MemoryOrderSystem)
        self.services.orders.add(order)

    async def begin(self, text: str, intent: str, **entities: str) -> list[ResponseKey]:
        """Say what is wrong, with what identifies the customer."""
        identity = {"order_number": self._order.number, "email": self._order.contact.email or ""}
        return await self.say(text, intent, **identity, **entities)

    async def say(self, text: str, intent: str, **entities: str) -> list[ResponseKey]:
        """Say something that was understood so."""
        action = self.actions[ACTIONS[intent]]
        return await self.talk.turn(action, text, ranking={intent: 1.0}, **entities)

    async def press(self, answer: str) -> list[ResponseKey]:
        """Press a button."""
        text = f'/provide_details{{"answer": "{answer}"}}'
        return await self.say(text, "provide_details", answer=answer)
