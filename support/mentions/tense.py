"""Whether the words before a date speak of the past or of what is to come."""

import re
from enum import Enum
from typing import Final


class Tense(Enum):
    """Where a date lies."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


# What was to come, and has not: "was supposed to be here by Friday".
_OVERDUE: Final = re.compile(
    r"\b(?:was|were|wasn't|supposed|meant|should\s?(?:have|'ve|of|a)|shoulda|said|says|promised|told"
    r"|claimed|would|expected\s+(?:it|them)|never|didn'?t|hasn'?t|missed)\b",
    re.IGNORECASE,
)
_CUE: Final = re.compile(
    r"\b(?:(?P<past>since|last|past|ordered|bought|purchased|placed|paid|delivered|shipped|sent|got"
    r"|dispatched|from|came|arrived|been|had|did|went|scanned|updated|received|dated|after|made)"
    r"|(?P<future>by|until|till|til|before|next|coming|will|due|expected|should|arrive|arrives"
    r"|arriving|deliver|going|gonna|need|needed|can|could|be|for))\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[.!?;\n]\s")
_REACH: Final = 50


def tense_before(text: str, start: int) -> Tense:
    """Return the tense of what stands before a place, in the same sentence."""
    before = _SENTENCE.split(text[max(0, start - _REACH) : start])[-1]
    if _OVERDUE.search(before):
        return Tense.PAST
    cues = list(_CUE.finditer(before))
    if not cues:
        return Tense.UNKNOWN
    return Tense.PAST if cues[-1]["past"] else Tense.FUTURE
