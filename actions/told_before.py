"""What was said about a problem before it was known whose order it is: it is not asked again."""

from dataclasses import replace
from typing import Final

from actions.topics import Topic
from actions.turn import Turn

SLOT: Final = "told"
FORGOTTEN: Final = {SLOT: None}
"""Slots once the problem has been taken up."""

_MOST_CHARACTERS: Final = 500


def keep(turn: Turn, topic: Topic) -> dict[str, str]:
    """Return the slot in which this message waits, behind earlier ones about the same topic."""
    return {SLOT: _all(turn, topic)[:_MOST_CHARACTERS]}


def with_earlier(turn: Turn, topic: Topic) -> Turn:
    """Return this turn as if its message had also said what waits."""
    return replace(turn, text=_all(turn, topic))


def _all(turn: Turn, topic: Topic) -> str:
    earlier = turn.slot(SLOT) if turn.slot("topic") == topic else None
    return f"{earlier}\n{turn.text}" if earlier else turn.text
