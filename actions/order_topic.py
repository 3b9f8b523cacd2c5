"""What all topics about an order share: find out which one, tell about it, remember that."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from actions.base import AssistantAction
from actions.detail_wording import DetailWording
from actions.following import Following
from actions.formatting import Spoken
from actions.identity import Identified, identify
from actions.identity_questions import IDENTITY_FORM, RESOLVED
from actions.one_time_code import CodeQuestion, ask_code
from actions.open_questions import CLOSED, SLOT
from actions.order_view import OrderView, Step
from actions.order_wording import word_order
from actions.parcel_choice import ParcelChoice, places_named
from actions.questions import Matter, Question
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.shared_questions import SharedQuestion
from actions.shown import SLOT as SHOWN
from actions.shown import is_shown, mark
from actions.told_before import FORGOTTEN, keep, with_earlier
from actions.told_orders import with_orders
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.identity import Deed, may
from support.decisions.wanted_detail import Detail, asks_for_hours
from support.identification import LookedUpOrder
from support.parcel_standings import standings_of
from support.systems.orders.models import DeliveryMethod
from support.times import zone_of

SHARED: Mapping[Question, SharedQuestion] = {
    Question.WHICH_PARCEL: ParcelChoice(),
    Question.TELL_ME: Following(),
    Question.CODE: CodeQuestion(),
}
"""Questions that are asked in the same way whatever the topic."""

_ONLY_STATUS = Step((Say(ResponseKey.ONLY_STATUS),))
"""Instead of a procedure, for those who have shown too little for any."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about one order, and the intent that a "yes" to its last question means."""

    says: tuple[Say, ...]
    offer: str | None = None


