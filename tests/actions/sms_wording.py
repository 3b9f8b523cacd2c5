"""What the actions' answers read like as text messages: worded, joined, and numbered choices."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from support.sms.segments import plain
from tests.contract.project_files import responses


def as_texts(messages: Iterable[Mapping[str, Any]], slots: Mapping[str, Any]) -> list[str]:
    """Return the text messages of a turn, as they are sent."""
    bubbles: list[tuple[list[str], list[str]]] = []
    for message in messages:
        variant = sms_variant(message["response"], slots)
        text = variant["text"].format_map({**slots, **message})
        if message.get("choice"):
            lines, choices = [], [text]
        else:
            lines = [text]
            choices = [one["title"] for one in variant.get("buttons") or message["buttons"]]
        if message.get("joins") and bubbles:
            bubbles[-1][0].extend(lines)
            bubbles[-1][1].extend(choices)
        else:
            bubbles.append((lines, choices))
    return [text_message("\n".join(lines), choices) for lines, choices in bubbles]


def text_message(text: str, choices: Iterable[str]) -> str:
    """Return a message with its choices numbered below it."""
    numbered = (f"{number} = {title}" for number, title in enumerate(choices, start=1))
    return plain("\n".join([text, *numbered]))


def sms_variant(key: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variant that Rasa takes on this channel: its own before the others."""
    fitting = [one for one in _variants()[key] if one.get("channel", "sms") == "sms"]
    fitting = [
        one
        for one in fitting
        if all(slots.get(part["name"]) == part["value"] for part in one.get("condition") or ())
    ]
    return min(fitting, key=lambda one: ("condition" not in one, "channel" not in one))


@cache
def _variants() -> dict[str, list[dict[str, Any]]]:
    return {key: variants for _, key, variants in responses()}
