"""What refusing more or less readily would do: out-of-scope recall against false alarms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sklearn.metrics import roc_curve

from rasa_runtime.evaluation.judgements import OUT_OF_SCOPE, REFUSALS, Judgement
from rasa_runtime.evaluation.predictions import Prediction

BUDGETS = (0.01, 0.02, 0.05, 0.10)
"""Shares of false alarms at which the tables read the recall."""


@dataclass(frozen=True, slots=True)
class Point:
    """What refusing every message with a score of at least `threshold` would give."""

    threshold: float
    false_alarm: float
    recall: float


@dataclass(frozen=True, slots=True)
class Curve:
    """All points for one score, from refusing nothing to refusing everything."""

    score: str
    points: tuple[Point, ...]

    def best_within(self, budget: float) -> Point:
        """Return the point of the highest recall whose false alarms stay within the budget."""
        return max(
            (point for point in self.points if point.false_alarm <= budget),
            key=lambda point: (point.recall, -point.false_alarm),
        )


def refusal_confidence(prediction: Prediction) -> float:
    """Return P(out_of_scope)."""
    return prediction.confidence_in(OUT_OF_SCOPE)


def in_scope_doubt(prediction: Prediction) -> float:
    """Return 1 - the highest confidence in any intent that is no refusal."""
    in_scope = (share for intent, share in prediction.ranking if intent not in REFUSALS)
    return 1.0 - max(in_scope, default=0.0)


SCORES: dict[str, Callable[[Prediction], float]] = {
    "P(out_of_scope)": refusal_confidence,
    "1 - max in-scope confidence": in_scope_doubt,
}


def refusal_curves(judgements: Sequence[Judgement]) -> tuple[Curve, ...]:
    """Return a curve for each score; none unless there are messages both in and out of scope."""
    truths = [not judgement.in_scope for judgement in judgements]
    if len(set(truths)) == 1:
        return ()
    return tuple(
        Curve(name, _points(truths, [score(judgement.prediction) for judgement in judgements]))
        for name, score in SCORES.items()
    )


def _points(truths: Sequence[bool], scores: Sequence[float]) -> tuple[Point, ...]:
    false_alarms, recalls, thresholds = roc_curve(truths, scores)
    rows = zip(thresholds.tolist(), false_alarms.tolist(), recalls.tolist(), strict=True)
    return tuple(Point(*row) for row in rows)
