"""Lines on their way into the training data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from rasa_runtime.review.grouping import Group, Line
from rasa_runtime.review.placeholders import filled_in

SURE_FROM: Final = 0.8
"""Confidence from which a further example of the same would teach the model nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line, and the text that would be added for it."""

    line: Line
    text: str

    def edited(self, text: str) -> "Candidate":
        """Return the same line with another text."""
        return replace(self, text=text)

    def is_known_as(self, intent: str) -> bool:
        """Say whether the line was plainly recognised as this intent when it was collected."""
        prediction = self.line.messages[0].message.prediction
        return prediction.intent == intent and prediction.confidence >= SURE_FROM


def candidates_of(group: Group) -> list[Candidate]:
    """Return the lines of a group with personal data made up."""
    return list(_candidates(group))


def _candidates(group: Group) -> Iterator[Candidate]:
    for line in group.lines:
        yield Candidate(line, filled_in(line.text))
