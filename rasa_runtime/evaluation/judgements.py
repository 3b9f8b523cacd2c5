"""Compares what a model says with what the labels say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rasa_runtime.evaluation.messages import LabelledMessage
from rasa_runtime.evaluation.predictions import FALLBACK, Prediction

OUT_OF_SCOPE = "out_of_scope"
REFUSALS = frozenset({OUT_OF_SCOPE, FALLBACK})


def label_of(intent: str) -> str:
    """Return the label an intent counts as: both ways to refuse count as out_of_scope."""
    return OUT_OF_SCOPE if intent in REFUSALS else intent


@dataclass(frozen=True, slots=True)
class Judgement:
    """A labelled message, and what the model made of it."""

    message: LabelledMessage
    prediction: Prediction

    @property
    def truth(self) -> str:
        """The label that would have been right."""
        return label_of(self.message.intent)

    @property
    def answer(self) -> str:
        """The label that the model's intent counts as."""
        return label_of(self.prediction.intent)

    @property
    def refused(self) -> bool:
        """Whether the message was taken for out of scope."""
        return self.answer == OUT_OF_SCOPE

    @property
    def in_scope(self) -> bool:
        """Whether the message asks for something that the assistant does."""
        return self.truth != OUT_OF_SCOPE

    @property
    def right(self) -> bool:
        """Whether the model said what the label says."""
        return self.answer == self.truth


@dataclass(frozen=True, slots=True)
class Confusion:
    """Messages of one label that were taken for another."""

    truth: str
    answer: str
    judgements: tuple[Judgement, ...]


def confusions(judgements: Sequence[Judgement]) -> list[Confusion]:
    """Return all confusions, the most frequent first; the surest mistakes lead in each."""
    wrong = [judgement for judgement in judgements if not judgement.right]
    counts = Counter((judgement.truth, judgement.answer) for judgement in wrong)
    pairs = sorted(counts, key=lambda pair: (-counts[pair], pair))
    surest = sorted(wrong, key=lambda judgement: -judgement.prediction.confidence)
    return [
        Confusion(truth, answer, tuple(j for j in surest if (j.truth, j.answer) == (truth, answer)))
        for truth, answer in pairs
    ]
