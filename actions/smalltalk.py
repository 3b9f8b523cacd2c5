"""Yes, no, stop and goodbye: what they mean depends on what was asked before."""

from actions.base import AssistantAction
from actions.choices import Answers, offer
from actions.collecting import about_collecting
from actions.fallback import MAIN_TOPICS
from actions.identity_form import DetailsFirst, UseDetails
from actions.identity_questions import RESOLVED, ask_again
from actions.notify_me import StopNotifications
from actions.open_questions import CLOSED, matter_of
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.second_problem import FORGOTTEN
from actions.statements import ask_what_to_cancel
from actions.status_topics import PROBLEM_WITH_DELIVERY
from actions.turn import Turn
from support.decisions.asking import offers_way_out
from support.decisions.missing_parcel import says_not_received
from support.decisions.mood import is_bare_cancel
from support.decisions.wishes import ends_updates, is_bare_stop


class Affirm(DetailsFirst):
    """Yes."""

    action_name = "action_affirm"

    def __init__(self, use_details: UseDetails, answers: Answers) -> None:
        super().__init__(use_details.services, use_details)
        self.answers = answers

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Take up what was offered; else ask what "yes" is about."""
        offered = turn.slot("offered_order")
        if offered is not None:
            return await self.use_details.answer(turn.about(offered))
        if turn.active_form:
            if offers_way_out(turn.slot("identity_question")):
                return await self.answers["lost_details"].answer(turn)
            return ask_again(turn)
        return await self._accept(turn)

    async def _accept(self, turn: Turn) -> Reply:
        offered, choices = turn.slot("offer"), turn.several("choices")
        if offered == PROBLEM_WITH_DELIVERY:
            question = Say(ResponseKey.WHICH_PROBLEM)
            return offer(turn, question, "delivered_not_received", "missing_item_or_damaged")
        if offered is not None and offered in self.answers:
            return await self.answers[offered].answer(turn)
        if choices:
            return offer(turn, Say(ResponseKey.WHICH_CHOICE), *choices)
        question = Say(ResponseKey.YES_WITHOUT_QUESTION)
        return offer(turn, question, *MAIN_TOPICS, something_else=True)


class Deny(DetailsFirst):
    """No."""

    action_name = "action_deny"

    def __init__(self, use_details: UseDetails, answers: Answers) -> None:
        super().__init__(use_details.services, use_details)
        self.answers = answers

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Leave what was offered, or go on with what was asked.

        "No, I never got it" about an order that was told about says more than no, and so does
        "does he need ID".
        """
        if ends_updates(turn.text):
            return await StopNotifications(self.services).answer(turn)
        if turn.active_form:
            return ask_again(turn)
        if turn.is_told and says_not_received(turn.text):
            return await self.answers["delivered_not_received"].answer(turn)
        if collected := await about_collecting(turn, self.services, self.answers):
            return collected
        return _declined(turn)


def _declined(turn: Turn) -> Reply:
    """Leave what was offered; else it is a no to nothing that was asked."""
    if turn.slot("offer") == PROBLEM_WITH_DELIVERY:
        return offer(turn, Say(ResponseKey.NO_PROBLEM), "delivered_not_received")
    if turn.several("choices"):
        return Reply(says=(Say(ResponseKey.NONE_OF_THE_CHOICES),))
    if len(turn.several("offered_orders")) > 1:
        return Reply(says=(Say(ResponseKey.WHICH_OTHER_ORDER),), slots={"offered_order": None})
    return Reply(says=(Say(ResponseKey.NO_WITHOUT_QUESTION),), slots={"offered_order": None})


class Stop(AssistantAction):
    """Stop, never mind, start again; or just "cancel", which may mean the order.

    "Stop" with nothing else to stop means the updates, as everybody knows it from text messages.
    """

    action_name = "action_stop"

    async def answer(self, turn: Turn) -> Reply:
        """End whatever was going on. What was verified stays verified."""
        if is_bare_cancel(turn.text):
            return ask_what_to_cancel(turn)
        updates = ends_updates(turn.text)
        if updates or (is_bare_stop(turn.text) and not _is_something_open(turn)):
            ended = await self.services.follow_ups.stop(turn.conversation_id)
            if ended or updates:
                key = ResponseKey.FOLLOWING_ENDED if ended else ResponseKey.NOTHING_FOLLOWED
                return _ended(turn, key)
        return _ended(turn, ResponseKey.STOPPED)


def _is_something_open(turn: Turn) -> bool:
    return bool(turn.active_form or matter_of(turn) or turn.several("choices"))


class Goodbye(AssistantAction):
    """Goodbye between the questions about identity, which are left."""

    action_name = "action_goodbye"

    async def answer(self, turn: Turn) -> Reply:
        """Say goodbye; what was given is kept."""
        return _ended(turn, ResponseKey.GOODBYE)


def _ended(turn: Turn, key: ResponseKey) -> Reply:
    return Reply(
        says=(Say(key),),
        slots={
            **RESOLVED,
            **CLOSED,
            **FORGOTTEN,
            "topic": None,
            "offered_order": None,
            "offered_orders": None,
        },
        leaves_form=turn.active_form is not None,
    )
