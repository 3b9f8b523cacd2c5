"""Where tracking is found and what a status means: much of it without knowing who asks."""

from actions.base import AssistantAction
from actions.identity_questions import resume
from actions.order_details import OrderDetails
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.about_order import asks_what_that_means
from support.decisions.status_words import means_every_status, statuses_named
from support.decisions.wanted_detail import Detail
from support.systems.orders.models import ParcelStatus

_MEANING = {
    ParcelStatus.PROCESSING: ResponseKey.STATUS_MEANING_PROCESSING,
    ParcelStatus.PICKING: ResponseKey.STATUS_MEANING_PICKING,
    ParcelStatus.READY_TO_COLLECT: ResponseKey.STATUS_MEANING_READY_TO_COLLECT,
    ParcelStatus.SHIPPED: ResponseKey.STATUS_MEANING_SHIPPED,
    ParcelStatus.OUT_FOR_DELIVERY: ResponseKey.STATUS_MEANING_OUT_FOR_DELIVERY,
    ParcelStatus.DELIVERED: ResponseKey.STATUS_MEANING_DELIVERED,
}


class FindTrackingLink(AssistantAction):
    """The customer asks where tracking can be seen."""

    action_name = "action_find_tracking_link"

    def __init__(self, services: Services, order_details: OrderDetails) -> None:
        super().__init__(services)
        self.order_details = order_details

    async def answer(self, turn: Turn) -> Reply:
        """Tell where tracking is found; with an order at hand, its own numbers and links too."""
        places = Say(ResponseKey.TRACKING_LINK_PLACES)
        if not turn.order_numbers and turn.customer_id is None:
            return resume(turn, places)
        reply = await self.order_details.answer_about(turn, Detail.CARRIER)
        wants_number = turn.is_told and "where" not in turn.text.lower()
        return reply if wants_number else reply.preceded_by(places)


class StatusMeaning(AssistantAction):
    """The customer asks what a status means."""

    action_name = "action_status_meaning"

    def __init__(self, services: Services, order_details: OrderDetails) -> None:
        super().__init__(services)
        self.order_details = order_details

    async def answer(self, turn: Turn) -> Reply:
        """Explain the statuses that are named; else that of the order that was told about.

        What else is named there, such as "quality hold", stands on no list of ours.
        """
        named = [_MEANING[status] for status in statuses_named(turn.text)]
        own = asks_what_that_means(turn.text) or not means_every_status(turn.text)
        if not named and turn.is_told and own:
            return await self.order_details.answer_about(turn, Detail.MEANING)
        keys = named or [ResponseKey.STATUS_MEANING_ALL]
        return resume(turn, *(Say(key) for key in keys))
