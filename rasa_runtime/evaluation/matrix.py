"""The confusion matrix: what the messages of each label were taken for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rasa_runtime.evaluation.judgements import Judgement


@dataclass(frozen=True, slots=True)
class Cell:
    """The messages of one label that were taken for one answer."""

    truth: str
    answer: str
    count: int
    share: float
    """Of the label's messages."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A row for each label of the data, a column for each of them and for each other answer."""

    answers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def matrix_of(judgements: Sequence[Judgement]) -> Matrix:
    """Count what each label's messages were taken for; the most frequent label comes first."""
    totals = Counter(judgement.truth for judgement in judgements)
    labels = sorted(totals, key=lambda label: (-totals[label], label))
    others = sorted({judgement.answer for judgement in judgements} - totals.keys())
    answers = (*labels, *others)
    counts = Counter((judgement.truth, judgement.answer) for judgement in judgements)
    return Matrix(
        answers=answers,
        rows=tuple(
            tuple(_cell(truth, answer, counts, totals[truth]) for answer in answers)
            for truth in labels
        ),
    )


def _cell(truth: str, answer: str, counts: Counter[tuple[str, str]], total: int) -> Cell:
    count = counts[truth, answer]
    return Cell(truth, answer, count, count / total)
