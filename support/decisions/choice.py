"""Which of several listed things somebody picks: "the second one", "both", "the older one"."""

import re
from typing import Final

_ORDINALS: Final = (
    r"\b(?:1|1st|first|one|former|top)\b",
    r"\b(?:2|2nd|second|two|latter)\b",
    r"\b(?:3|3rd|third|three)\b",
    r"\b(?:4|4th|fourth|four)\b",
    r"\b(?:5|5th|fifth|five)\b",
)
_PLACES: Final = tuple(re.compile(words, re.IGNORECASE) for words in _ORDINALS)
_ALL: Final = re.compile(r"\b(?:both|all|every\s*(?:one|thing)?|the lot|each)\b", re.IGNORECASE)
_OTHER: Final = re.compile(r"\bother\b", re.IGNORECASE)
_OLDEST: Final = re.compile(r"\b(?:old(?:er|est)?|earl(?:ier|iest)|before)\b", re.IGNORECASE)
_NEWEST: Final = re.compile(r"\b(?:new(?:er|est)?|latest|most recent|recent)\b", re.IGNORECASE)
_LAST: Final = re.compile(r"\b(?:last|bottom)\b", re.IGNORECASE)
_PRONOUN_ONE: Final = re.compile(r"\b(?:the|that|this|other|\w+(?:er|st|nd|rd|th))\s+one\b")


def picked(
    text: str, count: int, *, current: int | None = None, newest_first: bool = False
) -> tuple[int, ...]:
    """Return the picked places of a list, from 0; none where the words pick nothing in it.

    `current` is the place that was spoken of last, which "the other one" is not.
    """
    if _ALL.search(text):
        return tuple(range(count))
    if _OTHER.search(text):
        rest = tuple(place for place in range(count) if place != (current or 0))
        return rest if count > 1 else ()
    place = _place(text, count, newest_first=newest_first)
    return (place,) if place is not None and place < count else ()


def _place(text: str, count: int, *, newest_first: bool) -> int | None:
    if _OLDEST.search(text):
        return count - 1 if newest_first else 0
    if _NEWEST.search(text):
        return 0 if newest_first else count - 1
    words = _without_pronouns(text)
    named = [place for place, pattern in enumerate(_PLACES) if pattern.search(words)]
    if named:
        return named[0]
    return count - 1 if _LAST.search(text) else None


def _without_pronouns(text: str) -> str:
    """Return a text in which "one" is a number only where it stands for one."""
    lowered = text.lower()
    return _PRONOUN_ONE.sub(lambda found: found[0].removesuffix("one"), lowered)
