"""Whether somebody takes a request back that was filed for them: "cancel the refund".

That is not an order that is to be cancelled, and no question why something was.
"""

import re
from collections.abc import Mapping
from typing import Final

from support.systems.cases.models import CaseKind

Kinds = frozenset[CaseKind]

_NAMED: Final[Mapping[str, Kinds]] = {
    r"refund\w*|money\s+back": frozenset({CaseKind.REFUND_REQUEST}),
    r"returns?(?:\s+request)?": frozenset({CaseKind.RETURN_REQUEST}),
    r"replacement\w*|alternative|exchange|swap": frozenset({CaseKind.ALTERNATIVE_REQUEST}),
    r"investigation|search|trace|missing\s+parcel\s+\w+": frozenset(
        {CaseKind.MISSING_PARCEL, CaseKind.STUCK_PARCEL, CaseKind.STORE_CHECK}
    ),
    r"redirect\w*|(?:new\s+)?address(?:\s+(?:change|request|thing))?|address\s+change": frozenset(
        {CaseKind.ADDRESS_BEFORE_DISPATCH, CaseKind.CARRIER_REDIRECT}
    ),
    r"extension|extra\s+time|more\s+time": frozenset({CaseKind.COLLECTION_EXTENSION}),
    r"requests?|case|claim|report|enquiry|inquiry": frozenset(CaseKind),
}
_THING: Final = "|".join(_NAMED)
_FILLER: Final = (
    r"(?:\s+(?:the|my|that|this|a|an|it|about|for|of|whole|out|back|off|on|with|from|asking|any"
    r"|please|pls|just|stupid|bloody|damn|getting))*\s+"
)
_END: Final = (
    r"(?:cancel\w*|withdraw\w*|call\s+off|take\s+back|scrap|stop|undo|revoke|forget|drop|remove"
    r"|reverse|ditch|leave|never\s?mind)"
)
_CALLED_OFF: Final = re.compile(
    rf"\b{_END}{_FILLER}(?P<ended>{_THING})\b"
    r"|\b(?:don'?t|do\s+not|no\s+longer|didn'?t|not)\s+(?:want|need|wanting|after|worry)"
    rf"{_FILLER}(?P<unwanted>{_THING})\s+(?:any\s?more|any\s+longer|now|after\s+all)\b"
    r"|\btake\s+(?:(?:the|my|that|this)\s+)?(?P<taken>refund|requests?|claim|report)\s+back\b"
    rf"|\bchanged?\s+my\s+mind\s+(?:about|on|with|re){_FILLER}(?P<minded>{_THING})\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\b(?:why|was|were|been|did\s+(?:you|they|someone)|who)\b[^.!?]*\bcancel", re.IGNORECASE
)


def called_off(text: str) -> Kinds:
    """Return which kinds of requests a message takes back; none where it takes none back."""
    straight = text.replace("\u2019", "'")
    if _ASKS.search(straight):
        return frozenset()
    found = _CALLED_OFF.search(straight)
    if found is None:
        return frozenset()
    thing = found["ended"] or found["unwanted"] or found["taken"] or found["minded"]
    return next(
        kinds for words, kinds in _NAMED.items() if re.fullmatch(words, thing, re.IGNORECASE)
    )
