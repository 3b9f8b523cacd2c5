"""What a customer reads on a channel, worded as Rasa does it from data/responses."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tests.contract.project_files import responses

SLOT = re.compile(r"\{(\w+)\}")


@cache
def variants() -> Mapping[str, list[dict[str, Any]]]:
    """Return every response's variants by its key."""
    return {key: found for _, key, found in responses()}


def template(key: str, channel: str) -> str:
    """Return the text with its slots open, as this channel has it."""
    own = [one for one in variants()[key] if one.get("channel") == channel]
    common = [one for one in variants()[key] if "channel" not in one]
    return str((own or common)[0]["text"])


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Return a template with its slots filled; one without a value is an error."""
    return SLOT.sub(lambda slot: str(values[slot[1]]), text)


def worded(messages: Iterable[Mapping[str, Any]], channel: str) -> list[str]:
    """Return the bubbles of one turn; buttons are left out."""
    bubbles: list[str] = []
    for message in messages:
        if "choice" in message:
            continue
        text = SLOT.sub(
            lambda slot, of=message: str(of[slot[1]]), template(message["response"], channel)
        )
        if message.get("joins") and bubbles:
            bubbles[-1] += f"\n{text}"
        else:
            bubbles.append(text)
    return bubbles
