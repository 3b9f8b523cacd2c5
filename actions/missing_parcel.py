"""It says delivered, but it is not here: checks one at a time, then the investigation."""

from collections.abc import Iterable
from dataclasses import replace

from actions.cases import KIND_NAMES, open_ones, state_of, told_by
from actions.following import offer_to_follow
from actions.investigations import handling_of, investigate, is_said_to_be_there, who_is_asked
from actions.order_topic import OrderTopic, Told
from actions.order_view import OrderView, Step
from actions.parcel_choice import ask_which, named
from actions.question_wording import put
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import (
    Answer,
    is_bare_no,
    says_found,
    search_result,
    yes_or_no,
)
from support.decisions.delay import is_late, waits_for_customer
from support.decisions.missing_parcel import (
    Check,
    Handling,
    checks_told,
    next_check,
    wait_ends,
)
from support.decisions.order_status import ParcelStanding
from support.decisions.parcel_states import STILL_COMING, ParcelState
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.systems.cases.models import CaseKind

_ASK = {
    Check.PROPERTY: Question.LOOKED_AROUND,
    Check.PEOPLE: Question.ASKED_PEOPLE,
    Check.CARD: Question.CARD_LEFT,
}
_CHECKED_BY = {question: check for check, question in _ASK.items()}
_SEARCHES = {Question.LOOKED_AROUND, Question.ASKED_PEOPLE}
_CASES = (CaseKind.MISSING_PARCEL, CaseKind.STORE_CHECK)
_OFFERS = {
    Handling.CARRIER: Question.START_INVESTIGATION,
    Handling.STORE: Question.START_STORE_CHECK,
    Handling.SELLER: Question.OPEN_TICKET,
}


