"""It is late: what is known about it, what can be offered, and the request that is filed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from actions.cases import KIND_NAMES, open_ones, state_of
from actions.detail_wording import DetailWording
from actions.following import offer_to_follow
from actions.identity import identify
from actions.investigations import is_said_to_be_there
from actions.missing_parcel import MissingParcel
from actions.order_topic import OrderTopic, spoken_of
from actions.order_view import OrderView, Step
from actions.order_wording import ended_and_refunded, introduction
from actions.parcel_choice import ask_which, named
from actions.question_wording import put, put_again
from actions.questions import Matter, Question
from actions.remedies import KINDS, allowed, ask_seller, file_request
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.shown import is_shown
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.decisions.choice import picked
from support.decisions.delay import (
    Lateness,
    expected_last,
    is_late,
    lateness,
    options,
    waits_for_customer,
)
from support.decisions.disruptions import affecting
from support.decisions.identity import Deed, may
from support.decisions.order_status import ParcelStanding
from support.decisions.remedy_words import remedies_wanted, remedy_wanted
from support.decisions.wanted_detail import Detail
from support.facts import Evidence, Fact
from support.knowledge.disruptions import Disruption
from support.systems.cases.models import CaseKind
from support.systems.orders.models import Seller

_REMEDY: Final = "remedy"
_UNCLEAR: Final = "unclear"
_MOST_TIMES: Final = 3
_MONEY: Final = frozenset({Answer.REFUND, Answer.RETURN})
"""What others settle while nothing is late."""

_YES_NO: Final = (Answer.YES, Answer.NO)
_MOST_WORDS_OF_A_CHOICE: Final = 5
"""'That's what you said last week' picks nothing."""


class DeliveryDelayed(OrderTopic):
    """It is late."""

    action_name = "action_delivery_delayed"
    topic = Topic.DELAY
    has_procedure = True

    def add(self, view: OrderView) -> Iterable[Say]:
        """Add nothing: what follows the facts depends on the parcel."""
        del view
        return ()

    def disruptions(self, view: OrderView, standing: ParcelStanding) -> Sequence[Disruption]:
        """Return the announced disruptions that hold this parcel up, the newest first."""
        address = view.order.delivery.address
        return affecting(
            self.services.disruptions.all(),
            carrier=standing.parcel.carrier,
            state=address.state if address else None,
            postcode=address.postcode if address else None,
            today=view.spoken.today,
        )

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
        return offer_to_follow(self.topic, view, (*self._not_late(turn, view), *others))

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return the remedy that is asked for, or yes or no. What is named comes before both."""
        if turn.answer:
            return turn.answer if turn.answer in (matter.on_offer or _YES_NO) else None
        wanted = remedies_wanted(turn.text) if turn.intent != "case_status" else frozenset()
        answer = yes_or_no(turn.intent, turn.text)
        if len(wanted) == 1:
            return next(iter(wanted))
        if matter.question is Question.WHICH_REMEDY:
            return _picked(turn, matter) or (_UNCLEAR if wanted or answer is Answer.YES else answer)
        if matter.question is Question.OPEN_TICKET and wanted:
            return Answer.YES
        return _UNCLEAR if wanted else answer

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
        if answer == _UNCLEAR:
            return self._once_more(matter)
        if answer in (Answer.NO, Answer.WAIT):
            waits = answer == Answer.WAIT
            return offer_to_follow(self.topic, view, ()) if waits else _left_alone()
        return await self._wanted(turn, view, standing, matter, answer)

    async def _late(self, turn: Turn, view: OrderView) -> Step:
        late = [one for one in view.standings if is_late(one, today=view.spoken.today)]
        matter = Matter(Question.WHICH_REMEDY, self.topic, view.order.number)
        wanted = remedy_wanted(turn.text)
        if wanted:
            matter = matter.ask(Question.WHICH_REMEDY, **{_REMEDY: wanted})
        standing = late[0] if len(late) == 1 else named(turn, view, late)
        if standing is None:
            return ask_which(matter, view, late)
        return await self._offer(view, standing, matter.about(standing.parcel.id))

    async def _offer(self, view: OrderView, standing: ParcelStanding, matter: Matter) -> Step:
        """Name what holds it up, then offer what is possible, or take up what was asked for."""
        why = tuple(self._why(view, standing))
        wanted = matter.noted.get(_REMEDY)
        if wanted == Answer.WAIT:
            return offer_to_follow(self.topic, view, why)
        seller = view.marketplace_seller(standing)
        if seller is not None:
            return _ask_seller(view, matter, seller).preceded_by(*why)
        known = await open_ones(
            self.services, view.order.number, _kinds(wanted), standing.parcel.id
        )
        if known:
            return Step((*why, *state_of(known[0], self.services, view.spoken)))
        return self._ask_which(view, standing, matter, wanted).preceded_by(*why)

    def _ask_which(
        self, view: OrderView, standing: ParcelStanding, matter: Matter, wanted: str | None
    ) -> Step:
        rules = allowed(self.services)
        offered = options(standing.state.value, allowed=rules)
        remedies = [one for one in offered if one in rules]
        if not remedies:
            nothing = Say(ResponseKey.DELAY_NOTHING_TO_ASK_FOR)
            return offer_to_follow(self.topic, view, (nothing,))
        if wanted in remedies:
            return _confirm(Answer(wanted), rules[Answer(wanted)], matter)
        checked = tuple(rules[one] for one in remedies)
        asked = put(Question.WHICH_REMEDY, checked=checked, among=offered)
        step = Step(asked, matter.ask(Question.WHICH_REMEDY).offering(*offered))
        return step.preceded_by(Say(ResponseKey.DELAY_NOT_POSSIBLE)) if wanted else step

    def _not_late(self, turn: Turn, view: OrderView) -> tuple[Say, ...]:
        """Say until when it is not late; of several parcels each one's day, once all was shown."""
        if len(view.standings) > 1 and is_shown(turn, view):
            words = DetailWording.of(view, self.services)
            return tuple(words.says(Detail.DATE, turn.text, only=spoken_of(turn, view)))
        return (_not_late(view),)

    def _why(self, view: OrderView, standing: ParcelStanding) -> Iterator[Say]:
        """Say what was announced to hold the parcel up, where anything was."""
        for one in self.disruptions(view, standing)[:1]:
            about = Fact(one.about, one.evidence)
            yield Say(ResponseKey.DELAY_DISRUPTION, facts={"about": about})

    def _once_more(self, matter: Matter) -> Step:
        if matter.times_asked >= _MOST_TIMES:
            return _left_alone()
        asked = put_again(matter.question, among=matter.on_offer)
        return Step((Say(ResponseKey.DELAY_ONE_AT_A_TIME), *asked), matter.again())

    async def _wanted(
        self, turn: Turn, view: OrderView, standing: ParcelStanding, matter: Matter, answer: str
    ) -> Step:
        """File what is wanted, with the seller or as a request; ask where it was a question."""
        remedy = matter.noted.get(_REMEDY) if answer == Answer.YES else answer
        seller = view.marketplace_seller(standing)
        if seller is not None:
            if not may(view.found.level, Deed.OPEN_TICKET):
                return await self.ask_code(turn, view, matter, answer)
            said = await ask_seller(turn, self.services, view, standing, seller, remedy)
            return offer_to_follow(self.topic, view, said)
        rules = allowed(self.services)
        possible = options(standing.state.value, allowed=rules)
        if remedy not in rules or remedy not in possible:
            return self._ask_which(view, standing, matter, remedy)
        if matter.question is Question.WHICH_REMEDY and "?" in turn.text and not turn.answer:
            return _confirm(Answer(remedy), rules[Answer(remedy)], matter)
        if not may(view.found.level, Deed.ASK_REMEDY):
            return await self.ask_code(turn, view, matter, answer)
        says = await file_request(turn, self.services, view, standing, Answer(remedy))
        return offer_to_follow(self.topic, view, says)


