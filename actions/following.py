"""Being told when something changes: offered after something was opened, with consent only."""

from actions.filed import filed_on
from actions.order_view import OrderView, Step
from actions.question_wording import put
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.shared_questions import Asker
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.decisions.follow_up import is_over, marks_of, snapshot
from support.decisions.wishes import ends_updates
from support.ids import ConversationId
from support.state.followed import FollowUp

ASKS_FOR_IT = "notify_me"


class Following:
    """The question whether the customer wants to be told."""

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return yes or no, in whichever words."""
        del matter
        if turn.answer:
            return turn.answer
        if ends_updates(turn.text):
            return Answer.NO
        return Answer.YES if turn.intent == ASKS_FOR_IT else yes_or_no(turn.intent, turn.text)

    async def go_on(
        self, asker: Asker, turn: Turn, view: OrderView, matter: Matter, answer: str
    ) -> Step:
        """Note the consent, or leave it."""
        del matter
        if answer != Answer.YES:
            return Step((Say(ResponseKey.NOT_FOLLOWING),))
        return await follow(asker.services, turn.conversation_id, view)


def offer_to_follow(topic: Topic, view: OrderView, says: tuple[Say, ...]) -> Step:
    """Return a step that ends with the offer to be told when something changes."""
    matter = Matter(Question.TELL_ME, topic, view.order.number)
    return Step((*says, *put(Question.TELL_ME)), matter)


async def follow(services: Services, conversation_id: ConversationId, view: OrderView) -> Step:
    """Begin to follow an order, from how it stands now; not where nothing can change any more."""
    known = await filed_on(services, view.order)
    if not known.problems and is_over(view.order, view.standings, known.filed):
        return Step((Say(ResponseKey.NOTHING_TO_FOLLOW, checked=(view.found.told,)),))
    await services.follow_ups.begin(
        FollowUp(conversation_id, view.order.number),
        level=view.found.level,
        told=snapshot(view.standings, known.filed),
        now=view.spoken.now,
        marks=marks_of(view.standings, known.filed),
        zone=view.spoken.zone.key,
    )
    number = {"order_number": str(view.order.number)}
    return Step((Say(ResponseKey.FOLLOWING, words=number),))
