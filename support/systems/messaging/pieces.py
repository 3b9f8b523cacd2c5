"""Texts cut to what a channel carries. Pure."""

from typing import Final

from support.systems.messaging.models import OutgoingMessage

_CUTS: Final = ("\n\n", "\n", ". ", " ")


def with_numbers(message: OutgoingMessage) -> OutgoingMessage:
    """Return a message with its choices numbered below its text, for typing the number."""
    lines = [f"{number} = {one.title}" for number, one in enumerate(message.choices, start=1)]
    return message.model_copy(update={"text": "\n".join([message.text, *lines]), "choices": ()})


def cut(message: OutgoingMessage, longest: int) -> list[OutgoingMessage]:
    """Return a message in pieces whose texts have at most so many characters.

    Each piece of several has a key of its own. What can be chosen comes with the last.
    """
    texts = pieces(message.text, longest)
    if len(texts) == 1:
        return [message]
    found = [
        message.model_copy(update={"key": f"{message.key}:{number}", "text": text, "choices": ()})
        for number, text in enumerate(texts)
    ]
    return [*found[:-1], found[-1].model_copy(update={"choices": message.choices})]


def shortened(text: str, longest: int) -> str:
    """Return a text of at most so many characters, with an ellipsis where it was cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\u2026"


def pieces(text: str, longest: int) -> list[str]:
    """Return a text in pieces of at most so many characters, cut where it hurts least."""
    found = []
    text = text.strip()
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
