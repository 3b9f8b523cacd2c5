"""What somebody who waits for a person says about waiting."""

import re
from typing import Final

_ALL_WELL: Final = (
    r"\bnever\s?mind\b|\bnvm\b|\bforget\s+(?:it|about\s+it|that)\b|\bdon'?t\s+worry\b"
    r"|\b(?:i'?m|im|we'?re|all|it'?s)\s+(?:all\s+)?(?:good|sorted|fine|ok|okay)(?:\s+now)?\b"
)
_LEAVE: Final = re.compile(
    rf"{_ALL_WELL}"
    r"|\b(?:leave|exit|quit|get\s+out\s+of)\s+the\s+(?:queue|line)\b"
    r"|\b(?:no\s+longer|don'?t|do\s+not|doesn'?t)\s+(?:need|want|wanna)\s+(?:to\s+\w+\s+(?:to\s+)?)?"
    r"(?:a\s+|an\s+|the\s+)?(?:person|human|agent|any\s?one|any\s?body|some\s?one|somebody|it|help)\b"
    r"|\b(?:can'?t|cannot|won'?t)\s+wait\b"
    r"|\b(?:found|got)\s+(?:it|my\s+(?:parcel|order|package))\b|\b(?:that\s+)?solved\s+it\b"
    r"|\bcancel\s+(?:that|it|the\s+(?:request|queue|chat))\b",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(
    rf"\W*(?:no+|nah+|nope|na|yes|yea+h?|yep|yup)\b\W*(?:{_ALL_WELL})", re.IGNORECASE
)
_STILL: Final = re.compile(
    r"\?|\b(?:but|still|not|isn'?t|hasn'?t|haven'?t|where|when|why|how|what)\b", re.IGNORECASE
)
MOST_WORDS: Final = 14
"""A longer message tells a story, in which these words mean something else."""


def leaves_queue(text: str, *, asked: bool = False) -> bool:
    """Say whether somebody who waits says that nobody needs to come any more.

    `asked`: the assistant has just asked something, which "nah all good" answers.
    """
    if len(text.split()) > MOST_WORDS or (asked and _ANSWER.match(text)):
        return False
    found = _LEAVE.search(text)
    if found is None:
        return False
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return _STILL.search(rest) is None
