"""Asks a model what messages mean, in the way a customer's turn does."""

import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from rasa_runtime.turn import LEADING_SLASHES

FALLBACK = DEFAULT_NLU_FALLBACK_INTENT_NAME


class Parser(Protocol):
    """Whatever understands messages: a trained model, or a stand-in for one in tests."""

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return what Rasa's `parse_message` returns: intent, intent_ranking, entities."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the whole pipeline made of one message."""

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    """Intents with their confidence, best first; Rasa keeps the first ten."""
    milliseconds: float

    def confidence_in(self, intent: str) -> float:
        """Return the confidence in an intent, 0 where it is too small to be in the ranking."""
        return dict(self.ranking).get(intent, 0.0)


async def predict(texts: Iterable[str], parser: Parser) -> list[Prediction]:
    """Return the prediction for each text, one after the other, as turns come."""
    await parser.parse("where is my order")  # the first one loads, and would be no fair time
    return [await _prediction(text, parser) for text in texts]


async def _prediction(text: str, parser: Parser) -> Prediction:
    words = LEADING_SLASHES.sub("", text).strip()  # a slash would name an intent to Rasa
    if not words:
        return Prediction(FALLBACK, 1.0, ((FALLBACK, 1.0),), 0.0)
    started = time.perf_counter()
    parsed = await parser.parse(words)
    milliseconds = (time.perf_counter() - started) * 1000
    intent = parsed["intent"]
    return Prediction(
        intent=intent["name"] or FALLBACK,
        confidence=float(intent["confidence"]),
        ranking=tuple((i["name"], float(i["confidence"])) for i in parsed["intent_ranking"]),
        milliseconds=milliseconds,
    )


def time_percentiles(predictions: Sequence[Prediction]) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds per message."""
    times = [prediction.milliseconds for prediction in predictions]
    if len(times) == 1:
        return times[0], times[0]
    percentiles = statistics.quantiles(times, n=100, method="inclusive")
    return percentiles[49], percentiles[94]
