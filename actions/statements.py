"""Answers that need no look-up. An open question about identity is taken up again after them."""

from dataclasses import replace
from typing import ClassVar

from actions.base import AssistantAction
from actions.choices import CANCEL_CHOICES, offer
from actions.collecting import about_collecting, is_to_collect
from actions.delay import DeliveryDelayed
from actions.fallback import Fallback
from actions.identity_form import DetailsFirst, UseDetails
from actions.identity_questions import aside, resume
from actions.marketplace import is_sold_by_others
from actions.next_door import NEXT_DOOR
from actions.order_details import OrderDetails
from actions.order_topic import OrderTopic
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.about_order import asks_about_its_end, asks_to_hold
from support.decisions.asking import is_about_contact
from support.decisions.mood import is_bare_cancel, is_wordless
from support.decisions.next_door import NextDoor, next_door
from support.decisions.wanted_detail import Detail, names_own_item
from support.decisions.wrong_detail import is_about_contact_only, names_detail

_BETWEEN_QUESTIONS = {
    "greet": ResponseKey.GREET_BETWEEN_QUESTIONS,
    "thanks": ResponseKey.THANKS_BETWEEN_QUESTIONS,
    "bot_challenge": ResponseKey.BOT_CHALLENGE,
}


ACTION_LISTEN = "action_listen"
_MOST_WORDS_OF_A_MERE_WHY = 4


class Statement(AssistantAction):
    """Says one thing."""

    key: ClassVar[ResponseKey]

    async def answer(self, turn: Turn) -> Reply:
        """Say it."""
        return resume(turn, Say(self.key))


class AboutOrder(Statement):
    """A statement in place of which an order's own facts answer what is asked about it."""

    def __init__(self, services: Services, order_details: OrderDetails) -> None:
        super().__init__(services)
        self.order_details = order_details

    async def answer(self, turn: Turn) -> Reply:
        """Tell how the order ended, where that is asked; else say it."""
        if asks_about_its_end(turn.text):
            return await self.order_details.answer_about(turn, Detail.END)
        return await super().answer(turn)


class RefundOrReturn(AboutOrder):
    """About refunds and returns, which others settle."""

    action_name = "action_refund_or_return"
    key = ResponseKey.REFUND_OR_RETURN

    def __init__(
        self,
        services: Services,
        order_details: OrderDetails,
        status: OrderTopic,
        marketplace: OrderTopic,
    ) -> None:
        super().__init__(services, order_details)
        self.delay = DeliveryDelayed(services)
        self.status = status
        self.marketplace = marketplace

    async def answer(self, turn: Turn) -> Reply:
        """Go on to what can be asked for where the order is late; else say who settles it.

        Whoever named an order with it hears how that one stands, too. What a Marketplace seller
        sold is settled with the seller.
        """
        if asks_about_its_end(turn.text):
            return await super().answer(turn)
        remedy = await self.delay.asked_for_remedy(turn) or await self.delay.on_record(turn)
        if remedy is not None:
            return remedy
        if turn.gave_identity and turn.order_numbers and not turn.active_form:
            return (await self.status.answer(turn)).preceded_by(Say(self.key))
        if await is_sold_by_others(turn, self.services):
            return await self.marketplace.answer(turn)
        return await super().answer(turn)


class ChangeOrder(AboutOrder):
    """Wants other things in the order, or to have it kept for a while."""

    action_name = "action_change_order"
    key = ResponseKey.CHANGE_ORDER

    def __init__(
        self, services: Services, order_details: OrderDetails, collecting: OrderTopic
    ) -> None:
        super().__init__(services, order_details)
        self.collecting = collecting

    async def answer(self, turn: Turn) -> Reply:
        """Say what can be done to have it kept, where that is asked."""
        if not asks_to_hold(turn.text):
            return await super().answer(turn)
        if await is_to_collect(turn, self.services):
            return await self.collecting.answer(turn)
        return await self.order_details.answer_about(turn, Detail.HOLD)


