"""Whole conversations as tables: what the customer says, and what the answer holds and lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.end_to_end.customer import Answer, Customer
from tests.wordings import worded


@dataclass(frozen=True)
class Row:
    """One message, and what its answer must hold and must lack.

    Each of these is a piece of text, or a response's key, which stands for any of its wordings.
    `pressed`: the message is the title of a button on offer.
    """

    message: str
    reads: tuple[str, ...]
    lacks: tuple[str, ...]
    pressed: bool


def says(message: str, *reads: str, lacks: Sequence[str] = ()) -> Row:
    """Return a row for a typed message."""
    return Row(message, reads, tuple(lacks), pressed=False)


def presses(title: str, *reads: str, lacks: Sequence[str] = ()) -> Row:
    """Return a row for a button."""
    return Row(title, reads, tuple(lacks), pressed=True)


def hold(customer: Customer, rows: Iterable[Row]) -> None:
    """Have the conversation; fail at the first answer that is not as its row says."""
    for row in rows:
        answer = customer.choose(row.message) if row.pressed else customer.say(row.message)
        missing = [one for one in row.reads if not _found(one, answer)]
        unwanted = [one for one in row.lacks if _found(one, answer)]
        wrong = {"missing": missing, "unwanted": unwanted}

        assert wrong == {"missing": [], "unwanted": []}, "\n".join(customer.texts())


def _found(wanted: str, answer: Answer) -> bool:
    if wanted.startswith("utter_"):
        return bool(worded(wanted).search(answer.text))
    return wanted in answer.text
