"""Following a parcel by its scans, and what to do when it cannot be followed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from actions.cases import open_case, open_ones, opened, state_of
from actions.following import offer_to_follow
from actions.formatting import items_of
from actions.history_wording import word_history
from actions.order_topic import OrderTopic
from actions.order_view import OrderView, Step
from actions.parcel_choice import ask_which, named
from actions.question_wording import put
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.tickets import open_ticket, ticket_says
from actions.topics import Topic
from actions.tracking_wording import WAITED_FOR, TrackingWording
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.decisions.identity import Deed, may
from support.decisions.order_status import ParcelStanding, method_of
from support.decisions.tracking import OUT_OF_SIGHT, Finding, Reason, Waits, Way, finding
from support.facts import Fact
from support.knowledge.models import Span
from support.systems.cases.models import CaseKind, CaseRequest
from support.systems.marketplace.models import TicketReason
from support.systems.orders.models import DeliveryMethod, Seller

_YES_NO: Final = (Answer.YES, Answer.NO)
_KINDS: Final[Mapping[Question, CaseKind]] = {
    Question.START_TRACE: CaseKind.STUCK_PARCEL,
    Question.CHECK_DISPATCH: CaseKind.NOT_DISPATCHED,
}
_Troubles = Sequence[tuple[ParcelStanding, Finding]]


class TrackingHistory(OrderTopic):
    """The customer wants to follow a parcel: every scan so far, newest first."""

    action_name = "action_tracking_history"
    topic = Topic.TRACKING_HISTORY

    def add(self, view: OrderView) -> Iterable[Say]:
        """List the scans of each parcel that has any."""
        reports = [standing.report for standing in view.standings if standing.report]
        for report in reports:
            if report.events:
                carrier = self.services.carriers.profile(report.carrier)
                yield from word_history(report, carrier, view.spoken)
        unseen = [one for one in view.standings if one.carrier_problem in OUT_OF_SIGHT]
        for standing in unseen:
            yield from TrackingWording(self.services, view).out_of_sight(standing)
        if not unseen and not any(report.events for report in reports):
            yield Say(ResponseKey.TRACKING_HISTORY_EMPTY)


class TrackingTrouble(OrderTopic):
    """Tracking does not move, or there is none."""

    action_name = "action_tracking_trouble"
    topic = Topic.TRACKING
    has_procedure = True

    def add(self, view: OrderView) -> Iterable[Say]:
        """Add nothing: what follows the facts depends on the parcel."""
        del view
        return ()

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Offer to start something for what stands still too long; else say why and until when."""
        says = tuple(_of_another_parcel(turn, view))
        troubles = self._troubles(view)
        overdue = [standing for standing, found in troubles if found.overdue]
        if overdue:
            return (await self._begin_with(turn, view, overdue)).preceded_by(*says)
        says = (*says, *self._explained(view, troubles))
        return offer_to_follow(self.topic, view, says) if troubles else Step(says)

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return yes or no."""
        del matter
        if turn.answer:
            return turn.answer if turn.answer in _YES_NO else None
        return yes_or_no(turn.intent, turn.text)

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Go on with the parcel that was chosen, or start what was offered for it."""
        standing = view.standing(matter.parcel_id)
        found = self._finding(view, standing) if standing else None
        if standing is None or found is None or not found.overdue:
            return (await self.begin(turn, view)).preceded_by(*self.facts(view))
        if matter.question is Question.WHICH_PARCEL:
            return await self._offer(view, standing, found, matter)
        if answer != Answer.YES:
            return Step((Say(ResponseKey.NOTHING_STARTED),), matter.put_aside())
        seller = view.marketplace_seller(standing)
        if not may(view.found.level, Deed.OPEN_TICKET if seller else Deed.OPEN_INVESTIGATION):
            return await self.ask_code(turn, view, matter, answer)
        says = await self._started(turn, view, standing, found, seller)
        return offer_to_follow(self.topic, view, says)

    def _troubles(self, view: OrderView) -> _Troubles:
        found = ((one, self._finding(view, one)) for one in view.standings)
        return [(standing, one) for standing, one in found if one is not None]

    def _finding(self, view: OrderView, standing: ParcelStanding) -> Finding | None:
        method = method_of(view.order, standing.parcel)
        way = Way(
            collected_in_store=method is DeliveryMethod.CLICK_AND_COLLECT,
            sold_by_marketplace=view.marketplace_seller(standing) is not None,
        )
        waits = self._waits()
        return finding(standing, way, waits, now=view.spoken.now)

    def _waits(self) -> Waits:
        knowledge = self.services.knowledge
        return Waits(
            after_scan=_span(knowledge.span(WAITED_FOR[Reason.SCANNED])),
            after_shipping=_span(knowledge.span(WAITED_FOR[Reason.NOT_SCANNED])),
        )

    def _explained(self, view: OrderView, troubles: _Troubles) -> Iterable[Say]:
        words = TrackingWording(self.services, view)
        for standing, found in troubles:
            title = words.title(standing) if len(view.standings) > 1 else None
            first, *others = words.says(standing, found)
            yield from (title, replace(first, joins=True)) if title else (first,)
            yield from others

    async def _begin_with(
        self, turn: Turn, view: OrderView, overdue: Sequence[ParcelStanding]
    ) -> Step:
        matter = Matter(Question.START_TRACE, self.topic, view.order.number)
        standing = overdue[0] if len(overdue) == 1 else named(turn, view, overdue)
        found = self._finding(view, standing) if standing else None
        if standing is None or found is None:
            return ask_which(matter, view, overdue)
        return await self._offer(view, standing, found, matter.about(standing.parcel.id))

    async def _offer(
        self, view: OrderView, standing: ParcelStanding, found: Finding, matter: Matter
    ) -> Step:
        """Say what is the matter, then what was started already, or offer to start it."""
        says = tuple(self._explained(view, [(standing, found)]))
        question = _question(view, standing, found)
        if question in _KINDS:
            number, parcel = view.order.number, standing.parcel.id
            known = await open_ones(self.services, number, (_KINDS[question],), parcel)
            if known:
                return Step((*says, *state_of(known[0], self.services, view.spoken)))
        who = {"who": Fact(self._who(view, standing), view.found.told)}
        return Step((*says, *put(question, facts=who)), matter.ask(question))

    def _who(self, view: OrderView, standing: ParcelStanding) -> str:
        seller = view.marketplace_seller(standing)
        return seller.name if seller else TrackingWording(self.services, view).carrier(standing)

    def _asked(self, view: OrderView, standing: ParcelStanding, found: Finding) -> Say:
        """Say who is asked what, now that a case is open."""
        if found.reason is Reason.NOT_SENT:
            return Say(ResponseKey.DISPATCH_ASKED, joins=True)
        who = Fact(self._who(view, standing), view.found.told)
        return Say(ResponseKey.TRACE_STARTED, facts={"who": who}, joins=True)

    async def _started(
        self,
        turn: Turn,
        view: OrderView,
        standing: ParcelStanding,
        found: Finding,
        seller: Seller | None,
    ) -> tuple[Say, ...]:
        if seller is None:
            case = await open_case(turn, self.services, _request(view, standing, found))
            unknown = Say(ResponseKey.INVESTIGATION_TIME_UNKNOWN, joins=True)
            return (*opened(case, self.services), self._asked(view, standing, found), unknown)
        ticket = await open_ticket(
            turn,
            self.services,
            view,
            seller,
            reason=TicketReason.WHERE_IS_IT,
            message=f"Where is it? {_last_seen(found)}.",
        )
        return tuple(ticket_says(ticket, self.services, view.spoken))


