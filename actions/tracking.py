"""Tracking numbers, links and what a status means: much of it without knowing who asks."""

from actions.base import AssistantAction
from actions.identity_questions import resume
from actions.order_details import OrderDetails
from actions.order_topic import OrderTopic
from actions.public_tracking import public_report, word_public
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.about_order import asks_what_that_means
from support.decisions.carrier_of_number import carriers_that_fit
from support.decisions.status_words import statuses_named
from support.decisions.wanted_detail import Detail
from support.decisions.wishes import is_recipient
from support.identifiers.extract import identifiers_in
from support.ids import TrackingNumber
from support.systems.orders.models import ParcelStatus

_MOST_NUMBERS = 3
"""Numbers of one message that carriers are asked about."""

_MEANING = {
    ParcelStatus.PROCESSING: ResponseKey.STATUS_MEANING_PROCESSING,
    ParcelStatus.PICKING: ResponseKey.STATUS_MEANING_PICKING,
    ParcelStatus.READY_TO_COLLECT: ResponseKey.STATUS_MEANING_READY_TO_COLLECT,
    ParcelStatus.SHIPPED: ResponseKey.STATUS_MEANING_SHIPPED,
    ParcelStatus.OUT_FOR_DELIVERY: ResponseKey.STATUS_MEANING_OUT_FOR_DELIVERY,
    ParcelStatus.DELIVERED: ResponseKey.STATUS_MEANING_DELIVERED,
}


class CheckTracking(AssistantAction):
    """Somebody asks to track something, often with a tracking number at hand."""

    action_name = "action_check_tracking"

    def __init__(self, services: Services, history: OrderTopic) -> None:
        super().__init__(services)
        self.history = history

    async def answer(self, turn: Turn) -> Reply:
        """Tell what the carrier shows for a number that was given; else every scan of the order."""
        numbers = turn.said("tracking_number")
        if not numbers or turn.said("order_number"):
            return await self.history.answer(turn)
        says = [await self._followed(TrackingNumber(one)) for one in numbers[:_MOST_NUMBERS]]
        gift = (Say(ResponseKey.TRACKING_OF_A_GIFT),) if is_recipient(turn.text) else ()
        return Reply(
            says=(*(say for one in says for say in one), *gift),
            leaves_form=turn.active_form is not None,
        )

    async def _followed(self, number: TrackingNumber) -> tuple[Say, ...]:
        """Return what the carrier's own page would show, to whoever has the number."""
        report = await public_report(number, self.services.carriers)
        if report is None:
            return (self._link(number),)
        return tuple(word_public(report, self.services.carriers, self.services.now()))

    def _link(self, number: TrackingNumber) -> Say:
        words = {"tracking_number": str(number)}
        if any(found.check_digit_failed for found in identifiers_in(number)):
            return Say(ResponseKey.TRACKING_CHECK_DIGIT, words=words)
        profiles = [
            self.services.carriers.profile(carrier) for carrier in carriers_that_fit(number)
        ]
        linked = [profile for profile in profiles if profile.tracking_link(number)]
        if not linked:
            return Say(ResponseKey.TRACKING_NUMBER_UNKNOWN_SHAPE, words=words)
        words["carrier"] = linked[0].name
        words["link"] = linked[0].tracking_link(number) or ""
        if len(linked) == 1:
            return Say(ResponseKey.TRACKING_LINK, words=words)
        words["other_carrier"] = linked[1].name
        words["other_link"] = linked[1].tracking_link(number) or ""
        return Say(ResponseKey.TRACKING_LINKS, words=words)


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
        return reply.preceded_by(places)


class StatusMeaning(AssistantAction):
    """The customer asks what a status means."""

    action_name = "action_status_meaning"

    def __init__(self, services: Services, order_details: OrderDetails) -> None:
        super().__init__(services)
        self.order_details = order_details

    async def answer(self, turn: Turn) -> Reply:
        """Explain the statuses that are named; else that of the order that was told about."""
        named = [_MEANING[status] for status in statuses_named(turn.text)]
        if not named and turn.is_told and asks_what_that_means(turn.text):
            return await self.order_details.answer_about(turn, Detail.MEANING)
        keys = named or [ResponseKey.STATUS_MEANING_ALL]
        return resume(turn, *(Say(key) for key in keys))
