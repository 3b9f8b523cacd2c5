"""It is late."""

from collections.abc import Iterable

from actions.missing_parcel import MissingParcel, is_said_to_be_there
from actions.order_topic import OrderTopic
from actions.order_view import OrderView, Step
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn


class DeliveryDelayed(OrderTopic):
    """It is late."""

    action_name = "action_delivery_delayed"
    topic = Topic.DELAY
    has_procedure = True

    def add(self, view: OrderView) -> Iterable[Say]:
        """Say what can be asked for when it is overdue."""
        if _is_overdue(view):
            yield Say(ResponseKey.DELAY_ADVICE)

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Begin the checks for a parcel that should be there.

        "It still hasn't come" about a delivered order means that it cannot be found.
        """
        arrived = view.standings and all(is_said_to_be_there(one) for one in view.standings)
        if arrived and not _is_overdue(view):
            return await MissingParcel(self.services).begin(turn, view)
        return Step()


def _is_overdue(view: OrderView) -> bool:
    return any(one.eta and one.eta.value.overdue for one in view.standings)
