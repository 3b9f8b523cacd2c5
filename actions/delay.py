"""It is late: what is known about it, what can be offered, and the request that is filed."""

from collections.abc import Iterable
from typing import Final

from actions.cases import open_ones, state_of
from actions.delay_wording import held_up, not_late
from actions.following import offer_to_follow
from actions.identity import identify
from actions.investigations import is_said_to_be_there
from actions.missing_parcel import MissingParcel
from actions.order_topic import OrderTopic
from actions.order_view import OrderView, Step
from actions.order_wording import ended_and_refunded, introduction
from actions.parcel_choice import ask_which, named
from actions.questions import Matter, Question
from actions.remedies import KINDS, ask_seller, file_request
from actions.remedy_choice import (
    UNCLEAR,
    ask_about_ticket,
    ask_once_more,
    ask_which_remedy,
    confirm_remedy,
    possible_remedies,
    read_remedy,
    remedy_noted,
    with_remedy,
)
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.shown import is_shown
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer
from support.decisions.delay import (
    Lateness,
    is_late,
    lateness,
    waits_for_customer,
)
from support.decisions.identity import Deed, may
from support.decisions.order_status import ParcelStanding
from support.decisions.remedy_words import remedies_wanted, remedy_wanted
from support.systems.cases.models import CaseKind

_MONEY: Final = frozenset({Answer.REFUND, Answer.RETURN})
"""What others settle while nothing is late."""


