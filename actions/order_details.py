"""One detail of an order, told briefly: what was asked, and not everything that is known."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from actions.detail_wording import DetailWording, is_withheld
from actions.order_topic import OrderTopic, Told
from actions.order_view import OrderView
from actions.parcel_choice import places_named
from actions.reply import Reply, Say
from actions.services import Services
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.choice import picked, picks_by_carrier
from support.decisions.wanted_detail import Detail, wanted_detail
from support.identification import LookedUpOrder
from support.systems.orders.models import Order


class OrderDetails(OrderTopic):
    """The customer asks what is in it, who carries it, where it goes, or who took it."""

    action_name = "action_order_details"
    topic = Topic.ORDER_DETAILS
    shows_order = False

    def __init__(self, services: Services, chosen_parcel: OrderTopic) -> None:
        super().__init__(services)
        self.chosen_parcel = chosen_parcel

    async def answer(self, turn: Turn) -> Reply:
        """Answer the detail; while it is asked whose order it is, remember which one."""
        if turn.is_told and picks_by_carrier(turn.text):
            return await self.chosen_parcel.answer(turn)
        return await self.answer_about(turn, _detail_of(turn))

    async def answer_about(self, turn: Turn, detail: Detail) -> Reply:
        """Answer this detail, whatever the words of the message."""
        wanted = turn.with_slot("wanted_detail", detail.value)
        reply = await super().answer(wanted)
        return reply.with_slots({"wanted_detail": detail.value})

    def remembered(self, turn: Turn, found: LookedUpOrder) -> Mapping[str, Any]:
        """Return the ordinary topic: the next order that is named is told about as a whole.

        What was withheld stays the topic: whoever then shows more is told it.
        """
        withheld = is_withheld(_noted(turn), found.level)
        return {"topic": self.topic if withheld else Topic.ORDER_STATUS}

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Return the detail, of the parcel that was chosen or else of all of them."""
        words = DetailWording.of(view, self.services)
        return Told(tuple(words.says(_noted(turn), turn.text, only=turn.count("chosen_parcel"))))

    def add(self, view: OrderView) -> Iterable[Say]:
        """Add nothing: the detail is the answer."""
        del view
        return ()


class ChosenParcel(OrderTopic):
    """The customer picks one parcel of the order that was told about."""

    action_name = "action_chosen_parcel"
    topic = Topic.PARCEL
    shows_order = False

    def remembered(self, turn: Turn, found: LookedUpOrder) -> Mapping[str, Any]:
        """Return which parcel was spoken of last."""
        places = _places(turn, found.order)
        chosen = places[0] + 1 if len(places) == 1 else None
        return {"topic": Topic.ORDER_STATUS, "chosen_parcel": chosen}

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Return the chosen parcels; the whole order where the words choose none."""
        places = _places(turn, view.order)
        if not places:
            return super().tell(turn, view)
        words = DetailWording.of(view, self.services)
        return Told(tuple(_all(words, places)))

    def add(self, view: OrderView) -> Iterable[Say]:
        """Add nothing: the parcel is the answer."""
        del view
        return ()


def _all(words: DetailWording, places: Iterable[int]) -> Iterator[Say]:
    for place in places:
        yield from words.parcel(place + 1).says()


def _places(turn: Turn, order: Order) -> tuple[int, ...]:
    """Return which parcels are picked: by place, by who brings them, or by what is in them."""
    chosen, count = turn.count("chosen_parcel"), len(order.parcels)
    places = picked(turn.text, count, current=chosen - 1 if chosen else None)
    return places or places_named(turn, order)


def _noted(turn: Turn) -> Detail:
    return Detail(turn.slot("wanted_detail") or Detail.CONTENTS)


def _detail_of(turn: Turn) -> Detail:
    """Return what is asked for; what was asked before, where this message only gives details."""
    earlier = turn.slot("wanted_detail")
    if earlier and turn.slot("topic") == Topic.ORDER_DETAILS and turn.gave_identity:
        return Detail(earlier)
    return wanted_detail(turn.text)