def _of_another_parcel(turn: Turn, view: OrderView) -> Iterable[Say]:
    """Say which of the numbers in the message belong to no parcel of this order."""
    known = {_bare(one.parcel.tracking_number or "") for one in view.standings}
    for number in turn.said("tracking_number"):
        if _bare(number) not in known:
            yield Say(ResponseKey.TRACKING_NUMBER_NOT_ON_ORDER, words={"tracking_number": number})


def _bare(number: str) -> str:
    return "".join(number.split()).upper()


def _question(view: OrderView, standing: ParcelStanding, found: Finding) -> Question:
    if view.marketplace_seller(standing) is not None:
        return Question.OPEN_TICKET
    return Question.CHECK_DISPATCH if found.reason is Reason.NOT_SENT else Question.START_TRACE


def _request(view: OrderView, standing: ParcelStanding, found: Finding) -> CaseRequest:
    parcel = standing.parcel
    return CaseRequest(
        kind=_KINDS[_question(view, standing, found)],
        order_number=view.order.number,
        parcel_id=parcel.id,
        carrier=parcel.carrier,
        tracking_number=parcel.tracking_number,
        details={"items": items_of(parcel, view.order), "last seen": _last_seen(found)},
    )


def _last_seen(found: Finding) -> str:
    """Return since when nothing happened, for those who look for it."""
    since = found.since.isoformat() if found.since else "not on record"
    return f"{found.reason.value.replace('_', ' ')} since {since}"


def _span(known: Fact[Span] | None) -> Span | None:
    return known.value if known else None
