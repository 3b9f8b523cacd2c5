"""The order goes to the wrong address."""

from collections.abc import Iterable

from actions.order_topic import OrderTopic
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from support.decisions.parcel_states import STILL_COMING, ParcelState

_NOT_DISPATCHED = {ParcelState.PROCESSING, ParcelState.PICKING, ParcelState.NOT_SCANNED_YET}


class WrongAddress(OrderTopic):
    """The order goes to the wrong address."""

    action_name = "action_wrong_address"
    topic = Topic.ADDRESS

    def add(self, view: OrderView) -> Iterable[Say]:
        """Say what is possible before and after dispatch."""
        coming = {one.state.value for one in view.standings} & (STILL_COMING | {ParcelState.HELD})
        if view.order.cancelled_at or (view.standings and not coming):
            yield Say(ResponseKey.ADDRESS_NOTHING_ON_ITS_WAY)
        elif coming - _NOT_DISPATCHED:
            yield Say(ResponseKey.ADDRESS_AFTER_DISPATCH)
        else:
            yield Say(ResponseKey.ADDRESS_BEFORE_DISPATCH)
