"""Which intents a person will most likely choose."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from rasa_runtime.review.grouping import Line

SUGGESTIONS: Final = 5

Ranking = tuple[tuple[str, float], ...]


def nearest_intents(rankings: Sequence[Ranking]) -> Ranking:
    """Return the intents with their mean confidence over several rankings, best first."""
    total: Counter[str] = Counter()
    for ranking in rankings:
        total.update(dict(ranking))
    means = ((intent, confidence / len(rankings)) for intent, confidence in total.most_common())
    return tuple(means)[:SUGGESTIONS]


def collected_rankings(lines: Sequence[Line]) -> list[Ranking]:
    """Return how intents ranked when each line was last collected."""
    return [line.messages[0].message.prediction.ranking for line in lines]