class DeliveryDelayed(OrderTopic):
    """It is late."""

    action_name = "action_delivery_delayed"
    topic = Topic.DELAY
    has_procedure = True

    def add(self, view: OrderView) -> Iterable[Say]:
        """Add nothing: what follows the facts depends on the parcel."""
        del view
        return ()

    async def asked_for_remedy(self, turn: Turn) -> Reply | None:
        """Return what a wish for a refund or the like leads to where the order is late; else None.

        The facts are told again only to those who have just named the order.
        """
        if turn.active_form or not turn.order_numbers:
            return None
        identified = await identify(turn, self.services, topic=self.topic)
        if isinstance(identified, Reply):
            return identified if turn.gave_identity else None
        view = await self._view(identified.orders[-1])
        if _lateness(view) is not Lateness.LATE:
            return None
        step = await self.begin(turn, view)
        facts = self.facts(view) if turn.gave_identity else ()
        slots = {**self._slots(turn, identified), **self._left_open(step)}
        return Reply(says=(*facts, *step.says), slots=slots)

    async def on_record(self, turn: Turn) -> Reply | None:
        """Return which refunds are recorded for the order that is known; None where none are."""
        if turn.active_form or not turn.order_numbers:
            return None
        identified = await identify(turn, self.services, topic=self.topic)
        if isinstance(identified, Reply) or not identified.orders[-1].order.refunds:
            return None
        view = await self._view(identified.orders[-1])
        says = (introduction(view.found, view.spoken), *ended_and_refunded(view.found, view.spoken))
        recorded = Say(ResponseKey.REFUND_ON_RECORD, checked=(view.found.told,))
        return Reply(says=(*says, recorded), slots=self._slots(turn, identified))

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Begin with what is late; say so where nothing is, and offer to tell when that changes.

        "It still hasn't come" about what was delivered means that it cannot be found.
        """
        meant = named(turn, view, view.standings)
        if meant is not None and is_said_to_be_there(meant):
            return await MissingParcel(self.services).begin(turn, view)
        how = _lateness(view)
        if how is Lateness.LATE:
            return await self._late(turn, view)
        if view.standings and all(is_said_to_be_there(one) for one in view.standings):
            return await MissingParcel(self.services).begin(turn, view)
        if how is Lateness.NOTHING_COMING:
            return Step()
        if waits_for_customer(view.standings):
            shown = is_shown(turn, view)
            return offer_to_follow(
                self.topic, view, tuple(self.briefly(turn, view)) if shown else ()
            )
        others = (Say(ResponseKey.REFUND_OR_RETURN),) if remedies_wanted(turn.text) & _MONEY else ()
        return offer_to_follow(self.topic, view, (*not_late(turn, view, self.services), *others))

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return the remedy that is asked for, or yes or no."""
        return read_remedy(turn, matter)

    def read_change_of_mind(self, turn: Turn, matter: Matter) -> str | None:
        """Return what is asked for after all: "actually refund"."""
        wanted = remedy_wanted(turn.text) if matter.question is Question.TELL_ME else None
        return None if wanted is Answer.WAIT else wanted

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Go on with the parcel that was chosen, or with what the customer wants."""
        standing = view.standing(matter.parcel_id)
        if standing is None:
            return await self.begin(turn, view)
        if not is_late(standing, today=view.spoken.today):
            return (await self.begin(turn, view)).preceded_by(*self.facts(view))
        if matter.question is Question.WHICH_PARCEL:
            return await self._offer(view, standing, matter)
        if answer == UNCLEAR:
            return ask_once_more(matter) or _left_alone()
        if answer in (Answer.NO, Answer.WAIT):
            waits = answer == Answer.WAIT
            return offer_to_follow(self.topic, view, ()) if waits else _left_alone()
        return await self._wanted(turn, view, standing, matter, answer)

    async def _late(self, turn: Turn, view: OrderView) -> Step:
        late = [one for one in view.standings if is_late(one, today=view.spoken.today)]
        matter = Matter(Question.WHICH_REMEDY, self.topic, view.order.number)
        matter = with_remedy(matter, remedy_wanted(turn.text))
        standing = late[0] if len(late) == 1 else named(turn, view, late)
        if standing is None:
            return ask_which(matter, view, late)
        return await self._offer(view, standing, matter.about(standing.parcel.id))

    async def _offer(self, view: OrderView, standing: ParcelStanding, matter: Matter) -> Step:
        """Name what holds it up, then offer what is possible, or take up what was asked for."""
        why = tuple(held_up(view, standing, self.services))
        wanted = remedy_noted(matter)
        if wanted is Answer.WAIT:
            return offer_to_follow(self.topic, view, why)
        seller = view.marketplace_seller(standing)
        if seller is not None:
            return ask_about_ticket(view, matter, seller).preceded_by(*why)
        known = await open_ones(
            self.services, view.order.number, _kinds(wanted), standing.parcel.id
        )
        if known:
            return Step((*why, *state_of(known[0], self.services, view.spoken)))
        return self._ask_which(view, standing, matter, wanted).preceded_by(*why)

    def _ask_which(
        self, view: OrderView, standing: ParcelStanding, matter: Matter, wanted: Answer | None
    ) -> Step:
        asked = ask_which_remedy(self.services, standing, matter, wanted)
        if asked is None:
            nothing = Say(ResponseKey.DELAY_NOTHING_TO_ASK_FOR)
            return offer_to_follow(self.topic, view, (nothing,))
        return asked

    async def _wanted(
        self, turn: Turn, view: OrderView, standing: ParcelStanding, matter: Matter, answer: str
    ) -> Step:
        """File what is wanted, with the seller or as a request; ask where it was a question."""
        remedy = remedy_noted(matter) if answer == Answer.YES else Answer(answer)
        seller = view.marketplace_seller(standing)
        if seller is not None:
            if not may(view.found.level, Deed.OPEN_TICKET):
                return await self.ask_code(turn, view, matter, answer)
            said = await ask_seller(turn, self.services, view, standing, seller, remedy)
            return offer_to_follow(self.topic, view, said)
        if remedy is None or remedy not in possible_remedies(self.services, standing):
            return self._ask_which(view, standing, matter, remedy)
        if matter.question is Question.WHICH_REMEDY and "?" in turn.text and not turn.answer:
            return confirm_remedy(self.services, remedy, matter)
        if not may(view.found.level, Deed.ASK_REMEDY):
            return await self.ask_code(turn, view, matter, answer)
        says = await file_request(turn, self.services, view, standing, remedy)
        return offer_to_follow(self.topic, view, says)


def _lateness(view: OrderView) -> Lateness:
    cancelled = view.order.cancelled_at is not None
    return lateness(view.standings, today=view.spoken.today, cancelled=cancelled)


def _left_alone() -> Step:
    return Step((Say(ResponseKey.NOTHING_STARTED),))


def _kinds(wanted: Answer | None) -> tuple[CaseKind, ...]:
    """Return which open requests answer already: the same one, or any where none is named."""
    return (KINDS[wanted],) if wanted else tuple(KINDS.values())
