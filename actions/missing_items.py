"""Part of an order is missing, or came broken or wrong."""

from collections.abc import Iterable

from actions.order_topic import OrderTopic
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from support.decisions.order_status import all_finished


class MissingItems(OrderTopic):
    """Part of the order is missing, or came broken."""

    action_name = "action_missing_items"
    topic = Topic.MISSING_ITEMS

    def add(self, view: OrderView) -> Iterable[Say]:
        """Say that other parcels are still coming, and who settles the rest."""
        if not all_finished(view.standings):
            yield Say(ResponseKey.MISSING_ITEMS_OTHER_PARCELS)
        yield Say(ResponseKey.MISSING_ITEMS_ADVICE)