class AskWhy(Statement):
    """Wants to know why details are asked, and whether it is safe to give them."""

    action_name = "action_ask_why"
    key = ResponseKey.WHY_DETAILS_ARE_ASKED

    def __init__(self, services: Services, fallback: Fallback) -> None:
        super().__init__(services)
        self.fallback = fallback

    async def answer(self, turn: Turn) -> Reply:
        """Say it; a mere "why" about an order that was told asks for something else."""
        mere = len(turn.text.split()) <= _MOST_WORDS_OF_A_MERE_WHY and not names_detail(turn.text)
        if mere and turn.is_told and not turn.active_form:
            return await self.fallback.answer(turn)
        return await super().answer(turn)


class GuestCheckout(Statement):
    """Ordered without an account."""

    action_name = "action_guest_checkout"
    key = ResponseKey.GUEST_CHECKOUT


class OtherLanguage(Statement):
    """Writes in another language than English."""

    action_name = "action_other_language"
    key = ResponseKey.OTHER_LANGUAGE


class CancelOrder(AboutOrder):
    """Wants the order cancelled, or just says "cancel"."""

    action_name = "action_cancel_order"
    key = ResponseKey.CANCEL_ORDER

    async def answer(self, turn: Turn) -> Reply:
        """Say what is possible; ask what is to be cancelled where that is not said."""
        if is_bare_cancel(turn.text):
            return ask_what_to_cancel(turn)
        return await super().answer(turn)


class LostDetails(DetailsFirst):
    """Does not have the order number, or does not know which contact was used."""

    action_name = "action_lost_details"

    def __init__(self, use_details: UseDetails, missing_parcel: OrderTopic) -> None:
        super().__init__(use_details.services, use_details)
        self.missing_parcel = missing_parcel

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Say where they are found, and what works without them; do not ask again right away.

        Once the order is told about, "I can't find it" is no detail but the parcel.
        """
        if turn.is_told and not names_detail(turn.text):
            return await self.missing_parcel.answer(turn)
        asked = is_about_contact(turn.slot("identity_question"))
        contact = asked or is_about_contact_only(turn.text)
        key = ResponseKey.LOST_CONTACT if contact else ResponseKey.LOST_ORDER_NUMBER
        return aside(turn, Say(key))


class OutOfScope(DetailsFirst):
    """Something this assistant does not do."""

    action_name = "action_out_of_scope"

    def __init__(
        self, use_details: UseDetails, order_details: OrderDetails, fallback: Fallback
    ) -> None:
        super().__init__(use_details.services, use_details)
        self.order_details = order_details
        self.fallback = fallback

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Say so, and where to go instead as far as that is known.

        Whoever is told so twice in a row may well have been misunderstood.
        """
        if collected := await about_collecting(turn, self.services, self.fallback.answers):
            return collected
        topic = next_door(turn.text)
        if topic is NextDoor.STORE and turn.is_told:
            return await self.order_details.answer_about(turn, Detail.STORE)
        if topic:
            return resume(turn, Say(NEXT_DOOR[topic])).with_slots({"failures": 0})
        if turn.is_told and names_own_item(turn.text):
            return await self.order_details.answer_about(turn, Detail.CONTENTS)
        if turn.count("failures") or is_wordless(turn.text):
            return await self.fallback.answer(turn)
        return resume(turn, Say(ResponseKey.OUT_OF_SCOPE)).with_slots({"failures": 1})


class Pleasantry(AssistantAction):
    """A greeting, thanks or the like between the questions about identity."""

    action_name = "action_pleasantry"

    async def answer(self, turn: Turn) -> Reply:
        """Answer in a few words, and come back to the question.

        The form is never left here: its rules hold only while it is active.
        """
        key = _BETWEEN_QUESTIONS.get(turn.intent or "", ResponseKey.GREET_BETWEEN_QUESTIONS)
        return replace(resume(turn, Say(key)), leaves_form=False)

    def finished(self, reply: Reply) -> Reply:
        """End the turn here: a rule that asks for an open question no longer fits its answer."""
        return reply if reply.then else replace(reply, then=ACTION_LISTEN)


def ask_what_to_cancel(turn: Turn) -> Reply:
    """Ask whether "cancel" means the order or this chat."""
    return offer(turn, Say(ResponseKey.CANCEL_WHAT), *CANCEL_CHOICES)
