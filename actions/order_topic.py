"""What all topics about an order share: find out which one, tell about it, remember that."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from actions.base import AssistantAction
from actions.formatting import Spoken
from actions.identity import Identified, identify
from actions.identity_questions import IDENTITY_FORM, RESOLVED
from actions.order_wording import word_order
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.order_status import ParcelStanding
from support.identification import LookedUpOrder
from support.parcel_standings import standings_of
from support.times import zone_of


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about one order, and the intent that a "yes" to its last question means."""

    says: tuple[Say, ...]
    offer: str | None = None


class OrderTopic(AssistantAction):
    """Tells how an order stands, then adds what the topic is about."""

    topic: ClassVar[Topic]

    async def answer(self, turn: Turn) -> Reply:
        """Tell about the order, or ask for what is needed to know which one."""
        identified = await identify(turn, self.services, topic=self.topic)
        if isinstance(identified, Reply):
            return identified
        told = [await self._told(turn, found) for found in identified.orders]
        return Reply(
            says=(*(say for one in told for say in one.says), *_not_matched(identified)),
            slots=self._slots(turn, identified),
            leaves_form=turn.active_form == IDENTITY_FORM,
            offer=told[-1].offer,
        )

    def slots_after_failure(self) -> dict[str, str]:
        """Remember the topic; order number and contact are remembered anyway."""
        return {"topic": self.topic}

    def remembered(self, turn: Turn, found: LookedUpOrder) -> Mapping[str, Any]:
        """Return what else to remember, now that this order was spoken of last."""
        del turn, found
        return {"topic": self.topic, "chosen_parcel": None}

    def tell(self, turn: Turn, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Told:
        """Return how the whole order stands, and what the topic adds."""
        del turn
        spoken = self.spoken(found)
        says = word_order(found, standings, self.services.carriers, spoken)
        return Told((*says, *self.add(found, standings)))

    def spoken(self, found: LookedUpOrder) -> Spoken:
        """Return how times are said for this order, now."""
        return Spoken(zone_of(found.order), self.services.now())

    async def _told(self, turn: Turn, found: LookedUpOrder) -> Told:
        standings = await standings_of(
            found.order,
            told=found.told,
            carriers=self.services.carriers,
            now=self.services.now(),
        )
        return self.tell(turn, found, standings)

    def _slots(self, turn: Turn, identified: Identified) -> dict[str, Any]:
        last = identified.orders[-1]
        return {
            **RESOLVED,
            "failures": 0,
            "offered_order": None,
            "offered_orders": None,
            "order_number": last.order.number,
            **self.remembered(turn, last),
        }

    @abstractmethod
    def add(self, found: LookedUpOrder, standings: Sequence[ParcelStanding]) -> Iterable[Say]:
        """Return what the topic adds after the facts."""


def _not_matched(identified: Identified) -> Iterable[Say]:
    """Say which other orders are not told about, in the words for orders that do not exist."""
    if identified.not_matched:
        numbers = ", ".join(identified.not_matched)
        yield Say(ResponseKey.OTHER_ORDER_NOT_MATCHED, words={"order_numbers": numbers})
