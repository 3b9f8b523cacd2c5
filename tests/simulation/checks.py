"""Whether a customer is left with nothing after a reply, or asked what they have already said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from actions.questions import Question
from gateway import texts
from tests.details import NEVER, UNFINISHED, asked_again
from tests.end_to_end.customer import Answer
from tests.simulation.moves import OFFERS
from tests.simulation.questions import Wanted, put_in_full, wanted
from tests.wordings import any_of

RUNNING: Final = 3
GIVEN: Final = {
    "number": re.compile(r"(?<!\d)\d{9}(?!\d)"),
    "contact": re.compile(r"\S+@\S+|(?<!\d)04\d{8}(?!\d)", re.IGNORECASE),
}
"""How simulated customers' order numbers and contacts look; every one of them does."""

_FAILED: Final = any_of([texts.ANSWER_DELAYED, texts.TURN_FAILED, texts.NO_ANSWER])
_INVITES: Final = re.compile(
    r"\b(?:tell me|send|ask|say|please|call|contact us|whenever|come back|write to you|text you"
    r"|lifeline|asking for a person|kmart\.com\.au|customer service|wait)\b",
    re.IGNORECASE,
)
_MAY_BE_ASKED_TWICE: Final = OFFERS | {Question.TELL_ME, Question.WHICH_PARCEL, Question.CODE}
"""What was declined may be offered again; the others come up for another problem or code."""


@dataclass(frozen=True)
class Exchange:
    """One message of a customer and the replies to it. `pressed`: it was a button."""

    said: str
    answer: Answer
    pressed: bool = False

    @property
    def text(self) -> str:
        """What the customer reads, from the first reply to the last."""
        return self.answer.text

    def __str__(self) -> str:
        said = f"[{self.said}]" if self.pressed else self.said
        choices = " ".join(f"[{title}]" for title in self.answer.choices)
        return f"customer: {said}\nassistant: {self.text} {choices}".rstrip()


def dead_ends(exchanges: Sequence[Exchange]) -> list[str]:
    """Return what is wrong with the newest reply; nothing, where it leads somewhere."""
    last = exchanges[-1]
    found = [
        *_silence(last),
        *_nothing_to_go_on_with(last),
        *_repeated_replies(exchanges),
        *asked_again(exchanges, GIVEN, last.text),
        *_asked_though_pressed(exchanges),
    ]
    return list(dict.fromkeys(found))


def _silence(last: Exchange) -> Iterable[str]:
    if not last.text.strip():
        yield "silence"
    if NEVER.search(last.text) or _FAILED.search(last.text):
        yield "an apology for trouble, though nothing is down"
    if UNFINISHED.search(last.text):
        yield "a template, a key or a missing value shows"


def _nothing_to_go_on_with(last: Exchange) -> Iterable[str]:
    answered = any(reply.sources for reply in last.answer)
    asks = "?" in last.text or last.answer.choices or wanted(last.answer)
    if last.text.strip() and not (answered or asks or _INVITES.search(last.text)):
        yield "no answer, no question, no choice and no way to a person"


def _repeated_replies(exchanges: Sequence[Exchange]) -> Iterable[str]:
    latest = [exchange.text for exchange in exchanges[-RUNNING:]]
    if len(latest) == RUNNING and len(set(latest)) == 1:
        yield "the same words for the third time running"


def _asked_though_pressed(exchanges: Sequence[Exchange]) -> Iterable[str]:
    """Yield questions that are put anew although a button has answered them."""
    asked = [wanted(exchange.answer) for exchange in exchanges]
    answered: set[Wanted | None] = {
        before for before, exchange in zip(asked, exchanges[1:], strict=False) if exchange.pressed
    }
    for question in put_in_full(exchanges[-1].answer):
        if question in answered - _MAY_BE_ASKED_TWICE:
            yield f"asks again what was answered: {question}"
