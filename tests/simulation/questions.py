"""Which question a reply ends with, recognised by the wording in data/responses."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from actions.question_wording import WORDINGS
from actions.questions import Question
from tests.details import CONTACT_ASKED, NUMBER_ASKED
from tests.end_to_end.customer import Answer
from tests.simulation.reading import Statement, statements


class Asked(StrEnum):
    """What is wanted of the customer, beside the questions of procedures."""

    NUMBER = "number"
    CONTACT = "contact"
    BOTH = "both"
    CORRECTION = "correction"
    OTHER_WORDS = "other_words"


Wanted = Asked | Question

_NOT_MATCHED: Final = (
    "utter_identity_not_matched",
    "utter_identity_not_matched_again",
    "utter_identity_not_matched_often",
    "utter_which_detail_is_wrong",
    "utter_detail_not_recognised",
)
_IN_OTHER_WORDS: Final = (
    "utter_did_you_mean",
    "utter_not_understood",
    "utter_not_understood_again",
    "utter_not_understood_often",
    "utter_which_of_two",
    "utter_which_problem",
    "utter_which_choice",
    "utter_something_else",
    "utter_answer_missed_the_point",
    "utter_none_of_the_choices",
    "utter_nothing_to_choose",
    "utter_out_of_scope",
)
_OF_KEY: Final[Mapping[str, Wanted]] = {
    **{str(key): asked for asked, one in WORDINGS.items() for key in (one.key, one.again)},
    **dict.fromkeys(_NOT_MATCHED, Asked.CORRECTION),
    **dict.fromkeys(_IN_OTHER_WORDS, Asked.OTHER_WORDS),
}
_IDENTITY: Final = ("utter_ask_identity_form_order_number", "utter_ask_identity_form_contact")


def wanted(answer: Answer) -> Wanted | None:
    """Return what the last question of a reply asks for; None where nothing is asked."""
    lines = [one for reply in answer for one in statements(reply.text)]
    found = (_asked_by(one) for one in reversed(lines))
    return next((one for one in found if one is not None), None)


def put_in_full(answer: Answer) -> tuple[Question, ...]:
    """Return the questions of procedures that a reply puts as if for the first time."""
    keys = {str(one.key): asked for asked, one in WORDINGS.items()}
    lines = [one for reply in answer for one in statements(reply.text)]
    return tuple(keys[one.key] for one in lines if one.key in keys)


def _asked_by(one: Statement) -> Wanted | None:
    if one.key in _IDENTITY:
        return _detail(one.line)
    return _OF_KEY.get(one.key or "")


def _detail(line: str) -> Asked:
    if not CONTACT_ASKED.search(line):
        return Asked.NUMBER
    return Asked.BOTH if NUMBER_ASKED.search(line) else Asked.CONTACT
