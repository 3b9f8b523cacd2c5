"""Lets an open question of a procedure have its answer, before a message means anything else.

Whatever is said in between is answered first, and the question put again after it; three times at
the most, then it is left.
"""

from collections.abc import Mapping
from typing import Final, Protocol, runtime_checkable

from actions.question_wording import kept_buttons, put_again
from actions.questions import MOST_TIMES, Matter, Question
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.second_problem import with_second_problem
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.case_status import names_a_case
from support.decisions.click_and_collect import asks_about_collecting
from support.decisions.next_door import next_door
from support.identifiers.one_time_codes import code_in

SLOT: Final = "matter"
CLOSED: Final = {SLOT: None}
"""Slots when no question of a procedure is open."""

_ANSWERED_WITH_NUMBERS: Final = frozenset({Question.NEW_ADDRESS, Question.CONFIRM_ADDRESS})
_NOT_THE_MOMENT: Final = frozenset(
    {"stop_or_cancel", "goodbye", "distress", "request_human", "complaint"}
)
_MAY_NAME_A_CASE: Final = frozenset(
    {
        "track_order",
        "eta_question",
        "check_tracking",
        "provide_details",
        "nlu_fallback",
        "out_of_scope",
    }
)
_NO_ANSWER: Final = frozenset({"nlu_fallback", "out_of_scope", "affirm"})
"""Meanings that have no answer of their own while a question is open: a yes that agrees to nothing,
too."""


class Procedure(Protocol):
    """What asks questions and takes their answers."""

    async def take(self, turn: Turn, matter: Matter) -> Reply | None:
        """Go on with what this message answers; None where it answers something else."""


@runtime_checkable
class KnowsFiled(Procedure, Protocol):
    """What knows the requests that were filed."""

    async def answer(self, turn: Turn) -> Reply:
        """Tell how they stand."""

    async def take_back(self, turn: Turn) -> Reply | None:
        """Take back what this message calls off; None where it calls nothing off that is open."""


class OpenQuestions:
    """Brings messages to the procedure whose question is open."""

    def __init__(self, procedures: Mapping[Topic, Procedure]) -> None:
        self._procedures = procedures

    async def take(self, turn: Turn) -> Reply | None:
        """Return the reply to an answer; None where nothing is asked or this is none."""
        filed = await self._about_what_was_filed(turn)
        if filed is not None:
            return filed
        matter = matter_of(turn)
        if matter is None or turn.active_form or _is_elsewhere(turn, matter):
            return None
        procedure = self._procedures.get(matter.topic)
        reply = await procedure.take(turn, matter) if procedure else None
        lost = turn.intent in _NO_ANSWER and not _is_a_question_of_its_own(turn.text)
        if reply is None and lost and matter.times_asked < MOST_TIMES:
            return _again(matter, Say(ResponseKey.ANSWER_NOT_UNDERSTOOD))
        return reply

    async def with_second_problem(self, turn: Turn, reply: Reply) -> Reply:
        """Return a reply that also deals with what else was wrong, now or later."""
        if turn.intent in _NOT_THE_MOMENT:
            return reply
        return await with_second_problem(turn, reply, self._procedures)

    async def _about_what_was_filed(self, turn: Turn) -> Reply | None:
        """Return the reply to what takes a filed request back, or asks for one by its reference."""
        filed = self._procedures.get(Topic.CASE_STATUS)
        if not isinstance(filed, KnowsFiled):
            return None
        if turn.intent in _MAY_NAME_A_CASE and not turn.active_form and names_a_case(turn.text):
            return await filed.answer(turn)
        return await filed.take_back(turn)

    def kept_open(self, turn: Turn, reply: Reply) -> Reply:
        """Return a reply to something else with the open question put again at its end."""
        matter = matter_of(turn)
        if matter is None or SLOT in reply.slots or turn.active_form:
            return reply
        if turn.intent in _NOT_THE_MOMENT or reply.then or reply.choices:
            return reply
        if _is_elsewhere(turn, matter) or matter.times_asked >= MOST_TIMES:
            return reply.with_slots(CLOSED)
        return reply.followed_by(*_again(matter).says).with_slots({SLOT: matter.again().written()})


NOTHING_OPEN: Final = OpenQuestions({})


def matter_of(turn: Turn) -> Matter | None:
    """Return what an open question is about."""
    return Matter.read(turn.slots.get(SLOT))


def _is_elsewhere(turn: Turn, matter: Matter) -> bool:
    """Say whether this message is about another order.

    A code may look like an order number, and so may what belongs to an address: a parcel locker's.
    """
    said = turn.said("order_number")
    if matter.question in _ANSWERED_WITH_NUMBERS and not turn.gave_contact:
        return False
    if matter.question is Question.CODE:
        said = tuple(number for number in said if code_in(number) is None)
    return bool(said) and matter.order_number not in said


def _is_a_question_of_its_own(text: str) -> bool:
    """Say whether words that the classifier is lost with ask something that has an answer."""
    return asks_about_collecting(text) or next_door(text) is not None


def _again(matter: Matter, *says: Say) -> Reply:
    asked = (*put_again(matter.question, among=matter.on_offer), *kept_buttons(matter))
    return Reply(says=(*says, *asked), slots={SLOT: matter.again().written()})