class OrderTopic(AssistantAction):
    """Tells how an order stands, then adds what the topic is about."""

    topic: ClassVar[Topic]
    shows_order: ClassVar[bool] = True
    """Whether it tells how the whole order stands, unless that was told before."""

    has_procedure: ClassVar[bool] = False
    """Whether it asks questions of its own, which take the place of another topic's."""

    async def answer(self, turn: Turn) -> Reply:
        """Tell about the order, or ask for what is needed to know which one."""
        identified = await identify(turn, self.services, topic=self.topic)
        if isinstance(identified, Reply):
            return identified.with_slots(self._told_so_far(turn))
        views = [await self._view(found) for found in identified.orders]
        told = [self.tell(turn, view) for view in views]
        only_status = self.has_procedure and not may(views[-1].found.level, Deed.TELL_DETAILS)
        whole = with_earlier(turn, self.topic)
        begun = _ONLY_STATUS if only_status else await self.begin(whole, views[-1])
        says = tuple(say for one in told for say in one.says)
        if not says and not begun.says:
            says = tuple(self.briefly(turn, views[-1]))
        kept = self._told_so_far(turn) if only_status else {}
        shown = {SHOWN: mark(views[-1])} if self.shows_order else {}
        return Reply(
            says=(*says, *_not_matched(identified), *begun.says),
            slots={**self._slots(turn, identified), **self._left_open(begun), **kept, **shown},
            leaves_form=turn.active_form == IDENTITY_FORM,
            offer=told[-1].offer,
        )

    async def take(self, turn: Turn, matter: Matter) -> Reply | None:
        """Go on with what this message answers; None where it answers something else.

        The order is looked up again: who may hear about it, and how it stands, may have changed.
        """
        shared, answer = self._read(turn, matter)
        if answer is None:
            return None
        about = turn.about(matter.order_number) if matter.order_number else turn
        identified = await identify(about, self.services, topic=self.topic)
        if isinstance(identified, Reply):
            return identified
        view = await self._view(identified.orders[-1])
        if shared:
            step = await shared.go_on(self, turn, view, matter, answer)
        else:
            step = await self.go_on(turn, view, matter, answer)
        return Reply(
            says=step.says, slots={**self._slots(turn, identified), **self._left_open(step)}
        )

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return what this message answers to the open question; None where it does not."""
        del turn, matter
        return None

    def read_change_of_mind(self, turn: Turn, matter: Matter) -> str | None:
        """Return what takes this message back to the topic while a shared question is open."""
        del turn, matter
        return None

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Return what is done about the order after it was told how it stands."""
        del turn, view
        return Step()

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Return what comes after an answer."""
        del turn, view, matter, answer
        return Step()

    async def ask_code(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Send a one-time code and ask for it; then `go_on` has this matter and answer again."""
        return await ask_code(self.services, turn, view, matter, answer)

    def slots_after_failure(self) -> dict[str, str]:
        """Remember the topic; order number and contact are remembered anyway."""
        return {"topic": self.topic}

    def remembered(self, turn: Turn, found: LookedUpOrder) -> Mapping[str, Any]:
        """Return what else to remember, now that this order was spoken of last."""
        del turn, found
        return {"topic": self.topic, "chosen_parcel": None}

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Return how the whole order stands, unless that was shown, and what the topic adds."""
        return Told((*self.unless_shown(turn, view), *self.add(view)))

    def unless_shown(self, turn: Turn, view: OrderView) -> Iterable[Say]:
        """Return how the whole order stands; nothing where the customer has just read that."""
        return () if is_shown(turn, view) else self.facts(view)

    def briefly(self, turn: Turn, view: OrderView) -> Iterable[Say]:
        """Return the topic's short answer; the store, where it is asked when that is open."""
        to_store = view.order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT
        if to_store and asks_for_hours(turn.text):
            return DetailWording.of(view, self.services).says(Detail.STORE, turn.text)
        return self.short_answer(turn, view)

    def short_answer(self, turn: Turn, view: OrderView) -> Iterable[Say]:
        """Return how each parcel stands in a line, or the one that is spoken of."""
        words = DetailWording.of(view, self.services)
        return words.says(Detail.STATUS, turn.text, only=spoken_of(turn, view))

    def facts(self, view: OrderView) -> Iterable[Say]:
        """Return how the whole order stands."""
        known = self.services
        return word_order(view.found, view.standings, known.carriers, known.knowledge, view.spoken)

    def _read(self, turn: Turn, matter: Matter) -> tuple[SharedQuestion | None, str | None]:
        """Return what this message answers, and the shared question that goes on with it if any."""
        shared = SHARED.get(matter.question)
        if shared is None:
            return None, self.read(turn, matter)
        changed = None if turn.answer else self.read_change_of_mind(turn, matter)
        return (None, changed) if changed else (shared, shared.read(turn, matter))

    async def _view(self, found: LookedUpOrder) -> OrderView:
        now = self.services.now()
        standings = await standings_of(
            found.order,
            told=found.told,
            carriers=self.services.carriers,
            now=now,
            publications=self.services.publications,
        )
        return OrderView(found, standings, Spoken(zone_of(found.order), now))

    def _told_so_far(self, turn: Turn) -> dict[str, Any]:
        """Return the slot that keeps what was told before it is known whose order it is."""
        return keep(turn, self.topic) if self.has_procedure else {}

    def _left_open(self, step: Step) -> dict[str, Any]:
        """Return the slot of the open question, unless this topic leaves another's open."""
        if step.matter is not None:
            return {SLOT: step.matter.written()}
        return CLOSED if self.has_procedure else {}

    def _slots(self, turn: Turn, identified: Identified) -> dict[str, Any]:
        last = identified.orders[-1]
        return {
            **RESOLVED,
            **FORGOTTEN,
            "failures": 0,
            "offered_order": None,
            "offered_orders": None,
            "order_number": last.order.number,
            "brand": last.order.brand.value,
            **with_orders(turn, *(found.order for found in identified.orders)),
            **self.remembered(turn, last),
        }

    @abstractmethod
    def add(self, view: OrderView) -> Iterable[Say]:
        """Return what the topic adds after the facts."""


def spoken_of(turn: Turn, view: OrderView) -> int:
    """Return which parcel is spoken of, counted from 1; 0 where it is all of them."""
    named = places_named(turn, view.order)
    return named[0] + 1 if len(named) == 1 else turn.count("chosen_parcel")


def _not_matched(identified: Identified) -> Iterable[Say]:
    """Say which other orders are not told about, in the words for orders that do not exist."""
    if identified.not_matched:
        numbers = ", ".join(identified.not_matched)
        yield Say(ResponseKey.OTHER_ORDER_NOT_MATCHED, words={"order_numbers": numbers})
