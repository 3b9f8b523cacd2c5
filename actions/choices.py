"""Choices that customers are given, and what they pick: buttons that mean an intent."""

from collections.abc import Mapping
from dataclasses import replace

from actions.base import AssistantAction
from actions.identity_form import UseDetails
from actions.identity_questions import aside, resume
from actions.order_details import ChosenParcel
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.told_orders import earlier_order
from actions.turn import Turn
from support.decisions.choice import picked
from support.decisions.wishes import names_an_order

TITLES = {
    "track_order": ResponseKey.CHOICE_TRACK_ORDER,
    "eta_question": ResponseKey.CHOICE_ETA_QUESTION,
    "check_tracking": ResponseKey.CHOICE_CHECK_TRACKING,
    "tracking_not_updating": ResponseKey.CHOICE_TRACKING_NOT_UPDATING,
    "no_tracking_info": ResponseKey.CHOICE_NO_TRACKING_INFO,
    "find_tracking_link": ResponseKey.CHOICE_FIND_TRACKING_LINK,
    "status_meaning": ResponseKey.CHOICE_STATUS_MEANING,
    "delivered_not_received": ResponseKey.CHOICE_DELIVERED_NOT_RECEIVED,
    "missing_item_or_damaged": ResponseKey.CHOICE_MISSING_ITEM_OR_DAMAGED,
    "wrong_address": ResponseKey.CHOICE_WRONG_ADDRESS,
    "delivery_delayed": ResponseKey.CHOICE_DELIVERY_DELAYED,
    "click_and_collect": ResponseKey.CHOICE_CLICK_AND_COLLECT,
    "marketplace_order": ResponseKey.CHOICE_MARKETPLACE_ORDER,
    "order_details": ResponseKey.CHOICE_ORDER_DETAILS,
    "case_status": ResponseKey.CHOICE_CASE_STATUS,
    "notify_me": ResponseKey.CHOICE_NOTIFY_ME,
    "stop_notifications": ResponseKey.CHOICE_STOP_NOTIFICATIONS,
    "refund_or_return": ResponseKey.CHOICE_REFUND_OR_RETURN,
    "cancel_order": ResponseKey.CHOICE_CANCEL_ORDER,
    "change_order": ResponseKey.CHOICE_CHANGE_ORDER,
    "lost_details": ResponseKey.CHOICE_LOST_DETAILS,
    "request_human": ResponseKey.CHOICE_REQUEST_HUMAN,
    "complaint": ResponseKey.CHOICE_COMPLAINT,
    "stop_or_cancel": ResponseKey.CHOICE_STOP_OR_CANCEL,
}
"""Intents that may be offered, and what their buttons say."""

CANCEL_CHOICES = ("cancel_order", "stop_or_cancel")
"""What "cancel" alone may mean."""

SOMETHING_ELSE = "nlu_fallback"
"""What "something else" means: none of these was understood."""


Answers = Mapping[str, AssistantAction]
"""The action that answers each intent, as the rules have it."""


def offer(turn: Turn, question: Say, *intents: str, something_else: bool = False) -> Reply:
    """Return a question with a button for each intent. An open one about identity waits."""
    buttons = [Say(TITLES[intent], joins=True, choice=f"/{intent}") for intent in intents]
    if something_else:
        other = ResponseKey.CHOICE_SOMETHING_ELSE
        buttons.append(Say(other, joins=True, choice=f"/{SOMETHING_ELSE}"))
    return replace(aside(turn, question, *buttons), choices=intents)


class ChooseOne(AssistantAction):
    """The customer picks from what was listed: orders, choices, or the parcels of an order."""

    action_name = "action_choose_one"

    def __init__(
        self, use_details: UseDetails, chosen_parcel: ChosenParcel, answers: Answers
    ) -> None:
        super().__init__(use_details.services)
        self.use_details = use_details
        self.chosen_parcel = chosen_parcel
        self.answers = answers

    async def answer(self, turn: Turn) -> Reply:
        """Take what was listed last; ask which one, where nothing was."""
        if turn.gave_identity:
            return await self.use_details.answer(turn)
        if turn.several("choices"):
            return await self._intent(turn)
        if turn.several("offered_orders"):
            return await self._order(turn)
        if number := earlier_order(turn):
            return await self.use_details.answer(turn.about(number))
        if turn.slot("order_number") and not turn.active_form:
            return await self.chosen_parcel.answer(turn)
        return resume(turn, Say(ResponseKey.NOTHING_TO_CHOOSE))

    async def _intent(self, turn: Turn) -> Reply:
        choices = turn.several("choices")
        if choices == CANCEL_CHOICES and names_an_order(turn.text):
            return await self.answers["cancel_order"].answer(turn)
        places = picked(turn.text, len(choices))
        if len(places) != 1:
            return offer(turn, Say(ResponseKey.WHICH_CHOICE), *choices)
        return await self.answers[choices[places[0]]].answer(turn)

    async def _order(self, turn: Turn) -> Reply:
        numbers = turn.several("offered_orders")
        places = picked(turn.text, len(numbers), newest_first=True)
        if not places:
            return await self.use_details.answer_topic(turn)
        return await self.use_details.answer(turn.about(*(numbers[place] for place in places)))


def is_choice(turn: Turn) -> bool:
    """Say whether a message picks from what was listed: "the other order"."""
    listed = turn.several("choices") or turn.several("offered_orders")
    return bool(listed and picked(turn.text, len(listed)))
