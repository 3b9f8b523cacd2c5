"""What is found in a text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple


class MentionKind(StrEnum):
    """What a mention names."""

    SUBURB = "suburb"
    CARRIER = "carrier"
    SELLER = "seller"
    ITEM = "item"
    DATE = "date"
    CHOICE = "choice"


_REACH: Final = 40


def before(text: str, place: int) -> str:
    """Return as much of what stands before a place as can say what follows."""
    return text[max(0, place - _REACH) : place]


class Found(NamedTuple):
    """A value and where it stands in the folded text.

    `certain` is False where what was typed can be read in another way, too.
    """

    value: str
    start: int
    end: int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention and where it stands in the text as typed.

    `value` is the normalised form: a carrier's id, a place's name, an ISO date or an ISO interval
    (`2026-11-16/2026-11-22`, both days included), ... `raw` is `text[start:end]` as typed.
    """

    kind: MentionKind
    value: str
    raw: str
    start: int
    end: int
    certain: bool = True
    state: str | None = None
    """The state of a suburb, where it was typed or is the only one."""
