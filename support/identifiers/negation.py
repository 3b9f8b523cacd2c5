"""Details that are named only to be taken back: "not sam@example.com, it's kim@example.com"."""

import re
from typing import Final

_BEFORE: Final = re.compile(
    r"(?:\bnot|\bisn'?t|\bwasn'?t|\binstead of|\brather than|\bforget)"
    r"(?:\s+(?:my|the|under|with|from|it'?s|order|number|email|e-mail|phone|mobile|#))*[\s:#]*$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"^\W*(?:is|was|isn'?t|wasn'?t)\s+(?:the\s+)?"
    r"(?:wrong|incorrect|old|not\s+(?:right|mine|it)|right\s+one\s+not)\b",
    re.IGNORECASE,
)


def is_taken_back(text: str, start: int, end: int) -> bool:
    """Say whether the detail at these places of a text is said to be the wrong one."""
    return bool(_BEFORE.search(text[:start]) or _AFTER.match(text[end:]))
