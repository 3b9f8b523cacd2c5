"""Customers who want a person: one is asked for, and what is wrong is dealt with meanwhile."""

from typing import ClassVar, Final

from actions.base import AssistantAction
from actions.choices import Answers
from actions.identity_questions import aside
from actions.order_topic import OrderTopic
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.case_status import speaks_of_a_case
from support.decisions.understanding import also_meant
from support.decisions.wishes import names_an_order
from support.handover import Reason

_CASES: Final = frozenset({"case_status"})
"""What a complaint may sound like to the classifier although it speaks of no case."""


class PersonWanted(AssistantAction):
    """Gets a person, then answers the problem that was named with it."""

    reason: ClassVar[Reason]
    key: ClassVar[ResponseKey]
    key_with_order: ClassVar[ResponseKey]

    def __init__(self, services: Services, answers: Answers) -> None:
        super().__init__(services)
        self.problems = {
            intent: action for intent, action in answers.items() if isinstance(action, OrderTopic)
        }

    async def answer(self, turn: Turn) -> Reply:
        """Deal with both where a message asks for a person and names a problem with an order."""
        named = names_an_order(turn.text)
        among = self.problems.keys() - (set() if speaks_of_a_case(turn.text) else _CASES)
        problem = also_meant(turn.ranking, turn.intent, among, in_words=named)
        reply = await self._about(turn, problem)
        return reply.preceded_by(self._say(turn)).with_slots({"person_offered": True})

    def _say(self, turn: Turn) -> Say:
        number = turn.slot("order_number")
        if number is None or turn.active_form:
            return Say(self.key, person=self.reason)
        return Say(self.key_with_order, words={"order_number": number}, person=self.reason)

    async def _about(self, turn: Turn, problem: str | None) -> Reply:
        if problem is not None:
            return await self.problems[problem].answer(turn)
        if turn.said("order_number"):
            return await self.problems["track_order"].answer(turn)
        return aside(turn)


class RequestHuman(PersonWanted):
    """The customer asks for a person."""

    action_name = "action_request_human"
    reason = Reason.ASKED
    key = ResponseKey.REQUEST_HUMAN
    key_with_order = ResponseKey.REQUEST_HUMAN_WITH_ORDER


class Complaint(PersonWanted):
    """The customer complains."""

    action_name = "action_complaint"
    reason = Reason.COMPLAINT
    key = ResponseKey.COMPLAINT
    key_with_order = ResponseKey.COMPLAINT_WITH_ORDER


class Distress(AssistantAction):
    """Somebody may be in danger. Nothing else is said or asked then."""

    action_name = "action_distress"
    ends_the_turn: ClassVar[bool] = False

    async def answer(self, turn: Turn) -> Reply:
        """Say who helps at once, and get a person."""
        return aside(turn, Say(ResponseKey.DISTRESS, person=Reason.DISTRESS))
