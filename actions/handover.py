"""Customers who want a person: told how to reach one, and helped with what is wrong meanwhile."""

from typing import ClassVar

from actions.base import AssistantAction
from actions.choices import Answers
from actions.identity_questions import aside
from actions.order_topic import OrderTopic
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.understanding import also_meant


class PersonWanted(AssistantAction):
    """Says how to reach a person, then answers the problem that was named with it."""

    key: ClassVar[ResponseKey]

    def __init__(self, services: Services, answers: Answers) -> None:
        super().__init__(services)
        self.problems = {
            intent: action for intent, action in answers.items() if isinstance(action, OrderTopic)
        }

    async def answer(self, turn: Turn) -> Reply:
        """Deal with both where a message asks for a person and names a problem with an order."""
        problem = also_meant(turn.ranking, turn.intent, self.problems.keys())
        reply = await self._about(turn, problem)
        return reply.preceded_by(Say(self.key)).with_slots({"person_offered": True})

    async def _about(self, turn: Turn, problem: str | None) -> Reply:
        if problem is not None:
            return await self.problems[problem].answer(turn)
        if turn.said("order_number"):
            return await self.problems["track_order"].answer(turn)
        return aside(turn)


class RequestHuman(PersonWanted):
    """The customer asks for a person."""

    action_name = "action_request_human"
    key = ResponseKey.REQUEST_HUMAN


class Complaint(PersonWanted):
    """The customer complains."""

    action_name = "action_complaint"
    key = ResponseKey.COMPLAINT


class Distress(AssistantAction):
    """Somebody may be in danger. Nothing else is said or asked then."""

    action_name = "action_distress"
    ends_the_turn: ClassVar[bool] = False

    async def answer(self, turn: Turn) -> Reply:
        """Say who helps at once."""
        return aside(turn, Say(ResponseKey.DISTRESS))
