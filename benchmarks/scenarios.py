"""What customers say, and what must be in the answer for a turn to count."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import choices
from string import ascii_lowercase
from typing import Final

from benchmarks.order_answer import CONTACT, ORDER_NUMBER

NEW_WORD: Final = "<new>"
WHERE: Final = "where is my order"


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say, and a part of the right answer. NEW_WORD stands for one never said."""

    text: str
    answer: str

    def words(self) -> str:
        """Return the text to send."""
        return self.text.replace(NEW_WORD, _new_word())


def _new_word() -> str:
    return "".join(choices(ascii_lowercase, k=10))  # noqa: S311 not a secret


NEW: Final = Message(f"hi, {NEW_WORD} here", answer="")
HI: Final = Message("hi", answer="order assistant")
ASK: Final = Message(WHERE, answer="order number")
LOOK_UP: Final = Message(f"{WHERE} {ORDER_NUMBER}, {CONTACT}", answer=ORDER_NUMBER)
IDENTIFY: Final = Message(f"{ORDER_NUMBER}, {CONTACT}", answer=ORDER_NUMBER)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of turn. `opening` is said before each measured message and is not measured."""

    name: str
    title: str
    measured: Message
    opening: tuple[Message, ...] = ()


SCENARIOS: Final = (
    Scenario("greeting", '"hi", no action', HI),
    Scenario("order_look_up", "an order, number and contact given", LOOK_UP),
    Scenario("form", "the question about identity answered", IDENTIFY, opening=(ASK,)),
    Scenario("new_words", "a greeting in words never said before", NEW),
)


def whole_conversation() -> Iterator[Message]:
    """Yield what a customer says from hello to the second answer: nine turns."""
    yield HI
    for _ in range(2):
        yield from (ASK, IDENTIFY, LOOK_UP, HI)
