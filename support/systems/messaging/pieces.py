"""Texts cut to what a channel carries. Pure."""

from typing import Final

from support.systems.messaging.models import OutgoingMessage

_CUTS: Final = ("\n\n", "\n", ". ", " ")


def numbered(message: OutgoingMessage) -> str:
    """Return a message with its choices numbered below it, for typing the number."""
    lines = [f"{number} = {one.title}" for number, one in enumerate(message.choices, start=1)]
    return "\n".join([message.text, *lines])


def shortened(text: str, longest: int) -> str:
    """Return a text of at most so many characters, with an ellipsis where it was cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\u2026"


def pieces(text: str, longest: int) -> list[str]:
    """Return a text in pieces of at most so many characters, cut where it hurts least."""
    found = []
    while len(text) > longest:
        at = _cut(text[: longest + 1], longest)
        found.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*found, text]


def _cut(text: str, longest: int) -> int:
    """Return where to cut: after a paragraph, line, sentence or word, else anywhere."""
    for mark in _CUTS:
        at = text.rfind(mark, longest // 4, longest)
        if at > 0:
            return at + len(mark)
    return longest
