"""Part of an order is missing, or came broken or wrong: which items, what is wrong, the report."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from actions.cases import state_of
from actions.following import offer_to_follow
from actions.item_choice import (
    NOT_ON_ORDER,
    ask_which_items,
    chosen,
    items_meant,
    names_an_item,
    names_of,
    offered,
    with_names,
)
from actions.item_reports import (
    items_among,
    known_case,
    noted,
    report_of,
    send_report,
    word_report,
    words_so_far,
)
from actions.order_topic import OrderTopic
from actions.order_view import OrderView, Step
from actions.question_wording import put
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.decisions.identity import Deed, may
from support.decisions.missing_items import Lines, Problem, Report, Whereabouts, whereabouts
from support.decisions.parcel_states import ParcelState
from support.decisions.told_items import (
    means_everything,
    problem_told,
    replaces_what_was_said,
    report_told,
)
from support.masking import masked
from support.systems.orders.models import Line

_NOT_ON_ORDER: Final = "names_another_item"
_BEGIN: Final = "begin"
_CHANGED: Final = "changed"
_YES_NO: Final = (Answer.YES, Answer.NO)
_PROBLEMS: Final = (Answer.MISSING, Answer.DAMAGED)
_MAY_STILL_COME: Final = frozenset({Whereabouts.ON_ITS_WAY, Whereabouts.NOT_PACKED})
_NOT_HERE: Final = {
    Whereabouts.ON_ITS_WAY: ResponseKey.ITEMS_ON_THEIR_WAY,
    Whereabouts.NOT_PACKED: ResponseKey.ITEMS_NOT_PACKED,
    Whereabouts.NOT_COMING: ResponseKey.ITEMS_NOT_COMING,
}
_MOST_TIMES: Final = 3


class MissingItems(OrderTopic):
    """Part of the order is missing, or came broken."""

    action_name = "action_missing_items"
    topic = Topic.MISSING_ITEMS
    has_procedure = True

    def add(self, view: OrderView) -> Iterable[Say]:
        """Add nothing: what follows the facts depends on the items."""
        del view
        return ()

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Take what is said already, and ask for what is not."""
        matter = with_names(Matter(Question.WHICH_ITEMS, self.topic, view.order.number), view)
        report = report_told(turn.text, names_of(matter), turn.said("item"))
        if not report.lines and names_an_item(turn):
            matter = matter.with_done(_NOT_ON_ORDER)
        words = words_so_far(matter, masked(turn.text))
        matter = matter.ask(Question.WHICH_ITEMS, **noted(report, words))
        if not may(view.found.level, Deed.REPORT_ITEMS):
            return await self.ask_code(turn, view, matter, _BEGIN)
        return await self._next(view, matter)

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return which lines are meant, what is wrong, yes, no, or that it is different."""
        if turn.answer:
            return turn.answer if turn.answer in _pressed(matter) else None
        match matter.question:
            case Question.WHICH_ITEMS:
                return items_meant(turn, matter)
            case Question.WHICH_ITEM_PROBLEM:
                return problem_told(turn.text)
            case _:
                changed = _corrected(turn, matter) != report_of(matter)
                if changed:
                    return _CHANGED
                everything = Answer.YES if means_everything(turn.text) else None
                return yes_or_no(turn.intent, turn.text) or everything

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Go on to what is not known yet; once all is confirmed, report it."""
        if answer == _BEGIN:
            return await self._next(view, matter)
        if answer == NOT_ON_ORDER:
            return self._once_more(view, matter)
        if matter.question is not Question.REPORT_ITEMS or answer == _CHANGED:
            report = _continued(turn, matter, answer)
            words = words_so_far(matter, "" if turn.answer else masked(turn.text))
            return await self._next(view, matter.ask(matter.question, **noted(report, words)))
        if answer != Answer.YES:
            return Step((Say(ResponseKey.NOTHING_STARTED),), matter.put_aside())
        if not may(view.found.level, Deed.REPORT_ITEMS):
            return await self.ask_code(turn, view, matter, answer)
        says = await send_report(turn, self.services, view, matter)
        return offer_to_follow(self.topic, view, says)

    async def _next(self, view: OrderView, matter: Matter) -> Step:
        """Ask which items, then what is wrong; then read it back. What has not come is left out."""
        report = report_of(matter)
        if not report.lines:
            return await self._without_items(view, matter, report.only_problem)
        problem = report.only_problem
        if report.unsorted and problem is None:
            items = {"items": items_among(view, report.unsorted)}
            asked = put(Question.WHICH_ITEM_PROBLEM, facts=items)
            return Step(asked, matter.ask(Question.WHICH_ITEM_PROBLEM))
        says, left = _only_what_came(view, report)
        if not left.lines:
            return offer_to_follow(self.topic, view, says)
        known = await known_case(self.services, view, left)
        if known is not None:
            return Step((*says, *state_of(known, self.services, view.spoken)))
        asked = (*word_report(view, left), *put(Question.REPORT_ITEMS))
        return Step((*says, *asked), matter.ask(Question.REPORT_ITEMS, **noted(left)))

    async def _without_items(
        self, view: OrderView, matter: Matter, problem: Problem | None
    ) -> Step:
        """Ask which items it is about, unless only one can be meant or none has come."""
        where = {line.id: _where(view, line, problem) for line in view.order.lines}
        came = [line for line in view.order.lines if where[line.id] is Whereabouts.ARRIVED]
        if not came and any(
            one.state.value is ParcelState.PARTLY_DELIVERED for one in view.standings
        ):
            rest = Say(ResponseKey.MISSING_ITEMS_REST_COMING, checked=(view.found.told,))
            return offer_to_follow(self.topic, view, (rest,))
        if not came:
            nothing_comes = set(where.values()) <= {Whereabouts.NOT_COMING}
            nothing_here = Say(ResponseKey.MISSING_ITEMS_NOTHING_HERE, checked=(view.found.told,))
            return Step() if nothing_comes else offer_to_follow(self.topic, view, (nothing_here,))
        others = [line for line in view.order.lines if where[line.id] in _MAY_STILL_COME]
        candidates = came if problem is Problem.DAMAGED else [*came, *others]
        stranger = _NOT_ON_ORDER in matter.done
        if len(candidates) == 1 and not stranger:
            only = report_of(matter).about(frozenset({candidates[0].id}))
            return await self._next(view, matter.ask(matter.question, **noted(only)))
        step = ask_which_items(matter, view, candidates)
        if stranger:
            return step.preceded_by(Say(ResponseKey.ITEM_NOT_ON_ORDER))
        if others and problem is not Problem.DAMAGED:
            return step.preceded_by(Say(ResponseKey.MISSING_ITEMS_OTHER_PARCELS))
        return step

    def _once_more(self, view: OrderView, matter: Matter) -> Step:
        """Ask once more after something that is not on the order; in the end say who helps."""
        if matter.times_asked >= _MOST_TIMES:
            return Step((Say(ResponseKey.MISSING_ITEMS_ADVICE),))
        lines = [line for line in view.order.lines if line.id in offered(matter)]
        step = ask_which_items(matter, view, lines)
        again = step.matter and replace(step.matter, times_asked=matter.times_asked + 1)
        return Step((Say(ResponseKey.ITEM_NOT_ON_ORDER), *step.says), again)


