"""The question for a one-time code: sent before something is done that needs it, then checked.

What the customer wanted waits in the matter's notes: the question that was answered, and how.
"""

import re
from dataclasses import replace
from typing import Final

from actions.order_view import OrderView, Step
from actions.question_wording import payload, put, put_again
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.shared_questions import Asker
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.decisions.code_wishes import asks_if_done, channel_wanted, refuses_code, wants_another
from support.decisions.identity import Level
from support.facts import Evidence, Fact
from support.identifiers.contact import normalise_phone
from support.identifiers.one_time_codes import code_in, is_code_of_other_length
from support.one_time_codes import NotSent, Outcome, Sent, Verdict
from support.places.postal_address import PostalAddress
from support.systems.notifications.models import NotificationChannel

_THEN_QUESTION: Final = "then_question"
_THEN_ANSWER: Final = "then_answer"
_CODE_IS_OVER: Final = "code_is_over"
_OTHER_LENGTH: Final = "other_length"
_REFUSED: Final = "refused"
_NOT_YET: Final = "not_yet"
_EXPLAINED: Final = {_REFUSED: ResponseKey.CODE_WHY, _NOT_YET: ResponseKey.CODE_NOT_DONE_YET}
_CODE: Final = re.compile(r"\d{6}")

_SENT: Final = {
    NotificationChannel.EMAIL: ResponseKey.CODE_SENT_BY_EMAIL,
    NotificationChannel.SMS: ResponseKey.CODE_SENT_BY_TEXT,
}
_ONLY: Final = {
    NotificationChannel.EMAIL: ResponseKey.CODE_ONLY_BY_EMAIL,
    NotificationChannel.SMS: ResponseKey.CODE_ONLY_BY_TEXT,
}
_INSTEAD: Final = {
    NotificationChannel.EMAIL: ResponseKey.ANSWER_CODE_BY_EMAIL,
    NotificationChannel.SMS: ResponseKey.ANSWER_CODE_BY_TEXT,
}
_CHANNELS: Final = frozenset(NotificationChannel)
_BUTTONS: Final = frozenset({Answer.RESEND, *NotificationChannel})
_DECIDES: Final = frozenset({Answer.YES, Answer.NO})


