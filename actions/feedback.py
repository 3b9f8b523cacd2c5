"""When the last answer missed the point."""

from actions.choices import offer
from actions.fallback import MAIN_TOPICS
from actions.identity_form import DetailsFirst
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.turn import Turn


class NotHelpful(DetailsFirst):
    """The customer says that the answer was not about the question.

    The slot `misunderstood_message` then names the message that was answered badly (the id under
    which the gateway took it in), for those who review what was misunderstood.
    """

    action_name = "action_not_helpful"

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Apologise, and offer what the question may have been about."""
        sorry = Say(ResponseKey.ANSWER_MISSED_THE_POINT)
        reply = offer(turn, sorry, *MAIN_TOPICS, something_else=True)
        return reply.with_slots({"misunderstood_message": turn.previous_message_id})