def _pressed(matter: Matter) -> Sequence[str]:
    """Return the answers that the buttons of the open question stand for."""
    match matter.question:
        case Question.WHICH_ITEMS:
            return tuple(matter.on_offer or ())
        case Question.WHICH_ITEM_PROBLEM:
            return _PROBLEMS
        case _:
            return _YES_NO


def _continued(turn: Turn, matter: Matter, answer: str) -> Report:
    """Return the report with what this message adds to it, or corrects in it."""
    report = report_of(matter)
    match matter.question:
        case Question.WHICH_ITEMS:
            problem = None if turn.answer else problem_told(turn.text)
            told = replace(report, problem=problem) if problem else report
            return told.about(chosen(matter, answer))
        case Question.WHICH_ITEM_PROBLEM:
            return report.sorted_as(Problem(answer))
        case _:
            return _corrected(turn, matter)


def _corrected(turn: Turn, matter: Matter) -> Report:
    """Return the report as this message has it: the same where it names nothing."""
    report = report_of(matter)
    told = report_told(turn.text, names_of(matter), turn.said("item"))
    if not told.lines and told.problem is None:
        return report
    replaces = turn.intent == "deny" or replaces_what_was_said(turn.text)
    return report.corrected_by(told, replaces=replaces)


def _where(view: OrderView, line: Line, problem: Problem | None) -> Whereabouts:
    return whereabouts(line, view.order, view.standings, problem)


def _only_what_came(view: OrderView, report: Report) -> tuple[tuple[Say, ...], Report]:
    """Return what to say of the items that have not come, and the report without them."""
    says, left = [], report
    away: dict[Whereabouts, Lines] = {}
    for line in view.order.lines:
        problem = Problem.DAMAGED if line.id in report.damaged else Problem.MISSING
        place = _where(view, line, problem)
        if line.id in report.lines and place is not Whereabouts.ARRIVED:
            away[place] = away.get(place, frozenset()) | {line.id}
    for place, lines in away.items():
        says.append(Say(_NOT_HERE[place], facts={"items": items_among(view, lines)}))
        left = left.without(lines)
    return tuple(says), left
