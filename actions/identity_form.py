"""The questions about identity: validating what was given, and going on when all is there."""

from abc import abstractmethod
from typing import ClassVar, Final, Protocol, runtime_checkable

from actions.base import AssistantAction
from actions.check_tracking import CheckTracking
from actions.identity import NOT_BY_PHONE
from actions.identity_questions import IDENTITY_FORM, ask_again
from actions.order_topic import OrderTopic
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.asking import Manner, question
from support.decisions.choice import picks_by_carrier
from support.decisions.identity import NextStep


@runtime_checkable
class TakesUpPlaces(Protocol):
    """What told delivery times, and can tell them for a place."""

    def taken_up(self, turn: Turn) -> Reply | None:
        """Return the time to a place that this message names; None where it names none."""


class ValidateIdentityForm(AssistantAction):
    """Takes order number and contact from whatever message holds them.

    Where the message was sent from a phone, the number alone is enough to look: it may be theirs.
    """

    action_name = "validate_identity_form"
    ends_the_turn: ClassVar[bool] = False

    async def answer(self, turn: Turn) -> Reply:
        """Set the details this message gives; nothing, where it gives none."""
        if not turn.gave_identity and not turn.taken_back("order_number", "email", "phone"):
            return Reply()
        number = turn.order_numbers[-1] if turn.order_numbers else None
        step = NextStep.ASK_CONTACT if number else NextStep.ASK_ORDER_NUMBER
        not_tried = number is not None and turn.slot(NOT_BY_PHONE) != number
        phone_may_do = not_tried and turn.sender_phone and not turn.contact
        return Reply(
            slots={
                "order_number": number,
                "contact": turn.contact,
                "identity_question": question(step, Manner.FIRST),
                "times_asked": 1,
                **(_ENDS_THE_FORM if phone_may_do else {}),
            }
        )


_ENDS_THE_FORM: Final = {"requested_slot": None}
"""By this Rasa knows that nothing more is to be asked."""


class AnswerTopic(AssistantAction):
    """Answers what was asked before the questions about identity began."""

    action_name = "action_answer_topic"

    def __init__(self, services: Services, topics: dict[Topic, OrderTopic]) -> None:
        super().__init__(services)
        self.topics = topics

    async def answer(self, turn: Turn) -> Reply:
        """Answer the remembered topic, or where the order is."""
        return await self._topic_of(turn).answer(turn)

    async def answer_topic(self, turn: Turn) -> Reply:
        """Answer the remembered topic, whatever the message holds."""
        return await self._topic_of(turn).answer(turn)

    def _topic_of(self, turn: Turn) -> OrderTopic:
        return self.topics[Topic(turn.slot("topic") or Topic.ORDER_STATUS)]


class UseDetails(AnswerTopic):
    """Takes up details that were given, or corrected, without another question."""

    action_name = "action_use_details"

    def __init__(
        self, services: Services, topics: dict[Topic, OrderTopic], check_tracking: CheckTracking
    ) -> None:
        super().__init__(services, topics)
        self.check_tracking = check_tracking

    async def answer(self, turn: Turn) -> Reply:
        """Answer with the new details; say so where none can be made out."""
        if turn.gave_identity:
            return await super().answer(turn)
        if turn.said("tracking_number"):
            return await self.check_tracking.answer(turn)
        if place := self.place_for(turn):
            return place
        parcels = self.topics.get(Topic.PARCEL)
        if parcels and turn.is_told and picks_by_carrier(turn.text):
            return await parcels.answer(turn)
        if turn.several("offered_orders"):
            return await self.answer_topic(turn)
        say = Say(ResponseKey.DETAIL_NOT_RECOGNISED)
        return ask_again(turn, say) if turn.active_form == IDENTITY_FORM else Reply(says=(say,))

    def place_for(self, turn: Turn) -> Reply | None:
        """Return the delivery time to a place, where those at large were told just before."""
        eta = self.topics.get(Topic.ETA)
        return eta.taken_up(turn) if isinstance(eta, TakesUpPlaces) else None


class DetailsFirst(AssistantAction):
    """An action that lets details in a message come before what the message seems to mean.

    "No, it's 410200342" is an answer before it is a "no".
    """

    def __init__(self, services: Services, use_details: UseDetails) -> None:
        super().__init__(services)
        self.use_details = use_details

    async def answer(self, turn: Turn) -> Reply:
        """Take up the details; where there are none, answer the message itself."""
        if turn.gave_identity:
            return await self.use_details.answer(turn)
        return await self.answer_without_details(turn)

    @abstractmethod
    async def answer_without_details(self, turn: Turn) -> Reply:
        """Return what to say to a message that holds no details."""