class MissingParcel(OrderTopic):
    """It says delivered, but it is not here."""

    action_name = "action_missing_parcel"
    topic = Topic.MISSING_PARCEL
    has_procedure = True

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Return how it stands; a "yes" means the delay, where that was offered."""
        told = super().tell(turn, view)
        late = any(say.key is ResponseKey.NEXT_LATE for say in told.says)
        return replace(told, offer="delivery_delayed") if late else told

    def add(self, view: OrderView) -> Iterable[Say]:
        """Say why nothing is missing yet, where nothing is said to be there."""
        there = any(is_said_to_be_there(one) for one in view.standings)
        if there or waits_for_customer(view.standings):
            return
        if any(one.state.value in STILL_COMING for one in view.standings):
            yield Say(ResponseKey.MISSING_PARCEL_NOT_DELIVERED)
            if any(is_late(one, today=view.spoken.today) for one in view.standings):
                yield Say(ResponseKey.NEXT_LATE)
        elif all(one.state.value is ParcelState.CANCELLED for one in view.standings):
            yield Say(ResponseKey.MISSING_PARCEL_CANCELLED)

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Begin with what the customer has not checked yet, for the parcel in question."""
        arrived = [one for one in view.standings if is_said_to_be_there(one)]
        if not arrived:
            return Step()
        if says_found(turn.text):
            return await self._turned_up(view)
        matter = Matter(
            Question.LOOKED_AROUND, self.topic, view.order.number, done=checks_told(turn.text)
        )
        standing = arrived[0] if len(arrived) == 1 else named(turn, view, arrived)
        if standing is None:
            return ask_which(matter, view, arrived)
        return await self._next(view, standing, matter)

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return how a search went, or yes or no."""
        if turn.answer:
            return turn.answer
        if matter.question is Question.ASKED_STORE:
            return _asked_store(turn)
        if matter.question in _SEARCHES:
            return search_result(turn.text, turn.intent)
        if matter.question is Question.CARD_LEFT:
            return _card(turn)
        return yes_or_no(turn.intent, turn.text)

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Go on to the next check, or to the investigation."""
        standing = view.standing(matter.parcel_id)
        if standing is None:
            return Step()
        if matter.question in _OFFERS.values():
            return await self._decided(turn, view, standing, matter, answer)
        if matter.question is Question.CARD_LEFT and answer == Answer.YES:
            return Step((Say(ResponseKey.MISSING_PARCEL_CARD),))
        match answer:
            case Answer.FOUND:
                return await self._turned_up(view)
            case Answer.LATER:
                return Step((Say(ResponseKey.MISSING_PARCEL_LATER),), matter)
            case _:
                return await self._next(view, standing, _with_checks(matter, turn))

    async def _turned_up(self, view: OrderView) -> Step:
        """Be glad; say so where an investigation is open, which only people can close."""
        known = await open_ones(self.services, view.order.number, _CASES, None)
        if not known:
            return Step((Say(ResponseKey.MISSING_PARCEL_FOUND),))
        told = told_by(self.services)
        facts = {
            "kind": Fact(KIND_NAMES[known[0].kind], told),
            "reference": Fact(str(known[0].reference), told),
        }
        return Step((Say(ResponseKey.MISSING_PARCEL_FOUND_CASE_OPEN, facts=facts),))

    async def _next(self, view: OrderView, standing: ParcelStanding, matter: Matter) -> Step:
        """Return the next check; after the last one the wait, if any, and then the offer."""
        matter = matter.about(standing.parcel.id)
        known = await open_ones(self.services, view.order.number, _CASES, standing.parcel.id)
        if known:
            return Step(tuple(state_of(known[0], self.services, view.spoken)))
        by = handling_of(view, standing)
        question = _question(by, matter)
        if question is not None:
            who = {"who": Fact(who_is_asked(view, standing, self.services), view.found.told)}
            facts = who if question is Question.ASKED_STORE else None
            return Step(put(question, facts=facts), matter.ask(question))
        wait = self._wait(view, standing)
        return Step((wait,)) if wait else self._offer(view, standing, matter, by)

    def _wait(self, view: OrderView, standing: ParcelStanding) -> Say | None:
        """Return until when to wait, where a wait was published and is not over."""
        published = self.services.knowledge.span(KnowledgeKey.WAIT_AFTER_DELIVERED)
        until = wait_ends(standing.since, published.value if published else None)
        if published is None or until is None or until <= view.spoken.now:
            return None
        told = Fact(view.spoken.time(until), published.evidence)
        return Say(ResponseKey.MISSING_PARCEL_WAIT, facts={"until": told})

    def _offer(
        self, view: OrderView, standing: ParcelStanding, matter: Matter, by: Handling
    ) -> Step:
        who = {"who": Fact(who_is_asked(view, standing, self.services), view.found.told)}
        return Step(put(_OFFERS[by], facts=who), matter.ask(_OFFERS[by]))

    async def _decided(
        self, turn: Turn, view: OrderView, standing: ParcelStanding, matter: Matter, answer: str
    ) -> Step:
        if answer != Answer.YES:
            return Step((Say(ResponseKey.MISSING_PARCEL_NOT_NOW),), matter.put_aside())
        says = await investigate(turn, self.services, view, standing)
        return offer_to_follow(self.topic, view, says)


def _question(by: Handling, matter: Matter) -> Question | None:
    """Return the next check. In a store the only one to make is to ask there."""
    if by is Handling.STORE:
        return None if Question.ASKED_STORE in matter.done else Question.ASKED_STORE
    check = next_check(matter.done)
    return _ASK[check] if check else None


def _with_checks(matter: Matter, turn: Turn) -> Matter:
    """Note what was checked: what was asked, and what this message says besides."""
    asked = _CHECKED_BY.get(matter.question, matter.question)
    return matter.with_done(asked, *checks_told(turn.text))


def _asked_store(turn: Turn) -> str | None:
    """Return what came of asking at the store. A bare answer says only whether it was asked."""
    if turn.intent == "affirm":
        return search_result(turn.text, None) or Answer.NOT_THERE
    if is_bare_no(turn.text):
        return Answer.LATER
    return search_result(turn.text, turn.intent)


def _card(turn: Turn) -> str | None:
    found = search_result(turn.text, turn.intent)
    if found is Answer.FOUND:
        return Answer.YES
    return Answer.NO if found is Answer.NOT_THERE else found
