"""What became of what was opened: the cases and Marketplace tickets of an order."""

from collections.abc import Iterable, Iterator
from typing import Final

from actions.cases import DEEDS, state_of
from actions.filed import filed_on
from actions.following import offer_to_follow
from actions.identity import identify
from actions.identity_questions import IDENTITY_FORM
from actions.marketplace import escalation
from actions.open_questions import SLOT as SLOT_OF_MATTER
from actions.open_questions import matter_of
from actions.order_topic import OrderTopic, Told
from actions.order_view import OrderView, Step
from actions.questions import Matter, Question
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.taken_back import REFERENCE, open_one, take_back
from actions.tickets import ticket_says
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer
from support.decisions.called_off import called_off
from support.decisions.case_status import Filed, all_settled, references_in, told
from support.decisions.identity import Deed, may
from support.decisions.marketplace import NextStep, next_step
from support.systems.cases.models import Case
from support.systems.marketplace.models import Ticket

SLOT: Final = "wish"
_WHAT_CAN_BE_DONE: Final = (
    (ResponseKey.CHOICE_DELIVERED_NOT_RECEIVED, "delivered_not_received"),
    (ResponseKey.CHOICE_DELIVERY_DELAYED, "delivery_delayed"),
    (ResponseKey.CHOICE_MISSING_ITEM_OR_DAMAGED, "missing_item_or_damaged"),
)


class CaseStatus(OrderTopic):
    """The customer asks what is happening with a case or a ticket.

    A reference is no proof of anything: whose order it is has to be shown first, as always.
    """

    action_name = "action_case_status"
    topic = Topic.CASE_STATUS
    shows_order = False

    async def answer(self, turn: Turn) -> Reply:
        """Tell how cases stand; while it is asked whose order it is, remember which case."""
        wish = _wish(turn)
        reply = await super().answer(turn.with_slot(SLOT, wish))
        if reply.then == IDENTITY_FORM and wish and not turn.active_form:
            named = {"reference": ", ".join(wish.split())}
            reply = reply.preceded_by(Say(ResponseKey.CASE_WHOSE, words=named))
        return reply.with_slots({SLOT: wish})

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Tell nothing of the parcels: what was asked for comes in `begin`, which may wait."""
        del turn, view
        return Told(())

    def add(self, view: OrderView) -> Iterable[Say]:
        """Add nothing."""
        del view
        return ()

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Tell the cases and tickets, and offer what comes next with them."""
        if not may(view.found.level, Deed.TELL_CASES):
            return Step((Say(ResponseKey.DETAIL_WITHHELD),))
        known = await filed_on(self.services, view.order)
        problems = tuple(Say(key) for key in known.problems)
        found = told(known.filed, references_in(turn.slot(SLOT) or ""))
        number = {"order_number": str(view.order.number)}
        unknown = tuple(
            Say(ResponseKey.CASE_OTHER_REFERENCE, words={"reference": one, **number})
            for one in found.unknown
        )
        if not found.filed:
            return Step((*unknown, *(problems or _none(number))))
        instead = (Say(ResponseKey.CASE_THESE_INSTEAD, joins=True),) if unknown else ()
        listed = tuple(say for one in found.filed for say in self._says(one, view))
        count = {"count": str(found.more)}
        more = (Say(ResponseKey.CASE_MORE, words=count),) if found.more else ()
        says = (*unknown, *instead, *listed, *more, *problems)
        return Step(says).followed_by(self._next(turn, view, found.filed))

    async def take_back(self, turn: Turn) -> Reply | None:
        """Take back what this message calls off; None where it calls nothing off that is open."""
        kinds = called_off(turn.text)
        if not kinds or turn.active_form or not turn.order_numbers:
            return None
        identified = await identify(turn, self.services, topic=self.topic)
        if isinstance(identified, Reply):
            return None
        view = await self._view(identified.orders[-1])
        case = await open_one(self.services, view, kinds)
        if case is None or not may(view.found.level, Deed.TELL_CASES):
            return None
        matter = Matter(
            Question.TAKE_BACK, self.topic, view.order.number, noted={REFERENCE: case.reference}
        )
        step = await self._taken_back(turn, view, matter, case)
        asked = step.matter.written() if step.matter else None
        slots = {**self._slots(turn, identified), SLOT_OF_MATTER: asked}
        return Reply(says=step.says, slots=slots)

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Take back what waited for a code."""
        del answer
        reference = matter.noted.get(REFERENCE, "")
        cases = await self.services.cases.cases_of(view.order.number)
        case = next((one for one in cases if one.reference == reference and one.is_open), None)
        return await self._taken_back(turn, view, matter, case) if case else Step()

    async def _taken_back(self, turn: Turn, view: OrderView, matter: Matter, case: Case) -> Step:
        if not may(view.found.level, DEEDS[case.kind]):
            return await self.ask_code(turn, view, matter, Answer.YES)
        return Step(await take_back(turn, self.services, case))

    def _says(self, one: Filed, view: OrderView) -> Iterator[Say]:
        if isinstance(one, Case):
            yield from state_of(one, self.services, view.spoken)
        else:
            yield from ticket_says(one, self.services, view.spoken)

    def _next(self, turn: Turn, view: OrderView, filed: tuple[Filed, ...]) -> Step:
        """Offer one thing, unless another procedure's question is open."""
        matter = matter_of(turn)
        busy = matter is not None and matter.question is not Question.TELL_ME
        if busy or all_settled(filed):
            return Step()
        overdue = (
            one
            for one in filed
            if isinstance(one, Ticket) and next_step(one, view.spoken.now) is NextStep.ESCALATE
        )
        ticket = next(overdue, None)
        if ticket is not None:
            return escalation(Topic.MARKETPLACE, view, ticket)
        return offer_to_follow(self.topic, view, ())


def _wish(turn: Turn) -> str:
    """Return the references asked for; those asked for before, where details are given only."""
    references = references_in(turn.text)
    if not references and turn.gave_identity and turn.slot("topic") == Topic.CASE_STATUS:
        references = references_in(turn.slot(SLOT) or "")
    return " ".join(references)


def _none(number: dict[str, str]) -> tuple[Say, ...]:
    """Say that nothing is open, and what can be."""
    buttons = (Say(key, joins=True, choice=f"/{intent}") for key, intent in _WHAT_CAN_BE_DONE)
    return (Say(ResponseKey.CASE_NONE, words=number), *buttons)
