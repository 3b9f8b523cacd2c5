"""Whether somebody is upset, and whether "cancel" could mean the order or the chat."""

import re
from typing import Final

_UPSET: Final = re.compile(
    r"\bf+u+c+k|\bf\*+|\bsh[i*]t|\bbull\s?sh|\bwtf\b|\bffs\b|\bpiss|\bcrap\b|\bpathetic\b"
    r"|\bdisgust|\bdisgrace|\buseless\b|\bridiculous\b|(?<!me )(?<!us )\ba joke\b|\bfed up\b"
    r"|\bsick of\b|\bbloody hell\b|[\U0001f620\U0001f621\U0001f624\U0001f92c\U0001f595]",
    re.IGNORECASE,
)
_BARE_CANCEL: Final = re.compile(
    r"^\W*(?:(?:please|pls|just|i want to|i wanna|can you|ok|no|sorry|um+)\W+)*"
    r"cancel(?:\W+(?:it|this|that|please|pls|now|thanks))*\W*$",
    re.IGNORECASE,
)


def is_upset(text: str) -> bool:
    """Say whether the words swear, or say that somebody has had enough."""
    return _UPSET.search(text) is not None


def is_wordless(text: str) -> bool:
    """Say whether a text holds neither letter nor digit: "???", or faces alone."""
    return not any(character.isalnum() for character in text)


def is_bare_cancel(text: str) -> bool:
    """Say whether a text says "cancel" without what: the order, or what is going on here."""
    return _BARE_CANCEL.match(text) is not None
