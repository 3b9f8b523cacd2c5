"""Which messages a person should look at, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, Final

REFUSALS: Final = frozenset({"nlu_fallback", "out_of_scope"})
ANSWER_WAS_WRONG: Final = "not_helpful"
"""The intent by which customers say that the answer before was not what they asked for."""
ANSWERS_US: Final = frozenset({ANSWER_WAS_WRONG, "provide_details", "affirm", "deny"})
"""Intents of messages that answer the assistant: what the customer asked stands further up."""

UNSURE_BELOW: Final = 0.6
CLOSE_WITHIN: Final = 0.3
"""Measured on messages the model had not seen: of those it answers, one in eight is below the one
or within the other, and two thirds of all it gets wrong are among them."""
RANKING_KEPT: Final = 5


class Reason(StrEnum):
    """Why a message was collected."""

    REFUSED = "refused"
    UNSURE = "unsure"
    CLOSE_CALL = "close call"
    CUSTOMER_SAID_SO = "customer said so"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the pipeline made of a message: the intent it settled on, and how the others ranked."""

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    """Intents with their confidence, best first, without the fallback."""

    @classmethod
    def from_parse_data(cls, parse_data: Mapping[str, Any]) -> "Prediction":
        """Read what Rasa stores with a message."""
        ranked = parse_data.get("intent_ranking", [])
        ranking = [(entry["name"], float(entry["confidence"])) for entry in ranked]
        return cls(
            intent=parse_data["intent"]["name"] or "nlu_fallback",
            confidence=float(parse_data["intent"].get("confidence", 0)),
            ranking=tuple(entry for entry in ranking if entry[0] != "nlu_fallback")[:RANKING_KEPT],
        )


@dataclass(frozen=True, slots=True)
class Uttered:
    """One message of a customer, as it was typed."""

    text: str
    prediction: Prediction

    @property
    def is_quick_reply(self) -> bool:
        """Whether a button was pressed: nothing to learn from. Typed text never begins so."""
        return self.text.startswith("/")


def reasons_to_review(prediction: Prediction) -> frozenset[Reason]:
    """Return why the message needs a person's eye; nothing if it was plainly understood."""
    if prediction.intent in REFUSALS:
        return frozenset({Reason.REFUSED})
    found = {
        Reason.UNSURE: prediction.confidence < UNSURE_BELOW,
        Reason.CLOSE_CALL: _lead(prediction.ranking) < CLOSE_WITHIN,
    }
    return frozenset(reason for reason, applies in found.items() if applies)


def to_collect(messages: Sequence[Uttered]) -> list[tuple[Uttered, frozenset[Reason]]]:
    """Return what the last message of a conversation gives to review, each with its reasons.

    A message that says the answer was wrong points back at the question that was answered.
    """
    latest = messages[-1]
    found = [] if latest.is_quick_reply else [(latest, reasons_to_review(latest.prediction))]
    if latest.prediction.intent == ANSWER_WAS_WRONG:
        found += [
            (question, reasons_to_review(question.prediction) | {Reason.CUSTOMER_SAID_SO})
            for question in islice(_questions_newest_first(messages), 1)
        ]
    return [(message, reasons) for message, reasons in found if reasons]


def _questions_newest_first(messages: Sequence[Uttered]) -> Iterator[Uttered]:
    for message in reversed(messages):
        if not message.is_quick_reply and message.prediction.intent not in ANSWERS_US:
            yield message


def _lead(ranking: Sequence[tuple[str, float]]) -> float:
    """Return how far the best intent is ahead of the second best."""
    if len(ranking) <= 1:
        return 1.0
    return ranking[0][1] - ranking[1][1]
