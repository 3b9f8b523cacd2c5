"""Topics whose answer is how an order stands, and what can be asked next."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from actions.cases import open_ones, state_of
from actions.delivery_times import places_in, word_everywhere, word_places
from actions.detail_wording import DetailWording
from actions.identity_questions import resume
from actions.open_questions import matter_of
from actions.order_topic import OrderTopic, Told, spoken_of
from actions.order_view import OrderView, Step
from actions.order_wording import word_order
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.shown import is_shown
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.eta_question import Asked, asked_about, is_about_target, method_asked
from support.decisions.identity import Deed, may
from support.decisions.order_status import method_of
from support.decisions.outlook import Outlook, outlook_of
from support.decisions.parcel_states import STILL_COMING
from support.decisions.region import PlaceName
from support.decisions.wanted_detail import Detail
from support.systems.cases.models import CaseKind
from support.systems.orders.models import DeliveryMethod

_NEXT = {
    Outlook.LATE: ResponseKey.NEXT_LATE,
    Outlook.ARRIVED: ResponseKey.NEXT_ARRIVED,
    Outlook.TROUBLE_AT_CARRIER: ResponseKey.NEXT_TROUBLE_AT_CARRIER,
    Outlook.COMING: ResponseKey.NEXT_COMING,
    Outlook.NOT_SENT: ResponseKey.NEXT_NOT_SENT,
}
PROBLEM_WITH_DELIVERY = "problem_with_delivery"
"""What "yes" means after something arrived: there is a problem, but not yet which."""

_OFFERED = {
    Outlook.LATE: "delivery_delayed",
    Outlook.ARRIVED: PROBLEM_WITH_DELIVERY,
    Outlook.TROUBLE_AT_CARRIER: "check_tracking",
}

PLACE_ASKED: Final = "place_asked"
"""The slot that holds the way of delivery whose times were told without a place."""

PLACE_SAID: Final = {PLACE_ASKED: None}


class StatusTopic(OrderTopic):
    """A topic whose answer is the facts themselves; it adds what can be asked next."""

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Return how the whole order stands, and what a "yes" to the last question means.

        While a procedure's question is open, it is the one that is put again after this.
        """
        if is_shown(turn, view):
            return self._in_short(turn, view)
        if matter_of(turn) is not None:
            return Told(tuple(self.facts(view)))
        told = super().tell(turn, view)
        return Told(told.says, _OFFERED.get(outlook_of(view.standings)))

    def _in_short(self, turn: Turn, view: OrderView) -> Told:
        """Return what was asked of an order that was shown, and what a "yes" means as before."""
        offered = _OFFERED.get(outlook_of(view.standings)) if matter_of(turn) is None else None
        asked = tuple(self.add(view)) if offered else ()
        return Told((*self.briefly(turn, view), *asked), offered)

    def add(self, view: OrderView) -> Iterable[Say]:
        """Offer what is open as things stand. What goes to a store has no tracking, no address."""
        outlook = outlook_of(view.standings)
        key = _NEXT.get(outlook)
        at_home = any(
            method_of(view.order, one.parcel) is not DeliveryMethod.CLICK_AND_COLLECT
            for one in view.standings
        )
        return (Say(key),) if key and (at_home or outlook is not Outlook.NOT_SENT) else ()


class OrderStatus(StatusTopic):
    """The customer asks where an order is."""

    action_name = "action_order_status"
    topic = Topic.ORDER_STATUS


class EtaQuestion(StatusTopic):
    """The customer asks when it will come, or how long delivery takes at all."""

    action_name = "action_eta"
    topic = Topic.ETA

    async def answer(self, turn: Turn) -> Reply:
        """Tell the dates of an order; what is not about one needs nobody to be identified."""
        places = places_in(turn)
        asked = self._asked(turn, names_place=bool(places))
        if asked is Asked.ORDER:
            return await super().answer(turn)
        if is_about_target(turn.text):
            return _with_an_offer(turn, resume(turn, Say(ResponseKey.ETA_TARGET_UNKNOWN)))
        return self._at_large(turn, asked, places)

    def _at_large(self, turn: Turn, asked: Asked, places: tuple[PlaceName, ...]) -> Reply:
        """Return the published times to these places, or everywhere."""
        method, publications = method_asked(turn.text), self.services.publications
        if asked is Asked.PLACE:
            said = resume(turn, *word_places(places, method, publications))
            return said.with_slots(PLACE_SAID)
        said = _with_an_offer(turn, resume(turn, *word_everywhere(method, publications)))
        return said.with_slots({PLACE_ASKED: method.value})

    def taken_up(self, turn: Turn) -> Reply | None:
        """Return the time to a place that is named after delivery times at large: "3220"."""
        asked, places = turn.slot(PLACE_ASKED), places_in(turn)
        if asked is None or not places or turn.gave_identity:
            return None
        says = word_places(places, DeliveryMethod(asked), self.services.publications)
        return resume(turn, *says).with_slots(PLACE_SAID)

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Tell the open case, if any, to those who know that nothing is coming any more."""
        coming = any(one.state.value in STILL_COMING for one in view.standings)
        if coming or not is_shown(turn, view) or not may(view.found.level, Deed.TELL_CASES):
            return Step()
        known = await open_ones(self.services, view.order.number, tuple(CaseKind), None)
        return Step(tuple(state_of(known[0], self.services, view.spoken)) if known else ())

    def facts(self, view: OrderView) -> Iterable[Say]:
        """Return how the whole order stands, each parcel's date first."""
        known = self.services
        return word_order(
            view.found,
            view.standings,
            known.carriers,
            known.knowledge,
            view.spoken,
            date_first=True,
        )

    def short_answer(self, turn: Turn, view: OrderView) -> Iterable[Say]:
        """Return each parcel's date in a line, or that of the one that is spoken of."""
        words = DetailWording.of(view, self.services)
        return words.says(Detail.DATE, turn.text, only=spoken_of(turn, view))

    def _asked(self, turn: Turn, *, names_place: bool) -> Asked:
        """Say what is asked. Whoever gives details, or pressed a button, means the order."""
        if turn.intent != "eta_question" or turn.gave_identity or turn.text.startswith("/"):
            return Asked.ORDER
        knows_order = bool(turn.order_numbers or turn.customer_id)
        return asked_about(turn.text, knows_order=knows_order, names_place=names_place)


def _with_an_offer(turn: Turn, reply: Reply) -> Reply:
    """Offer to look an order up, unless a question is open already."""
    if reply.then or turn.order_numbers or matter_of(turn) is not None:
        return reply
    return replace(reply.followed_by(Say(ResponseKey.ETA_OFFER_LOOK_UP)), offer="track_order")
