"""Collecting from a store: what was published, and what is wrong with one order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from actions.collect_requests import (
    KINDS,
    ask_to_request,
    matter_of,
    offer_to_send_again,
    send_request,
)
from actions.collect_rules import rules
from actions.detail_wording import DetailWording
from actions.following import offer_to_follow
from actions.identity_questions import IDENTITY_FORM, resume
from actions.missing_parcel import MissingParcel
from actions.order_topic import Told
from actions.order_view import OrderView, Step
from actions.parcel_choice import ask_which, named
from actions.questions import Matter, Question
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.status_topics import StatusTopic
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.decisions.click_and_collect import (
    GENERAL,
    Progress,
    Wish,
    denies_collecting,
    progress_of,
    wish_of,
)
from support.decisions.order_status import ParcelStanding, method_of
from support.decisions.parcel_states import ParcelState
from support.decisions.wanted_detail import Detail, wanted_detail
from support.systems.orders.models import DeliveryMethod

SLOT: Final = "wish"
INTENT: Final = "click_and_collect"

_NOT_READY: Final[Mapping[Progress, ResponseKey]] = {
    Progress.NOT_READY: ResponseKey.COLLECT_NOT_READY,
    Progress.COLLECTED: ResponseKey.COLLECT_IS_COLLECTED,
    Progress.CANCELLED: ResponseKey.COLLECT_IS_CANCELLED,
    Progress.NOT_KNOWN: ResponseKey.COLLECT_ASK_STORE,
}


class ClickAndCollect(StatusTopic):
    """About collecting from a store. Store, hours and readiness are among the facts."""

    action_name = "action_click_and_collect"
    topic = Topic.CLICK_AND_COLLECT
    has_procedure = True

    async def answer(self, turn: Turn) -> Reply:
        """Answer what was published at once; ask whose order it is only where that matters."""
        wish = _wish(turn)
        if wish in GENERAL and not turn.gave_identity and not turn.is_told:
            return self._in_general(turn, wish)
        reply = await super().answer(turn.with_slot(SLOT, wish or ""))
        return reply.with_slots({SLOT: wish})

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Return the published answer first; the order after it unless that was told already."""
        if _is_at_carrier(view):
            return Told(tuple(self._at_carrier(view)))
        wish = _noted(turn)
        published = () if _is_disputed(turn, view) else rules(wish, self.services.knowledge)
        if wish in GENERAL and not turn.gave_identity:
            return Told(published)
        if wish is None or (wish is Wish.READY and not _not_ready(view)):
            return super().tell(turn, view)
        return Told((*published, *self.unless_shown(turn, view)))

    def short_answer(self, turn: Turn, view: OrderView) -> Iterable[Say]:
        """Return the store, its hours and phone where one of them is asked for."""
        if wanted_detail(turn.text) not in {Detail.STORE, Detail.ADDRESS}:
            return super().short_answer(turn, view)
        words = DetailWording.of(view, self.services)
        return words.says(Detail.STORE, turn.text)

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Begin with what is wrong: no message came, or the time runs out."""
        wish = _noted(turn)
        if _is_disputed(turn, view):
            return await MissingParcel(self.services).begin(turn, view)
        if wish is Wish.READY and _not_ready(view):
            return offer_to_follow(self.topic, view, ())
        if wish is None or wish not in KINDS or _is_at_carrier(view):
            return Step()
        to_collect = _to_collect(view)
        ready = [one for one in to_collect if progress_of(one.state.value) is Progress.READY]
        if not ready:
            return _none_ready(self.topic, view, to_collect)
        matter = matter_of(wish, view)
        standing = ready[0] if len(ready) == 1 else named(turn, view, ready)
        if standing is None:
            return ask_which(matter, view, ready)
        return await ask_to_request(self.services, view, standing, matter)

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return yes or no; another contact than the one that was read back means no."""
        answer = turn.answer or yes_or_no(turn.intent, turn.text)
        if answer is None and matter.question is Question.CONTACT_RIGHT and turn.gave_contact:
            return Answer.NO
        return answer

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Go on to the request, or leave it."""
        standing = view.standing(matter.parcel_id)
        if standing is None:
            return Step()
        if matter.question is Question.WHICH_PARCEL:
            return await ask_to_request(self.services, view, standing, matter)
        if matter.question is Question.CONTACT_RIGHT:
            return offer_to_send_again(matter, right=answer == Answer.YES)
        if answer != Answer.YES:
            return Step((Say(ResponseKey.COLLECT_NOT_NOW),), matter.put_aside())
        says = await send_request(turn, self.services, view, standing, matter)
        return offer_to_follow(self.topic, view, says)

    def _at_carrier(self, view: OrderView) -> Iterator[Say]:
        """Tell where a parcel waits at the carrier, to which no rule of the stores applies."""
        words = DetailWording.of(view, self.services)
        yield from words.at_carrier()

    def _in_general(self, turn: Turn, wish: Wish | None) -> Reply:
        """Say what was published, and offer to look at the order."""
        said = rules(wish, self.services.knowledge)
        if turn.active_form == IDENTITY_FORM:
            return resume(turn, *said)
        offer = Say(ResponseKey.COLLECT_OFFER_ORDER)
        slots = {"topic": self.topic, SLOT: Wish.READY}
        return replace(resume(turn, *said, offer).with_slots(slots), offer=INTENT)


def _is_disputed(turn: Turn, view: OrderView) -> bool:
    """Say whether it is recorded as collected, and the customer says that it was not, by them."""
    collected = any(one.state.value is ParcelState.COLLECTED for one in view.standings)
    return collected and denies_collecting(turn.text)


def _is_at_carrier(view: OrderView) -> bool:
    """Say whether what is to be collected waits at the carrier, and nothing at a store."""
    waits = any(one.state.value is ParcelState.AWAITING_COLLECTION for one in view.standings)
    return waits and not _to_collect(view)


def _wish(turn: Turn) -> Wish | None:
    """Return what is asked; what was asked before, where this message only gives details."""
    wish = wish_of(turn.text)
    if wish is None and turn.gave_identity and turn.slot("topic") == Topic.CLICK_AND_COLLECT:
        return _noted(turn)
    return wish


def _noted(turn: Turn) -> Wish | None:
    noted = turn.slot(SLOT)
    return Wish(noted) if noted in set(Wish) else None


def _to_collect(view: OrderView) -> list[ParcelStanding]:
    collected = DeliveryMethod.CLICK_AND_COLLECT
    return [one for one in view.standings if method_of(view.order, one.parcel) is collected]


def _not_ready(view: OrderView) -> bool:
    """Say whether something is to be collected, and is not ready yet."""
    if not view.standings and view.order.cancelled_at is None:
        return view.order.delivery.method is DeliveryMethod.CLICK_AND_COLLECT
    return any(progress_of(one.state.value) is Progress.NOT_READY for one in _to_collect(view))


def _none_ready(topic: Topic, view: OrderView, to_collect: Sequence[ParcelStanding]) -> Step:
    if _not_ready(view):
        said = Say(ResponseKey.COLLECT_NOT_READY, checked=(view.found.told,))
        return offer_to_follow(topic, view, (said,))
    if not to_collect:
        return Step((Say(ResponseKey.COLLECT_NOTHING, checked=(view.found.told,)),))
    key = _NOT_READY[progress_of(to_collect[0].state.value)]
    return Step((Say(key, checked=(view.found.told,)),))
