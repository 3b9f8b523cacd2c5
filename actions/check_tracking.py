"""A tracking number that is followed by itself, by whoever has it."""

from collections.abc import Sequence
from typing import Final

from actions.base import AssistantAction
from actions.carrier_question import ask_which_carrier, number_asked_about, read_carrier
from actions.open_questions import CLOSED, SLOT, matter_of
from actions.order_topic import OrderTopic
from actions.public_tracking import public_report, word_links, word_not_shown, word_public
from actions.questions import Matter, Question
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer
from support.decisions.carrier_of_number import carriers_that_fit
from support.decisions.identity import Level
from support.decisions.wishes import is_recipient
from support.identification import Asker
from support.identifiers.extract import identifiers_in
from support.ids import CarrierId, TrackingNumber
from support.mentions.carriers import carriers_in
from support.systems.carriers.registry import normalised_carrier, normalised_number
from support.systems.errors import SystemFailure
from support.systems.orders.errors import OrderNotFound

_MOST_NUMBERS: Final = 3
"""Numbers of one message that carriers are asked about."""

_SEVERAL: Final = 2


class CheckTracking(AssistantAction):
    """Somebody asks to track something, often with a tracking number at hand."""

    action_name = "action_check_tracking"
    topic = Topic.TRACKING_NUMBER

    def __init__(self, services: Services, history: OrderTopic) -> None:
        super().__init__(services)
        self.history = history

    async def answer(self, turn: Turn) -> Reply:
        """Tell what the carrier shows for a number that was given; else every scan of the order.

        Of a single number whose carrier no look-up settles, the customer is asked which it is.
        """
        numbers = [TrackingNumber(one) for one in turn.said("tracking_number")[:_MOST_NUMBERS]]
        if not numbers or turn.said("order_number"):
            return await self.history.answer(turn)
        told = {number: await self._told(turn, number) for number in numbers}
        if len(numbers) == 1 and not told[numbers[0]] and (asked := self._ask(turn, numbers[0])):
            return asked
        says = tuple(say for number in numbers for say in told[number] or self._links(number))
        gift = (Say(ResponseKey.TRACKING_OF_A_GIFT),) if is_recipient(turn.text) else ()
        return Reply(
            says=(*says, *gift),
            slots=CLOSED if _asks_for_carrier(matter_of(turn)) else {},
            leaves_form=turn.active_form is not None,
        )

    async def take(self, turn: Turn, matter: Matter) -> Reply | None:
        """Go on with the carrier that this message names; None where it answers something else."""
        number = number_asked_about(matter)
        other_numbers = set(turn.said("tracking_number")) - {number}
        carrier = None if other_numbers else read_carrier(turn, matter)
        if carrier is None:
            return None
        if isinstance(carrier, Answer):
            says = await self._shown_by(carriers_that_fit(number), number) or self._links(number)
        else:
            says = await self._told_by(carrier, number)
        return Reply(says=says, slots=CLOSED)

    async def _told(self, turn: Turn, number: TrackingNumber) -> tuple[Say, ...]:
        """Return what is known of a number; () where only its shape says whose it may be."""
        if any(found.check_digit_failed for found in identifiers_in(number)):
            return (Say(ResponseKey.TRACKING_CHECK_DIGIT, words={"tracking_number": str(number)}),)
        fitting = carriers_that_fit(number)
        named = await self._named(turn, number, fitting)
        if named is None:
            return await self._shown_by(fitting, number)
        others = [carrier for carrier in fitting if carrier != named]
        shown = await self._shown_by((named, *others), number)
        return shown or (word_not_shown(named, number, self.services.carriers),)

    async def _told_by(self, carrier: CarrierId, number: TrackingNumber) -> tuple[Say, ...]:
        shown = await self._shown_by((carrier,), number)
        return shown or (word_not_shown(carrier, number, self.services.carriers),)

    async def _shown_by(
        self, carriers: Sequence[CarrierId], number: TrackingNumber
    ) -> tuple[Say, ...]:
        """Return what the first of these that knows the number shows to whoever has it."""
        report = await public_report(number, carriers, self.services.carriers)
        if report is None:
            return ()
        return tuple(word_public(report, self.services.carriers, self.services.now()))

    async def _named(
        self, turn: Turn, number: TrackingNumber, fitting: Sequence[CarrierId]
    ) -> CarrierId | None:
        """Return whose an unclear number is by the customer's words, else by their order."""
        if len(fitting) == 1:
            return None
        said = {normalised_carrier(found.value) for found in carriers_in(turn.text)}
        named = [carrier for carrier in said if carrier in fitting or not fitting]
        if len(named) == 1:
            return named[0]
        return await self._carrier_on_order(turn, number)

    async def _carrier_on_order(self, turn: Turn, number: TrackingNumber) -> CarrierId | None:
        """Return who carries it by an order of this conversation, for those who may hear of it."""
        asker = Asker(turn.conversation_id, turn.sender_key)
        for order_number in turn.order_numbers:
            level = await self.services.identification.level(asker, order_number)
            if level is Level.NONE:
                continue
            try:
                found = await self.services.identification.look_up(order_number, level)
            except (OrderNotFound, SystemFailure):
                continue
            for parcel in found.order.parcels:
                if normalised_number(parcel.tracking_number or "") == number and parcel.carrier:
                    return normalised_carrier(parcel.carrier)
        return None

    def _ask(self, turn: Turn, number: TrackingNumber) -> Reply | None:
        """Ask whose number it is, unless that is clear, or something else is being asked."""
        matter = matter_of(turn)
        profiles = [self.services.carriers.profile(one) for one in carriers_that_fit(number)]
        if len(profiles) < _SEVERAL or (matter is not None and not _asks_for_carrier(matter)):
            return None
        says, asked = ask_which_carrier(number, profiles)
        return Reply(
            says=says,
            slots={SLOT: asked.written()},
            leaves_form=turn.active_form is not None,
        )

    def _links(self, number: TrackingNumber) -> tuple[Say, ...]:
        return (word_links(number, self.services.carriers),)


def _asks_for_carrier(matter: Matter | None) -> bool:
    return matter is not None and matter.question is Question.WHICH_CARRIER
