"""How each question of a procedure is worded, and which buttons stand under it."""

from collections.abc import Mapping
from dataclasses import dataclass
from json import dumps
from typing import Final

from actions.questions import Question
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.answers import Answer
from support.facts import Fact

Button = tuple[ResponseKey, Answer]


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in full, how it is put again without its facts, and what can be pressed."""

    key: ResponseKey
    again: ResponseKey
    buttons: tuple[Button, ...] = ()


_SEARCH: Final[tuple[Button, ...]] = (
    (ResponseKey.ANSWER_NOT_THERE, Answer.NOT_THERE),
    (ResponseKey.ANSWER_FOUND, Answer.FOUND),
    (ResponseKey.ANSWER_LATER, Answer.LATER),
)
_YES_NO: Final[tuple[Button, ...]] = (
    (ResponseKey.ANSWER_YES, Answer.YES),
    (ResponseKey.ANSWER_NO, Answer.NO),
)
_CARD: Final[tuple[Button, ...]] = (
    (ResponseKey.ANSWER_NO_CARD, Answer.NO),
    (ResponseKey.ANSWER_CARD, Answer.YES),
)

WORDINGS: Final[Mapping[Question, Wording]] = {
    Question.WHICH_PARCEL: Wording(
        ResponseKey.ASK_WHICH_PARCEL, ResponseKey.ASK_WHICH_PARCEL_AGAIN
    ),
    Question.LOOKED_AROUND: Wording(
        ResponseKey.ASK_LOOKED_AROUND, ResponseKey.ASK_LOOKED_AROUND_AGAIN, _SEARCH
    ),
    Question.ASKED_PEOPLE: Wording(
        ResponseKey.ASK_ASKED_PEOPLE, ResponseKey.ASK_ASKED_PEOPLE_AGAIN, _SEARCH
    ),
    Question.CARD_LEFT: Wording(ResponseKey.ASK_CARD_LEFT, ResponseKey.ASK_CARD_LEFT_AGAIN, _CARD),
    Question.ASKED_STORE: Wording(
        ResponseKey.ASK_ASKED_STORE, ResponseKey.ASK_ASKED_STORE_AGAIN, _SEARCH
    ),
    Question.START_INVESTIGATION: Wording(
        ResponseKey.ASK_START_INVESTIGATION, ResponseKey.ASK_START_INVESTIGATION_AGAIN, _YES_NO
    ),
    Question.START_STORE_CHECK: Wording(
        ResponseKey.ASK_START_STORE_CHECK, ResponseKey.ASK_START_STORE_CHECK_AGAIN, _YES_NO
    ),
    Question.OPEN_TICKET: Wording(
        ResponseKey.ASK_OPEN_TICKET, ResponseKey.ASK_OPEN_TICKET_AGAIN, _YES_NO
    ),
    Question.WHICH_SELLER: Wording(
        ResponseKey.ASK_WHICH_SELLER, ResponseKey.ASK_WHICH_SELLER_AGAIN
    ),
    Question.ESCALATE_TICKET: Wording(
        ResponseKey.ASK_ESCALATE_TICKET, ResponseKey.ASK_ESCALATE_TICKET_AGAIN, _YES_NO
    ),
    Question.CONTACT_RIGHT: Wording(
        ResponseKey.ASK_CONTACT_RIGHT, ResponseKey.ASK_CONTACT_RIGHT_AGAIN, _YES_NO
    ),
    Question.RESEND_MESSAGE: Wording(
        ResponseKey.ASK_RESEND_MESSAGE, ResponseKey.ASK_RESEND_MESSAGE_AGAIN, _YES_NO
    ),
    Question.ASK_EXTENSION: Wording(
        ResponseKey.ASK_EXTENSION, ResponseKey.ASK_EXTENSION_AGAIN, _YES_NO
    ),
    Question.TELL_ME: Wording(ResponseKey.ASK_TELL_ME, ResponseKey.ASK_TELL_ME_AGAIN, _YES_NO),
}


def put(
    question: Question,
    *,
    facts: Mapping[str, Fact[str]] | None = None,
    words: Mapping[str, str] | None = None,
) -> tuple[Say, ...]:
    """Return a question in full, with its buttons."""
    wording = WORDINGS[question]
    return (Say(wording.key, facts=facts or {}, words=words or {}), *_buttons(wording))


def put_again(question: Question) -> tuple[Say, ...]:
    """Return a question as it is put once more, with its buttons."""
    wording = WORDINGS[question]
    return (Say(wording.again), *_buttons(wording))


def payload(answer: Answer | str) -> str:
    """Return what pressing a button means."""
    return f"/provide_details{dumps({'answer': str(answer)})}"


def _buttons(wording: Wording) -> tuple[Say, ...]:
    return tuple(
        Say(title, joins=True, choice=payload(answer)) for title, answer in wording.buttons
    )
