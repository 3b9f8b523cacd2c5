"""The figures: how often the model is right, intent by intent, and how well it refuses."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.stats import binomtest
from sklearn.metrics import precision_recall_fscore_support

from rasa_runtime.evaluation.judgements import Judgement
from rasa_runtime.evaluation.predictions import FALLBACK, time_percentiles

ENOUGH_MESSAGES = 30
"""An intent with fewer messages says too little to count in the macro-F1."""

CONFIDENCE_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None when there is nothing to take a share of."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval at 95%."""
        if not self.total:
            return None
        found = binomtest(self.count, self.total).proportion_ci(CONFIDENCE_LEVEL, method="wilson")
        return float(found.low), float(found.high)


@dataclass(frozen=True, slots=True)
class IntentFigures:
    """How well one intent is recognised; precision is 0 when it was never predicted."""

    intent: str
    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one model on one set of messages; definitions.py says what each means."""

    n: int
    accuracy: Share
    accuracy_in_scope: Share
    oos_recall: Share
    oos_false_alarm: Share
    macro_f1: float | None
    macro_f1_all: float
    intents: tuple[IntentFigures, ...]
    refusals: int
    fallbacks: int
    unlabelled: dict[str, int]
    milliseconds_p50: float
    milliseconds_p95: float

    @property
    def headline(self) -> dict[str, float | int | None]:
        """The five figures of the last line, rounded to four places."""
        return {
            "accuracy": _rounded(self.accuracy.value),
            "macro_f1": _rounded(self.macro_f1),
            "oos_recall": _rounded(self.oos_recall.value),
            "oos_false_alarm": _rounded(self.oos_false_alarm.value),
            "n": self.n,
        }


def figures_of(judgements: Sequence[Judgement]) -> Figures:
    """Return the figures of at least one judgement."""
    in_scope = [judgement for judgement in judgements if judgement.in_scope]
    out_of_scope = [judgement for judgement in judgements if not judgement.in_scope]
    intents = _intent_figures(judgements)
    p50, p95 = time_percentiles([judgement.prediction for judgement in judgements])
    return Figures(
        n=len(judgements),
        accuracy=_share(judgement.right for judgement in judgements),
        accuracy_in_scope=_share(judgement.right for judgement in in_scope),
        oos_recall=_share(judgement.refused for judgement in out_of_scope),
        oos_false_alarm=_share(judgement.refused for judgement in in_scope),
        macro_f1=_mean([intent.f1 for intent in intents if intent.n >= ENOUGH_MESSAGES]),
        macro_f1_all=_mean([intent.f1 for intent in intents]) or 0.0,
        intents=intents,
        refusals=sum(judgement.refused for judgement in judgements),
        fallbacks=sum(judgement.prediction.intent == FALLBACK for judgement in judgements),
        unlabelled=_unlabelled(judgements),
        milliseconds_p50=p50,
        milliseconds_p95=p95,
    )


def _intent_figures(judgements: Sequence[Judgement]) -> tuple[IntentFigures, ...]:
    """Return the figures of each label that the data uses, the most frequent first."""
    counts = Counter(judgement.truth for judgement in judgements)
    labels = sorted(counts, key=lambda label: (-counts[label], label))
    columns = precision_recall_fscore_support(
        [judgement.truth for judgement in judgements],
        [judgement.answer for judgement in judgements],
        labels=labels,
        zero_division=0,
    )
    return tuple(
        IntentFigures(label, float(precision), float(recall), float(f1), int(n))
        for label, precision, recall, f1, n in zip(labels, *columns, strict=True)
    )


def _unlabelled(judgements: Sequence[Judgement]) -> dict[str, int]:
    """Count the predicted labels that no message of the data has: all of them are wrong."""
    labels = {judgement.truth for judgement in judgements}
    answers = Counter(judgement.answer for judgement in judgements)
    return {answer: count for answer, count in answers.most_common() if answer not in labels}


def _share(answers: Iterable[bool]) -> Share:
    values = list(answers)
    return Share(sum(values), len(values))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
