"""What a message answers to a question of a procedure, as far as its words say it.

A quick reply says it exactly. Words are read only while a question is open, so short ones suffice.
"""

import re
from enum import StrEnum
from typing import Final


class Answer(StrEnum):
    """What was answered. A quick reply carries one of these as its entity `answer`."""

    YES = "yes"
    NO = "no"
    FOUND = "found"
    NOT_THERE = "not_there"
    LATER = "later"
    WAIT = "wait"
    REFUND = "refund"
    RETURN = "return"
    ALTERNATIVE = "alternative"
    RESEND = "resend"
    MISSING = "missing"
    DAMAGED = "damaged"
    ALL = "all"
    NOT_SURE = "not_sure"


_AFFIRM: Final = "affirm"
_DENY: Final = "deny"

_ASKS_FOR_NOTHING: Final = frozenset(
    {"nlu_fallback", "out_of_scope", "complaint", "not_helpful", "thanks", "greet"}
)
_CHANGED_MIND: Final = re.compile(
    r"\b(?:changed my mind|actually|on second thoughts?|after all|hang on|hold on|wait)\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(r"\?\s*$")
_WONDERS: Final = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|and|but|well|right|alright|sure|hm+|um+|then)\W+)*"
    r"(?:(?:what|who|how|where|which|when|why(?!\s+not))(?:'?s|'?re|'?ll|'?d)?"
    r"|(?:can|could|will|would|does|do|is|are)\s+(?:kmart|target|they|he|she|it|the|my|someone))\b",
    re.IGNORECASE,
)
"""Asked without a question mark, as people type: "ok what can you do about it"."""
_SAYS_YES: Final = re.compile(
    r"\b(?:yes|yep|yeah|go ahead|do it|please do|let'?s do)\b", re.IGNORECASE
)
_BEGINS_WITH_YES: Final = re.compile(
    r"^\W*(?:yes|yep|yeah|yea|yup|sure|ok(?:ay)?|please do|go ahead|do it|do that|absolutely"
    r"|definitely)\b"
    r"(?!\W*(?:but|no|not)\b)",
    re.IGNORECASE,
)
_BEGINS_WITH_NO: Final = re.compile(
    r"^\W*(?:no|nope|nah|no thanks?|don'?t)\b(?!\s+(?:worries|problem|wonder|one|idea|sign|way"
    r"|update|tracking|parcel|order|delivery|refund))",
    re.IGNORECASE,
)
_BARE_NO: Final = re.compile(r"\W*(?:no|nope|nah)\W*$", re.IGNORECASE)
_FOUND: Final = re.compile(
    r"\b(?:found (?:it|them|the)|(?:i|we|he|she|they)(?:'ve| have)? found|(?:just )?turned up"
    r"|(?:it'?s|its|it is|it was|parcel(?: is|'s| was)) (?:there|here now|in the|at the|with)"
    r"|got it(?: now)?$|had it all along"
    r"|neighbou?r (?:has|had|took) it|oh wait)\b",
    re.IGNORECASE,
)
_TURNED_UP: Final = re.compile(
    r"\b(?:found (?:it|them|my|the)|(?:has|have|'s|it|just) turned up|neighbou?r (?:has|had) it)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:not|never|no|nobody"
    r"|(?:have|has|had|is|was|are|were|do|does|did|ca|could|would|wo)n'?t)\b",
    re.IGNORECASE,
)
"""With or without the apostrophe: "neighbours havent got it"."""
_NOT_THERE: Final = re.compile(
    r"\b(?:not (?:there|here|at|in|with|a )|isn'?t|wasn'?t|nowhere|nothing|nope|nah|no(?:pe)?\b"
    r"|none|no ?one|nobody|never|can'?t find|couldn'?t find"
    r"|(?:have |'ve |already )?(?:looked|checked|asked|searched)|every ?where|no card|no sign"
    r"|nada|didn'?t (?:find|see|get|leave))",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"\b(?:(?:haven'?t|have not|not yet|didn'?t|can'?t|cannot|unable to)"
    r" (?:look|check|ask|had|yet)\w*"
    r"|(?:will|i'?ll|gonna|going to|let me|need to) (?:look|check|ask|have a look)|later|not home"
    r"|at work|tonight|tomorrow|when i get home|not yet)\b",
    re.IGNORECASE,
)
_NOT_SURE: Final = re.compile(
    r"\b(?:not sure|unsure|dunno|idk|no (?:idea|clue)|(?:do ?n'?t|do not) (?:know|remember|have)"
    r"|can(?:'?t|not) (?:tell|find|see|read|remember)|(?:does ?n'?t|does not) say|who knows"
    r"|beats me|either|neither|no docket|threw (?:it|that) (?:out|away)|have ?n'?t got)\b",
    re.IGNORECASE,
)


_DO_IT: Final = re.compile(
    r"\b(?:go ahead|go for it|do (?:it|that)|please do|let'?s do|start it|proceed)\b", re.IGNORECASE
)
"""A yes that means what to do, and not that something was found."""


def says_not_sure(text: str) -> bool:
    """Say whether a message says that somebody does not know."""
    return _NOT_SURE.search(text) is not None


def yes_or_no(intent: str | None, text: str = "") -> Answer | None:
    """Return YES or NO where a message was understood as that, or begins with it.

    How it begins counts only where it asks for nothing else: "yes, find it, you useless lot".
    """
    if _CHANGED_MIND.search(text) and _SAYS_YES.search(text):
        return Answer.YES
    if _ASKS.search(text) and not _BEGINS_WITH_YES.search(text):
        return None  # "so it's lost?" agrees to nothing
    answer = _as_understood(intent, text)
    wonders = _WONDERS.search(text) and not _SAYS_YES.search(text)
    return None if answer is Answer.YES and wonders else answer


def _as_understood(intent: str | None, text: str) -> Answer | None:
    if intent in _ASKS_FOR_NOTHING:
        if _BEGINS_WITH_YES.search(text):
            return Answer.YES
        return Answer.NO if _BEGINS_WITH_NO.search(text) else None
    return {_AFFIRM: Answer.YES, _DENY: Answer.NO}.get(intent or "")


def is_bare_no(text: str) -> bool:
    """Say whether a message is a no and nothing else."""
    return _BARE_NO.match(text) is not None


def says_found(text: str) -> bool:
    """Say whether a message says by itself that the parcel turned up."""
    return _TURNED_UP.search(text) is not None and _DENIED.search(text) is None


def search_result(text: str, intent: str | None) -> Answer | None:
    """Return how a search for a parcel went: FOUND, NOT_THERE or LATER; None where unsaid.

    The question is whether it is there, so a bare yes means FOUND and a bare no NOT_THERE; "yes I
    looked" does not.
    """
    if _LATER.search(text):
        return Answer.LATER
    speaks_of_finding = _FOUND.search(text) is not None
    if speaks_of_finding and not _DENIED.search(text):
        return Answer.FOUND
    if speaks_of_finding or _NOT_THERE.search(text) or intent in {_DENY, "delivered_not_received"}:
        return Answer.NOT_THERE
    return Answer.FOUND if intent == _AFFIRM and not _DO_IT.search(text) else None
