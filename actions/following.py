"""Being told when something changes: offered after something was opened, with consent only."""

from actions.order_view import OrderView, Step
from actions.question_wording import put
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.shared_questions import Asker
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.state.follow_ups import FollowUp


class Following:
    """The question whether the customer wants to be told."""

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return yes or no."""
        del matter
        return turn.answer or yes_or_no(turn.intent, turn.text)

    async def go_on(
        self, asker: Asker, turn: Turn, view: OrderView, matter: Matter, answer: str
    ) -> Step:
        """Note the consent, or leave it."""
        del matter
        if answer != Answer.YES:
            return Step((Say(ResponseKey.NOT_FOLLOWING),))
        follow_up = FollowUp(turn.conversation_id, view.order.number)
        await asker.services.follow_ups.begin(follow_up, now=view.spoken.now)
        return Step((Say(ResponseKey.FOLLOWING),))


def offer_to_follow(topic: Topic, view: OrderView, says: tuple[Say, ...]) -> Step:
    """Return a step that ends with the offer to be told when something changes."""
    matter = Matter(Question.TELL_ME, topic, view.order.number)
    return Step((*says, *put(Question.TELL_ME)), matter)
