"""Yes, no and stop: what they mean depends on what was asked before."""

from actions.base import AssistantAction
from actions.identity import RESOLVED, ask_again
from actions.identity_form import DetailsFirst
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.turn import Turn


class Affirm(DetailsFirst):
    """Yes."""

    action_name = "action_affirm"

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Take up the order that was offered; else ask what "yes" is about."""
        offered = turn.slot("offered_order")
        if offered is not None:
            return await self.use_details.answer(turn.about(offered))
        if turn.active_form:
            return ask_again(turn)
        return Reply(says=(Say(ResponseKey.YES_WITHOUT_QUESTION),))


class Deny(DetailsFirst):
    """No."""

    action_name = "action_deny"

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Leave what was offered, or go on with what was asked."""
        if turn.active_form:
            return ask_again(turn)
        return Reply(says=(Say(ResponseKey.NO_WITHOUT_QUESTION),), slots={"offered_order": None})


class Stop(AssistantAction):
    """Stop, never mind, start again."""

    action_name = "action_stop"

    async def answer(self, turn: Turn) -> Reply:
        """End whatever was going on. What was verified stays verified."""
        return Reply(
            says=(Say(ResponseKey.STOPPED),),
            slots={**RESOLVED, "topic": None, "offered_order": None, "failures": 0},
            leaves_form=turn.active_form is not None,
        )