def _lateness(view: OrderView) -> Lateness:
    cancelled = view.order.cancelled_at is not None
    return lateness(view.standings, today=view.spoken.today, cancelled=cancelled)


def _picked(turn: Turn, matter: Matter) -> str | None:
    """Return which one of what is on offer a message picks: "the second one"."""
    on_offer = list(matter.on_offer or ())
    if len(turn.text.split()) > _MOST_WORDS_OF_A_CHOICE:
        return None
    places = picked(turn.text, len(on_offer))
    return on_offer[places[0]] if len(places) == 1 else None


def _left_alone() -> Step:
    return Step((Say(ResponseKey.NOTHING_STARTED),))


def _not_late(view: OrderView) -> Say:
    """Say until when it is not late; that nobody can tell, where there is no date."""
    last = expected_last(view.standings)
    if last is None:
        return Say(ResponseKey.DELAY_WITHOUT_DATE, checked=(view.found.told,))
    date = Fact(view.spoken.day(last.value.day), last.evidence)
    return Say(ResponseKey.DELAY_NOT_YET, facts={"date": date})


def _kinds(wanted: str | None) -> tuple[CaseKind, ...]:
    """Return which open requests answer already: the same one, or any where none is named."""
    return (KINDS[Answer(wanted)],) if wanted else tuple(KINDS.values())


def _ask_seller(view: OrderView, matter: Matter, seller: Seller) -> Step:
    who = {"who": Fact(seller.name, view.found.told)}
    return Step(put(Question.OPEN_TICKET, facts=who), matter.ask(Question.OPEN_TICKET))


def _confirm(remedy: Answer, allowed_by: Evidence, matter: Matter) -> Step:
    request = {"request": Fact(KIND_NAMES[KINDS[remedy]], allowed_by)}
    return Step(
        put(Question.SEND_REQUEST, facts=request),
        matter.ask(Question.SEND_REQUEST, **{_REMEDY: remedy.value}),
    )