class CodeQuestion:
    """The question for the code."""

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return the code, or how another one is to be sent; None for other talk."""
        if turn.answer:
            return turn.answer if turn.answer in _offered(matter) else None
        code = code_in(turn.text)
        if code:
            return code
        return _wish(turn.text) or _other(turn, matter)

    async def go_on(
        self, asker: Asker, turn: Turn, view: OrderView, matter: Matter, answer: str
    ) -> Step:
        """Check the code and go on with what waits for it, or send another one."""
        if answer == Answer.NO:
            return Step((Say(ResponseKey.CODE_LEFT),))
        if view.found.level >= Level.CODE:
            return await _go_on_with_what_waits(asker, turn, view, matter)
        if _CODE.fullmatch(answer):
            return await self._checked(asker, turn, view, matter, answer)
        if answer in _EXPLAINED:
            return Step(_explained(_EXPLAINED[answer], matter), matter)
        if answer == _OTHER_LENGTH:
            return Step((Say(ResponseKey.CODE_OF_OTHER_LENGTH),), matter.again())
        wanted = NotificationChannel(answer) if answer in _CHANNELS else None
        step = await _send(asker.services, turn, view, matter, wanted)
        # Where no other code can be sent, the one before may still be good.
        may_be_good = step.matter is None and _CODE_IS_OVER not in matter.noted
        return replace(step, matter=matter) if may_be_good else step

    async def _checked(
        self, asker: Asker, turn: Turn, view: OrderView, matter: Matter, code: str
    ) -> Step:
        verdict = await asker.services.codes.check(turn.conversation_id, view.order.number, code)
        if verdict.outcome is Outcome.RIGHT:
            shown = replace(view, found=replace(view.found, level=Level.CODE))
            return await _go_on_with_what_waits(asker, turn, shown, matter)
        return _not_right(verdict, matter)


def _wish(text: str) -> str | None:
    """Return how another code is wanted, or that what waits is asked about."""
    if wanted := channel_wanted(text):
        return wanted
    if wants_another(text):
        return Answer.RESEND
    return _NOT_YET if asks_if_done(text) else None


def _other(turn: Turn, matter: Matter) -> str | None:
    if _CODE_IS_OVER in matter.noted:
        return yes_or_no(turn.intent)
    if refuses_code(turn.text):
        return _REFUSED
    return _OTHER_LENGTH if is_code_of_other_length(turn.text) else None


def _explained(key: ResponseKey, matter: Matter) -> tuple[Say, ...]:
    """Say why there is a code, or that nothing was done yet; what waits is kept, and said to be."""
    address = PostalAddress.read(matter.noted)
    kept = Say(ResponseKey.CODE_KEEPS_ADDRESS, words={"address": address.line}, joins=True)
    said = (Say(key), *(() if address.is_empty else (kept,)))
    return (*said, *put_again(Question.CODE))


def _offered(matter: Matter) -> frozenset[str]:
    """Return what can be pressed: of earlier questions nothing, which would send one unasked."""
    return _BUTTONS | _DECIDES if _CODE_IS_OVER in matter.noted else _BUTTONS


async def ask_code(
    services: Services, turn: Turn, view: OrderView, matter: Matter, answer: str
) -> Step:
    """Send a code and ask for it; the answer that was given waits until it is typed.

    Where none can be sent, say so: then nothing waits.
    """
    noted = {_THEN_QUESTION: matter.question.value, _THEN_ANSWER: answer}
    waiting = matter.ask(Question.CODE, **noted)
    return await _send(services, turn, view, waiting, channel_wanted(turn.text))


async def _send(
    services: Services,
    turn: Turn,
    view: OrderView,
    matter: Matter,
    wanted: NotificationChannel | None,
) -> Step:
    prefer = wanted or _channel_of_contact(turn)
    sent = await services.codes.send(turn.conversation_id, view.order, prefer=prefer)
    match sent:
        case NotSent.NOWHERE:
            return Step((Say(ResponseKey.CODE_NOWHERE, checked=(view.found.told,)),))
        case NotSent.LIMITED:
            return Step((Say(ResponseKey.CODE_LIMITED),))
        case Sent():
            missed = wanted not in (None, sent.channel)
            says = _sent_says(sent, view.found.told, missed=missed)
            return Step(says, _without(matter, _CODE_IS_OVER).ask(Question.CODE))


def _sent_says(sent: Sent, told: Evidence, *, missed: bool) -> tuple[Say, ...]:
    """Say where it went, and ask for it. `missed`: it was wanted in a way that cannot be."""
    only = (Say(_ONLY[sent.channel], checked=(told,)),) if missed else ()
    where = Say(_SENT[sent.channel], facts={"address": Fact(sent.address, told)}, joins=missed)
    question, *buttons = put(Question.CODE)
    instead = (
        Say(_INSTEAD[other], joins=True, choice=payload(other.value)) for other in sent.others
    )
    return (*only, where, replace(question, joins=True), *buttons, *instead)


def _not_right(verdict: Verdict, matter: Matter) -> Step:
    """Say how many tries are left; where the code is over, offer another one."""
    match verdict.outcome:
        case Outcome.WRONG:
            left = {"left": str(verdict.left)}
            several = Say(ResponseKey.CODE_WRONG, words=left)
            says = several if verdict.left > 1 else Say(ResponseKey.CODE_WRONG_ONE_LEFT)
            return Step((says,), matter.again())
        case Outcome.SPENT:
            key = ResponseKey.CODE_SPENT
        case _:
            key = ResponseKey.CODE_EXPIRED
    yes = Say(ResponseKey.ANSWER_YES, joins=True, choice=payload(Answer.YES))
    no = Say(ResponseKey.ANSWER_NO, joins=True, choice=payload(Answer.NO))
    return Step((Say(key), yes, no), matter.ask(Question.CODE, **{_CODE_IS_OVER: "yes"}))


async def _go_on_with_what_waits(asker: Asker, turn: Turn, view: OrderView, matter: Matter) -> Step:
    question = Question(matter.noted[_THEN_QUESTION])
    answer = matter.noted[_THEN_ANSWER]
    waiting = _without(matter, _THEN_QUESTION, _THEN_ANSWER, _CODE_IS_OVER).ask(question)
    return await asker.go_on(turn, view, waiting, answer)


def _without(matter: Matter, *names: str) -> Matter:
    kept = {name: value for name, value in matter.noted.items() if name not in names}
    return replace(matter, noted=kept)


def _channel_of_contact(turn: Turn) -> NotificationChannel | None:
    """Return the way by which the customer is known here: whoever gave a phone has it at hand."""
    if turn.contact is None:
        return None
    by_phone = normalise_phone(turn.contact) is not None
    return NotificationChannel.SMS if by_phone else NotificationChannel.EMAIL
