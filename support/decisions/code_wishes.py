"""What somebody who waits for a one-time code asks for: another one, or another way."""

import re
from typing import Final

from support.systems.notifications.models import NotificationChannel

_ANOTHER: Final = re.compile(
    r"\bre-?send\b|\b(?:try|send|text|email)\b[^.?!]{0,20}\bagain\b|\btry again\b|\bretry\b"
    r"|\b(?:new|another|fresh|different|second)\s+(?:code|one)\b"
    r"|\b(?:did\s?n[o']?t|did not|have\s?n[o']?t|have not|haven't|never)\s+(?:even\s+)?"
    r"(?:get|got|gotten|receive|received|see|seen|had|come|arrive)\w*"
    r"(?:\s+(?:it|one|any|anything|a|the|any|that|your)\b(?:\s+(?:code|text|sms|email|e-mail"
    r"|message|number))?)?\s*(?:yet)?\s*[.!?]*$"
    r"|\b(?:has\s?n[o']?t|hasn't|has not|did\s?n[o']?t|didn't|not)\s+"
    r"(?:come|arrived?|shown? up|here)\b"
    r"|\b(?:no|where'?s?|where is)\s+(?:(?:the|my|a|this)\s+)?"
    r"(?:code|text|sms|email|e-mail|message)\b"
    r"|\bnothing\s+(?:came|has come|yet|arrived|has arrived|in my inbox|received)\b"
    r"|\b(?:code|it)\s+(?:has\s+|is\s+|'?s\s+)?(?:expired|too old|run out|ran out)\b",
    re.IGNORECASE,
)
_BY: Final = (
    r"\b(?:(?:by|via|through|use|using|prefer|want|try|with|per)(?:\s+(?:a|an|my|the))?"
    r"|(?:send|get|have)(?:\s+(?:it|me|the code|a code|one|that|to))*\s+(?:as|in|by|via|to)"
    r"(?:\s+(?:a|an|my))?|(?:to|on)\s+my)\s+"
)
_AT_THE_END: Final = r"\s+(?:me|it|instead|please|pls|plz|thanks|the code|a code|one)\b"
_ALONE: Final = r"^\W*(?:the\s+|an?\s+)?"
_TEXT: Final = r"(?:sms|txt|text(?:\s+message)?|text\s?msg|mobile|phone|mob)"
_EMAIL: Final = r"(?:e-?mails?|inbox)"
_EITHER: Final = re.compile(
    rf"\b(?:{_TEXT}|{_EMAIL})\s+or\s+(?:by\s+)?(?:{_TEXT}|{_EMAIL})\b", re.IGNORECASE
)
_WAYS: Final = {
    NotificationChannel.SMS: re.compile(
        rf"{_BY}{_TEXT}\b|\b(?:sms|txt|text){_AT_THE_END}|{_ALONE}{_TEXT}\W*$", re.IGNORECASE
    ),
    NotificationChannel.EMAIL: re.compile(
        rf"{_BY}{_EMAIL}\b|\be-?mail{_AT_THE_END}|{_ALONE}{_EMAIL}\W*$", re.IGNORECASE
    ),
}

_REFUSED: Final = re.compile(
    r"\b(?:not|n'?t|never|won'?t|refuse|without|skip|forget|screw|stuff)\b[^.?!]{0,30}\b(?:codes?|verif\w+)\b"
    r"|\bno\s+codes?\b|\b(?:im|i'?m|i\s+am)\s+not\s+(?:doing|giving|sending|typing|entering)\b"
    r"|\b(?:can'?t|cant|cannot|couldn'?t)\s+(?:you|u|we)\s+(?:just|skip|do\s+it)\b"
    r"|\bjust\s+(?:change|do|fix|update|send)\s+(?:it|the|my)\b|\bwhy\b[^.?!]{0,30}\bcode\b"
    r"|\bi\s+(?:already|just)\s+(?:told|gave)\s+(?:you|u)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:is|has|was|did|have)\s+(?:it|that|the\s+address|the\s+request|this|you|u)\b[^.?!]{0,25}"
    r"\b(?:chang\w*|done|updated?|fixed|sent|gone\s+through|sorted|filed|requested)\b"
    r"|\b(?:chang\w*|done|updated|fixed|sorted)\s+(?:now|yet|already)\b|\ball\s+(?:done|sorted|good)\s*\?",
    re.IGNORECASE,
)


def refuses_code(text: str) -> bool:
    """Say whether somebody does not want to type a code, or asks what it is for."""
    return _REFUSED.search(text) is not None


def asks_if_done(text: str) -> bool:
    """Say whether somebody asks whether what waits for the code is done already."""
    return _DONE.search(text) is not None


def channel_wanted(text: str) -> NotificationChannel | None:
    """Return the way in which a message wants the code; None where it names none, or both."""
    if _EITHER.search(text):
        return None
    wanted = [channel for channel, words in _WAYS.items() if words.search(text)]
    return wanted[0] if len(wanted) == 1 else None


def wants_another(text: str) -> bool:
    """Say whether a message asks for another code, or says that none came."""
    return _ANOTHER.search(text) is not None
