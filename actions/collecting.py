"""Whether an order that was told about is one to collect, and what is then asked about it."""

from typing import Final

from actions.choices import Answers
from actions.identity import identify
from actions.reply import Reply
from actions.services import Services
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.click_and_collect import asks_about_collecting
from support.systems.orders.models import DeliveryMethod

INTENT: Final = "click_and_collect"


async def is_to_collect(turn: Turn, services: Services) -> bool:
    """Say whether the order is known to be one that a store keeps."""
    identified = await identify(turn, services, topic=Topic.ORDER_DETAILS)
    if isinstance(identified, Reply):
        return False
    return identified.orders[-1].order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT


async def about_collecting(turn: Turn, services: Services, answers: Answers) -> Reply | None:
    """Return the answer to a question about collecting the order that was told about, else None."""
    if not turn.is_told or not asks_about_collecting(turn.text):
        return None
    if not await is_to_collect(turn, services):
        return None
    return await answers[INTENT].answer(turn)
