"""What a Marketplace seller sells and sends."""

from collections.abc import Iterable

from actions.order_topic import OrderTopic
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic


class MarketplaceOrder(OrderTopic):
    """About something that a Marketplace seller sells."""

    action_name = "action_marketplace"
    topic = Topic.MARKETPLACE

    def add(self, view: OrderView) -> Iterable[Say]:
        """Say whose carriers and times apply."""
        sold_by_others = any(line.seller.marketplace for line in view.order.lines)
        yield Say(ResponseKey.MARKETPLACE_ADVICE if sold_by_others else ResponseKey.NOT_MARKETPLACE)
