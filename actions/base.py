"""What every action shares: one place where a failure becomes a reply, never silence."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import structlog
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.besides import with_what_else_was_meant
from actions.brands import for_brand
from actions.open_questions import NOTHING_OPEN, OpenQuestions
from actions.person_request import person_request
from actions.repeating import with_person_if_repeated
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.text_messages import SMS, for_text_message
from actions.turn import Turn
from support.state.errors import StateUnavailable
from support.systems.deadline import REPLY_SECONDS, reply_within
from support.systems.errors import SystemFailure

log = structlog.get_logger(__name__)

_ORDERS_UNAVAILABLE = ResponseKey.ORDER_SYSTEM_UNAVAILABLE
_UNAVAILABLE = {
    "cases": ResponseKey.CASE_SYSTEM_UNAVAILABLE,
    "marketplace": ResponseKey.MARKETPLACE_UNAVAILABLE,
    "notifications": ResponseKey.SENDER_UNAVAILABLE,
}


class AssistantAction(Action, ABC):
    """An action that answers with a `Reply`. Subclasses write `answer`, and nothing else."""

    action_name: str
    ends_the_turn: ClassVar[bool] = True
    """Whether this answer is the last of its turn, behind which a person may be mentioned."""

    open_questions: OpenQuestions = NOTHING_OPEN
    """Set when all actions are built: the procedures that ask are actions themselves."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        """Return the name under which the domain lists this action."""
        return self.action_name

    @abstractmethod
    async def answer(self, turn: Turn) -> Reply:
        """Return what to say. Failures of systems may be raised: they become an apology."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answer one turn for Rasa."""
        del domain
        turn = Turn.of(tracker)
        with reply_within(min(REPLY_SECONDS, turn.seconds_left)):
            reply = await self._whole_answer(turn)
            request = (
                await person_request(turn, reply.slots, self.services, reply.person)
                if reply.person
                else None
            )
        says = for_text_message(reply.says) if turn.channel == SMS else reply.says
        for say in says:
            say.utter(dispatcher, request)
        return reply.events()

    async def _whole_answer(self, turn: Turn) -> Reply:
        reply = await self._answer_or_apologise(turn)
        if not self.ends_the_turn:
            return reply
        reply = with_what_else_was_meant(turn, with_person_if_repeated(turn, reply))
        reply = for_brand(turn, reply, self.services.knowledge)
        return self.finished(reply.with_slots(_open_offers(turn, reply)))

    async def _answer_or_apologise(self, turn: Turn) -> Reply:
        try:
            return await self._answer_or_take_up(turn)
        except SystemFailure as failure:
            log.warning(
                "action.system_failed",
                action=self.action_name,
                conversation_id=turn.conversation_id,
                system=failure.system,
                kind=type(failure).__name__,
            )
            return self._apology(turn, _UNAVAILABLE.get(failure.system, _ORDERS_UNAVAILABLE))
        except StateUnavailable:
            # Without Redis the turn cannot be kept either: it is tried again as a whole.
            log.warning("action.state_failed", action=self.action_name)
            raise
        except Exception:
            log.exception(
                "action.crashed", action=self.action_name, conversation_id=turn.conversation_id
            )
            return self._apology(turn, ResponseKey.TROUBLE)

    async def _answer_or_take_up(self, turn: Turn) -> Reply:
        """Answer the message; where it answers an open question, go on with that instead."""
        if not self.ends_the_turn:
            return await self.answer(turn)
        reply = await self.open_questions.take(turn)
        if reply is None:
            reply = self.open_questions.kept_open(turn, await self.answer(turn))
        return await self.open_questions.with_second_problem(turn, reply)

    def finished(self, reply: Reply) -> Reply:
        """Return a reply as it ends the turn."""
        return reply

    def slots_after_failure(self) -> dict[str, str]:
        """Return what to remember when a system failed, so that "try again" is enough."""
        return {}

    def _apology(self, turn: Turn, key: ResponseKey) -> Reply:
        return Reply(
            says=(Say(key),),
            slots=self.slots_after_failure(),
            leaves_form=turn.active_form is not None,
        )


def _open_offers(turn: Turn, reply: Reply) -> dict[str, Any]:
    """Return what "yes" and "the second one" mean from now on, where that has changed."""
    meant = {"offer": reply.offer, "choices": list(reply.choices) or None}
    return {name: value for name, value in meant.items() if value != turn.slots.get(name)}
