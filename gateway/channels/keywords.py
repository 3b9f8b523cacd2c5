"""STOP, START and HELP in text messages: only as the whole message. Pure.

"stop my order" asks for something else. The words are those that providers themselves act on
(Twilio, "Support for Opt-Out Keywords"), less CANCEL and END, which customers write about orders.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Keyword(StrEnum):
    """What a whole message asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"


_KEYWORDS: Final = MappingProxyType(
    {
        "stop": Keyword.STOP,
        "stopall": Keyword.STOP,
        "stop all": Keyword.STOP,
        "unsubscribe": Keyword.STOP,
        "quit": Keyword.STOP,
        "revoke": Keyword.STOP,
        "optout": Keyword.STOP,
        "opt out": Keyword.STOP,
        "start": Keyword.START,
        "unstop": Keyword.START,
        "help": Keyword.HELP,
        "info": Keyword.HELP,
    }
)


def keyword_of(text: str) -> Keyword | None:
    """Return the keyword that a message is; None where it says anything else."""
    words = " ".join(text.casefold().split()).strip(" .!\"'")
    return _KEYWORDS.get(words)
