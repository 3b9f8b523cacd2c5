"""How the same question is asked again, so that nobody reads the same words over and over."""

from enum import StrEnum
from typing import Final

from support.decisions.identity import NextStep


class Manner(StrEnum):
    """How an open question is put; RESUMED: after something else was dealt with in between."""

    FIRST = "first"
    WITH_HELP = "with_help"
    WITH_A_WAY_OUT = "with_a_way_out"
    NO_MORE = "no_more"
    RESUMED = "resumed"


_MANNERS: Final = (Manner.FIRST, Manner.WITH_HELP, Manner.WITH_A_WAY_OUT)

_QUESTIONS: Final = {
    (NextStep.ASK_BOTH, Manner.FIRST): "ask_both",
    (NextStep.ASK_ORDER_NUMBER, Manner.FIRST): "ask_order_number",
    (NextStep.ASK_CONTACT, Manner.FIRST): "ask_contact",
    (NextStep.ASK_BOTH, Manner.WITH_HELP): "both_again",
    (NextStep.ASK_ORDER_NUMBER, Manner.WITH_HELP): "order_number_again",
    (NextStep.ASK_CONTACT, Manner.WITH_HELP): "contact_again",
    (NextStep.ASK_BOTH, Manner.WITH_A_WAY_OUT): "order_number_way_out",
    (NextStep.ASK_ORDER_NUMBER, Manner.WITH_A_WAY_OUT): "order_number_way_out",
    (NextStep.ASK_CONTACT, Manner.WITH_A_WAY_OUT): "contact_way_out",
    (NextStep.ASK_BOTH, Manner.RESUMED): "both_resumed",
    (NextStep.ASK_ORDER_NUMBER, Manner.RESUMED): "order_number_resumed",
    (NextStep.ASK_CONTACT, Manner.RESUMED): "contact_resumed",
}


def manner(times_asked: int) -> Manner:
    """Return how to ask what was asked so often before without being answered."""
    return _MANNERS[times_asked] if times_asked < len(_MANNERS) else Manner.NO_MORE


def is_about_contact(open_question: str | None) -> bool:
    """Say whether the open question, a value of `identity_question`, asks for a contact."""
    return open_question is not None and "contact" in open_question


def offers_way_out(open_question: str | None) -> bool:
    """Say whether the open question is whether to be told where the details are found."""
    return open_question is not None and open_question.endswith("way_out")


def question(step: NextStep, how: Manner) -> str:
    """Return the value of the slot `identity_question` that words a question in this manner."""
    return _QUESTIONS[step, how]
