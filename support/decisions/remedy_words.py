"""Which remedy somebody asks for in words: to wait, a refund, a return, something else instead."""

import re
from collections.abc import Iterator
from typing import Final

from support.decisions.answers import Answer

_WORDS: Final = {
    Answer.REFUND: r"re-?\s?f[uo]n?d\w*|refun\w*|(?:money|cash)\s?back|reimburs\w+"
    r"|(?:return|give|want|need|get|send)(?:\s+(?:me|back))*\s+(?:all\s+)?(?:my|the)"
    r"\s+(?:money|cash)",
    Answer.RETURN: r"return(?:ing|s)?\b(?!\s+(?:to\s+sender|address|label|call|me|my\s+call"
    r"|my\s+money|(?:all\s+)?(?:the|my)\s+money))|send(?:ing)?\s+(?:it|them|this|that|everything)\s+back",
    Answer.ALTERNATIVE: r"alternat\w*|replac\w*|re-?\s?send\w*|re-?\s?ship\w*|exchang\w*|swap\w*"
    r"|substitut\w*|another\s+one|new\s+one|something\s+(?:else|similar|different)"
    r"|(?:send|ship|get|give)\s+(?:(?:me|us|out)\s+)?(?:an?\s+)?(?:new|another|different|similar)\b"
    r"|(?:different|similar)\s+(?:one|item|product)",
}
_ASKED: Final = {
    remedy: re.compile(rf"\b(?:{words})", re.IGNORECASE) for remedy, words in _WORDS.items()
}

_LEADING_TO: Final = (
    r"(?:\s+(?:an?|any|the|my|your|to|want|wanting|need|get|getting|be|being|have|after|for|asking"
    r"|looking|just|you|me|it|of))*\s+"
)
_UNBOTHERED: Final = (
    r"(?:don'?t|do\s+not)\s+(?:worry|bother|fuss)\s+(?:about|with)"
    r"\s+(?:(?:an?|any|the|my|that)\s+)?"
)
_REJECTED: Final = {
    remedy: re.compile(
        rf"\b{_UNBOTHERED}(?:{words})"
        rf"|\b(?:no|not|dont|don'?t|do\s+not|didn'?t|instead\s+of|than|without|cancel|forget|scrap|stop)"
        rf"{_LEADING_TO}(?:{words})",
        re.IGNORECASE,
    )
    for remedy, words in _WORDS.items()
}
_CALLED_OFF: Final = re.compile(
    rf"\b(?:(?:cancel|forget|scrap|stop|don'?t|do\s+not){_LEADING_TO}|{_UNBOTHERED})"
    rf"(?:{'|'.join(_WORDS.values())})",
    re.IGNORECASE,
)
"""Who calls a request off still wants the parcel."""
_RETURNED_FOR_REFUND: Final = re.compile(
    r"\breturn\w*\b.{0,25}?\b(?:for|and)\s+(?:(?:get|an?|my|the|full)\s+)*refund\w*", re.IGNORECASE
)

_PATIENT: Final = re.compile(
    r"\b(?:i'?ll|i\s+will|we'?ll|we\s+will|i\s+can|we\s+can|i\s+could|mind|happy\s+to|rather"
    r"|prefer\s+to|gonna|going\s+to|let'?s|just)\s+(?:(?:just|keep|have\s+to|probably)\s+)*wait\w*"
    r"|^(?:\W*(?:ok(?:ay)?|yes|yeah|yep|fine|alright|sure|i\s+guess|please|pls))*\W*wait"
    r"(?:\W+(?:please|pls|then|longer|for\s+(?:it|now)|a\s+(?:bit|while)|and\s+(?:see|tell)\b.*"
    r"|until\b.*|till\b.*))*\W*$",
    re.IGNORECASE | re.DOTALL,
)
_IMPATIENT: Final = re.compile(
    r"\b(?:not|\w+n't|cant|dont|wont|never|cannot|why)\b[\w\s]{0,20}\bwait", re.IGNORECASE
)
_TO_BE_TOLD: Final = re.compile(
    r"\b(?:keep\s+me\s+(?:posted|updated|informed)|(?:tell|notify|update)\s+me|let\s+me\s+know"
    r"|hold\s+off|leave\s+it\s+for\s+now|give\s+it\s+(?:another|a\s+few|some|more)|see\s+how\s+it\s+goes)\b",
    re.IGNORECASE,
)

_CHANGE_OF_MIND: Final = re.compile(
    r"\b(?:actually|on\s+second\s+thoughts?|scratch\s+that|changed?\s+(?:my|of)\s+mind|no\s+wait"
    r"|hang\s+on|i\s+meant?|make\s+(?:it|that))\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"\b(?:if|unless|otherwise|or\s+else)\b[^.!?\n]*", re.IGNORECASE)


def remedy_wanted(text: str) -> Answer | None:
    """Return the one remedy that a message asks for; None where it names none, or several."""
    wanted = remedies_wanted(text)
    return next(iter(wanted)) if len(wanted) == 1 else None


def remedies_wanted(text: str) -> frozenset[Answer]:
    """Return every remedy that a message asks for, without those it turns down.

    What comes after "actually" replaces what came before; what is wanted only under a condition
    counts where nothing else is wanted.
    """
    straight = text.replace("\u2019", "'")
    for part in reversed(_CHANGE_OF_MIND.split(straight)):
        if _speaks_of_one(part):
            return _wanted(_CONDITION.sub(" ", part)) or _wanted(part)
    return frozenset()


def _wanted(text: str) -> frozenset[Answer]:
    named = frozenset(_named(text))
    if _PATIENT.search(text) and not _IMPATIENT.search(text):
        return named | {Answer.WAIT}
    if not named and (_CALLED_OFF.search(text) or _TO_BE_TOLD.search(text)):
        return frozenset({Answer.WAIT})
    return named


def _named(text: str) -> Iterator[Answer]:
    returned = _RETURNED_FOR_REFUND.search(text)
    for remedy, pattern in _ASKED.items():
        left = _REJECTED[remedy].sub(" ", text)
        if pattern.search(left) and not (returned and remedy is Answer.REFUND):
            yield remedy


def _speaks_of_one(text: str) -> bool:
    asked = any(pattern.search(text) for pattern in _ASKED.values())
    return asked or bool(_PATIENT.search(text) or _TO_BE_TOLD.search(text))
