"""The customer asks to be told when something changes, or to be left alone again."""

from collections.abc import Iterable

from actions.base import AssistantAction
from actions.following import follow
from actions.identity_questions import resume
from actions.open_questions import CLOSED, matter_of
from actions.order_topic import OrderTopic, Told
from actions.order_view import OrderView, Step
from actions.questions import Question
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.status_topics import EtaQuestion
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.wishes import asks_for_date


class NotifyMe(OrderTopic):
    """Wants to be told when something changes. Asking for it is the consent."""

    action_name = "action_notify_me"
    topic = Topic.NOTIFICATIONS
    shows_order = False

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.eta = EtaQuestion(services)

    async def answer(self, turn: Turn) -> Reply:
        """Begin to follow; "can you tell me when it will come" asks for the date alone."""
        if asks_for_date(turn.text):
            return await self.eta.answer(turn.meaning("eta_question"))
        return await super().answer(turn)

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Tell how the order stands, unless that was told already."""
        if turn.is_told and not turn.gave_identity:
            return Told(())
        return super().tell(turn, view)

    def add(self, view: OrderView) -> Iterable[Say]:
        """Add nothing."""
        del view
        return ()

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Begin at once."""
        return await follow(self.services, turn.conversation_id, view)


class StopNotifications(AssistantAction):
    """Wants to be told no more."""

    action_name = "action_stop_notifications"

    async def answer(self, turn: Turn) -> Reply:
        """End every follow-up of this conversation, and confirm it."""
        ended = await self.services.follow_ups.stop(turn.conversation_id)
        key = ResponseKey.FOLLOWING_ENDED if ended else ResponseKey.NOTHING_FOLLOWED
        matter = matter_of(turn)
        asked = matter is not None and matter.question is Question.TELL_ME
        return resume(turn, Say(key)).with_slots(CLOSED if asked else {})
