"""The assistant has the conversation back from an agent. Nobody said anything."""

from typing import ClassVar

from actions.base import AssistantAction
from actions.identity_questions import RESOLVED
from actions.open_questions import CLOSED
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn


class GiveBack(AssistantAction):
    """Remembers what the agent settled, and asks what else there is.

    What was open before the agent came is settled or no longer asked; what the customer has shown
    and told stays known.
    """

    action_name = "action_give_back"
    ends_the_turn: ClassVar[bool] = False

    async def answer(self, turn: Turn) -> Reply:
        """Go on where the agent left off."""
        number = turn.slot("order_number")
        key = ResponseKey.GIVEN_BACK_WITH_ORDER if number else ResponseKey.GIVEN_BACK
        named = next((one for one in turn.said("topic") if one in set(Topic)), None)
        return Reply(
            says=(Say(key, words={"order_number": number} if number else {}),),
            slots={
                **RESOLVED,
                **CLOSED,
                "failures": 0,
                "person_offered": None,
                "offer": None,
                "choices": None,
                "topic": named or turn.slot("topic"),
                "agent_summary": next(iter(turn.said("summary")), None),
            },
            leaves_form=turn.active_form is not None,
        )
