"""Which items of an order a problem is about: asked with a button for each, and read from words."""

from collections.abc import Sequence
from typing import Final

from actions.order_view import OrderView, Step
from actions.question_wording import payload, put, with_buttons
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.turn import Turn
from support.decisions.answers import Answer
from support.decisions.choice import picked
from support.decisions.missing_items import Lines
from support.decisions.told_items import Names, lines_named, means_everything
from support.facts import Fact
from support.ids import LineId
from support.mentions.items import items_in
from support.systems.orders.models import Line

NOT_ON_ORDER: Final = "not_on_order"
_IDS: Final = "ids"
_NAMES: Final = "names"
_MOST_BUTTONS: Final = 9
_ABOUT_ITEMS: Final = frozenset({"missing_item_or_damaged", "nlu_fallback", "provide_details"})


def with_names(matter: Matter, view: OrderView) -> Matter:
    """Return this matter with what the order's lines are called, so that words can be read."""
    ids = ",".join(line.id for line in view.order.lines)
    names = "\n".join(line.name.replace("\n", " ") for line in view.order.lines)
    return matter.ask(matter.question, **{_IDS: ids, _NAMES: names})


def names_of(matter: Matter) -> Names:
    """Return what the order's lines are called."""
    ids = (LineId(one) for one in matter.noted.get(_IDS, "").split(","))
    return dict(zip(ids, matter.noted.get(_NAMES, "").split("\n"), strict=False))


def offered(matter: Matter) -> Names:
    """Return the lines that were asked about."""
    asked = matter.on_offer or ()
    return {line: name for line, name in names_of(matter).items() if line in asked}


def ask_which_items(matter: Matter, view: OrderView, lines: Sequence[Line]) -> Step:
    """Ask which of these lines it is about. Of many, the last ones have to be typed."""
    buttons = [_button(view, line) for line in lines[:_MOST_BUTTONS]]
    every = Say(ResponseKey.ANSWER_ALL_ITEMS, joins=True, choice=payload(Answer.ALL))
    asked = matter.ask(Question.WHICH_ITEMS).offering(*(line.id for line in lines), Answer.ALL)
    return Step(
        (*put(Question.WHICH_ITEMS), *buttons, every), with_buttons(asked, (*buttons, every))
    )


def items_meant(turn: Turn, matter: Matter) -> str | None:
    """Return the ids of the lines that a message names, or that it names something else.

    None where it speaks of something else altogether.
    """
    names = offered(matter)
    named = lines_named(turn.text, names, turn.said("item"))
    if named:
        return ",".join(sorted(named))
    if means_everything(turn.text):
        return Answer.ALL
    places = picked(turn.text, len(names))
    if places:
        return ",".join(list(names)[place] for place in places)
    return NOT_ON_ORDER if names_an_item(turn) and turn.intent in _ABOUT_ITEMS else None


def names_an_item(turn: Turn) -> bool:
    """Say whether a message calls a product by name, on the order or not."""
    return bool(turn.said("item")) or any(items_in(turn.text))


def chosen(matter: Matter, answer: str) -> Lines:
    """Return the lines that an answer stands for."""
    asked = frozenset(offered(matter))
    return asked if answer == Answer.ALL else asked & {LineId(one) for one in answer.split(",")}


def _button(view: OrderView, line: Line) -> Say:
    item = {"item": Fact(line.name, view.found.told)}
    return Say(ResponseKey.ANSWER_ITEM, facts=item, joins=True, choice=payload(line.id))
