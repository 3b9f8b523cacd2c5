"""How each question of a procedure is worded, and which buttons stand under it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from json import dumps, loads
from typing import Final

from actions.questions import BUTTONS, Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.answers import Answer
from support.facts import Evidence, Fact

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
_REMEDIES: Final[tuple[Button, ...]] = (
    (ResponseKey.ANSWER_WAIT, Answer.WAIT),
    (ResponseKey.ANSWER_REFUND, Answer.REFUND),
    (ResponseKey.ANSWER_RETURN, Answer.RETURN),
    (ResponseKey.ANSWER_ALTERNATIVE, Answer.ALTERNATIVE),
)
_ITEM_PROBLEMS: Final[tuple[Button, ...]] = (
    (ResponseKey.ANSWER_MISSING, Answer.MISSING),
    (ResponseKey.ANSWER_DAMAGED, Answer.DAMAGED),
)

_RESEND: Final[tuple[Button, ...]] = ((ResponseKey.ANSWER_RESEND_CODE, Answer.RESEND),)

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
    Question.WHICH_REMEDY: Wording(
        ResponseKey.ASK_WHICH_REMEDY, ResponseKey.ASK_WHICH_REMEDY_AGAIN, _REMEDIES
    ),
    Question.SEND_REQUEST: Wording(
        ResponseKey.ASK_SEND_REQUEST, ResponseKey.ASK_SEND_REQUEST_AGAIN, _YES_NO
    ),
    Question.START_TRACE: Wording(
        ResponseKey.ASK_START_TRACE, ResponseKey.ASK_START_TRACE_AGAIN, _YES_NO
    ),
    Question.CHECK_DISPATCH: Wording(
        ResponseKey.ASK_CHECK_DISPATCH, ResponseKey.ASK_CHECK_DISPATCH_AGAIN, _YES_NO
    ),
    Question.WHICH_CARRIER: Wording(
        ResponseKey.ASK_WHICH_CARRIER, ResponseKey.ASK_WHICH_CARRIER_AGAIN
    ),
    Question.WHICH_ITEMS: Wording(ResponseKey.ASK_WHICH_ITEMS, ResponseKey.ASK_WHICH_ITEMS_AGAIN),
    Question.WHICH_ITEM_PROBLEM: Wording(
        ResponseKey.ASK_WHICH_ITEM_PROBLEM,
        ResponseKey.ASK_WHICH_ITEM_PROBLEM_AGAIN,
        _ITEM_PROBLEMS,
    ),
    Question.REPORT_ITEMS: Wording(
        ResponseKey.ASK_REPORT_ITEMS, ResponseKey.ASK_REPORT_ITEMS_AGAIN, _YES_NO
    ),
    Question.CODE: Wording(ResponseKey.ASK_CODE, ResponseKey.ASK_CODE_AGAIN, _RESEND),
    Question.NEW_ADDRESS: Wording(ResponseKey.ASK_NEW_ADDRESS, ResponseKey.ASK_NEW_ADDRESS_AGAIN),
    Question.CONFIRM_ADDRESS: Wording(
        ResponseKey.ASK_CONFIRM_ADDRESS, ResponseKey.ASK_CONFIRM_ADDRESS_AGAIN, _YES_NO
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
    Question.TAKE_BACK: Wording(ResponseKey.ASK_TAKE_BACK, ResponseKey.ASK_TAKE_BACK, _YES_NO),
    Question.TELL_ME: Wording(ResponseKey.ASK_TELL_ME, ResponseKey.ASK_TELL_ME_AGAIN, _YES_NO),
}


def put(
    question: Question,
    *,
    facts: Mapping[str, Fact[str]] | None = None,
    words: Mapping[str, str] | None = None,
    checked: tuple[Evidence, ...] = (),
    among: Collection[str] | None = None,
) -> tuple[Say, ...]:
    """Return a question in full, with its buttons, or only those `among` what is on offer.

    `checked` is evidence for what the question itself offers.
    """
    wording = WORDINGS[question]
    asked = Say(wording.key, facts=facts or {}, words=words or {}, checked=checked)
    return (asked, *_buttons(wording, among))


def put_again(question: Question, *, among: Collection[str] | None = None) -> tuple[Say, ...]:
    """Return a question as it is put once more, with its buttons."""
    wording = WORDINGS[question]
    return (Say(wording.again), *_buttons(wording, among))


def with_buttons(matter: Matter, buttons: Iterable[Say]) -> Matter:
    """Return a matter that keeps these buttons, so that they stand under its question again."""
    written = [
        {
            "key": button.key,
            "facts": {
                name: [fact.value, fact.evidence.source, fact.evidence.at.isoformat()]
                for name, fact in button.facts.items()
            },
            "words": dict(button.words),
            "choice": button.choice,
        }
        for button in buttons
    ]
    return replace(matter, noted={**matter.noted, BUTTONS: dumps(written)})


def kept_buttons(matter: Matter) -> tuple[Say, ...]:
    """Return the buttons that a matter keeps; none, where its question has the same for all."""
    return tuple(
        Say(
            ResponseKey(button["key"]),
            facts={
                name: Fact(value, Evidence(source, datetime.fromisoformat(at)))
                for name, (value, source, at) in button["facts"].items()
            },
            words=button.get("words", {}),
            joins=True,
            choice=button["choice"],
        )
        for button in loads(matter.noted.get(BUTTONS, "[]"))
    )


def payload(answer: Answer | str) -> str:
    """Return what pressing a button means."""
    return f"/provide_details{dumps({'answer': str(answer)})}"


def _buttons(wording: Wording, among: Collection[str] | None) -> tuple[Say, ...]:
    return tuple(
        Say(title, joins=True, choice=payload(answer))
        for title, answer in wording.buttons
        if among is None or answer in among
    )
