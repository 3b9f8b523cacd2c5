"""Topics whose answer is how an order stands, and what can be asked next."""

from collections.abc import Iterable

from actions.open_questions import matter_of
from actions.order_topic import OrderTopic, Told
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.outlook import Outlook, outlook_of

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


class StatusTopic(OrderTopic):
    """A topic whose answer is the facts themselves; it adds what can be asked next."""

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Return how the whole order stands, and what a "yes" to the last question means.

        While a procedure's question is open, it is the one that is put again after this.
        """
        if matter_of(turn) is not None:
            return Told(tuple(super().facts(view)))
        told = super().tell(turn, view)
        return Told(told.says, _OFFERED.get(outlook_of(view.standings)))

    def add(self, view: OrderView) -> Iterable[Say]:
        """Offer what is open as things stand."""
        key = _NEXT.get(outlook_of(view.standings))
        return (Say(key),) if key else ()


class OrderStatus(StatusTopic):
    """The customer asks where an order is."""

    action_name = "action_order_status"
    topic = Topic.ORDER_STATUS


class EtaQuestion(StatusTopic):
    """The customer asks when it will come. Every parcel's date is among the facts."""

    action_name = "action_eta"
    topic = Topic.ETA
