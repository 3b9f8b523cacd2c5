"""Which remedy a late parcel's customer wants: asked, read from words, and confirmed."""

from collections.abc import Mapping
from typing import Final

from actions.cases import KIND_NAMES
from actions.order_view import OrderView, Step
from actions.question_wording import put, put_again
from actions.questions import Matter, Question
from actions.remedies import KINDS, allowed
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.decisions.choice import picked
from support.decisions.delay import options
from support.decisions.order_status import ParcelStanding
from support.decisions.remedy_words import remedies_wanted
from support.facts import Evidence, Fact
from support.systems.orders.models import Seller

UNCLEAR: Final = "unclear"
"""What is read where several remedies are named, or a mere yes: neither picks one."""

_REMEDY: Final = "remedy"
_MOST_TIMES: Final = 3
_YES_NO: Final = (Answer.YES, Answer.NO)
_MOST_WORDS_OF_A_CHOICE: Final = 5
"""'That's what you said last week' picks nothing."""


def with_remedy(matter: Matter, wanted: Answer | None) -> Matter:
    """Return this matter with the remedy noted that was asked for, if any."""
    return matter.ask(matter.question, **{_REMEDY: wanted.value}) if wanted else matter


def remedy_noted(matter: Matter) -> Answer | None:
    """Return the remedy that was asked for before; None where none was named."""
    noted = matter.noted.get(_REMEDY)
    return Answer(noted) if noted else None


def possible_remedies(services: Services, standing: ParcelStanding) -> Mapping[Answer, Evidence]:
    """Return what may be asked for about this parcel, each with the entry that allows it."""
    rules = allowed(services)
    offered = options(standing.state.value, allowed=rules)
    return {remedy: rules[remedy] for remedy in offered if remedy in rules}


def ask_which_remedy(
    services: Services, standing: ParcelStanding, matter: Matter, wanted: Answer | None
) -> Step | None:
    """Ask which remedy is wanted, or to confirm the one that is; None where there is none.

    What is wanted and not possible is said to be so first.
    """
    remedies = possible_remedies(services, standing)
    if not remedies:
        return None
    if wanted is not None and wanted in remedies:
        return confirm_remedy(services, wanted, matter)
    offered = options(standing.state.value, allowed=remedies)
    asked = put(Question.WHICH_REMEDY, checked=tuple(remedies.values()), among=offered)
    step = Step(asked, matter.ask(Question.WHICH_REMEDY).offering(*offered))
    return step.preceded_by(Say(ResponseKey.DELAY_NOT_POSSIBLE)) if wanted else step


def confirm_remedy(services: Services, remedy: Answer, matter: Matter) -> Step:
    """Ask whether the request for this remedy, one of those that are allowed, is to be sent."""
    allowed_by = allowed(services)[remedy]
    request = {"request": Fact(KIND_NAMES[KINDS[remedy]], allowed_by)}
    asked = with_remedy(matter, remedy).ask(Question.SEND_REQUEST)
    return Step(put(Question.SEND_REQUEST, facts=request), asked)


def ask_about_ticket(view: OrderView, matter: Matter, seller: Seller) -> Step:
    """Ask whether the Marketplace seller, with whom all remedies are settled, is to be asked."""
    who = {"who": Fact(seller.name, view.found.told)}
    return Step(put(Question.OPEN_TICKET, facts=who), matter.ask(Question.OPEN_TICKET))


def ask_once_more(matter: Matter) -> Step | None:
    """Ask the open question again, for one remedy; None where that was done often enough."""
    if matter.times_asked >= _MOST_TIMES:
        return None
    asked = put_again(matter.question, among=matter.on_offer)
    return Step((Say(ResponseKey.DELAY_ONE_AT_A_TIME), *asked), matter.again())


def read_remedy(turn: Turn, matter: Matter) -> str | None:
    """Return the remedy that a message asks for, YES, NO or UNCLEAR; None where it answers nothing.

    What is named comes before yes and no.
    """
    if turn.answer:
        return turn.answer if turn.answer in (matter.on_offer or _YES_NO) else None
    wanted = remedies_wanted(turn.text) if turn.intent != "case_status" else frozenset()
    answer = yes_or_no(turn.intent, turn.text)
    if len(wanted) == 1:
        return next(iter(wanted))
    if matter.question is Question.WHICH_REMEDY:
        return _picked(turn, matter) or (UNCLEAR if wanted or answer is Answer.YES else answer)
    if matter.question is Question.OPEN_TICKET and wanted:
        return Answer.YES
    return UNCLEAR if wanted else answer


def _picked(turn: Turn, matter: Matter) -> str | None:
    """Return which one of what is on offer a message picks: "the second one"."""
    on_offer = list(matter.on_offer or ())
    if len(turn.text.split()) > _MOST_WORDS_OF_A_CHOICE:
        return None
    places = picked(turn.text, len(on_offer))
    return on_offer[places[0]] if len(places) == 1 else None
