"""Brings messages together that ask the same thing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from rasa_runtime.review.messages import StoredMessage
from rasa_runtime.review.reasons import Reason
from rasa_runtime.sentence_encoder import Vectors

Encode = Callable[[Sequence[str]], Vectors]

FARTHEST: Final = 0.5
"""Cosine distance between any two lines of a group. Measured on training lines drawn evenly from
all intents, so that neighbours are many: three of four lines that share a group share their intent,
and two thirds of all lines have company. At 0.35 it is five of six, but only one third."""
LINES_AT_ONCE: Final = 12
"""What a person takes in at a glance; a bigger group comes in several parts."""


@dataclass(frozen=True, slots=True)
class Line:
    """One wording, and everybody who used it."""

    text: str
    messages: tuple[StoredMessage, ...]

    @property
    def count(self) -> int:
        """In how many conversations it was said."""
        return len({stored.message.conversation for stored in self.messages})

    @property
    def reasons(self) -> Counter[Reason]:
        """Why it was collected, and in how many conversations."""
        messages = [stored.message for stored in self.messages]
        said = {(found.conversation, reason) for found in messages for reason in found.reasons}
        return Counter(reason for _, reason in said)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are alike, the most frequent first."""

    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """In how many conversations any of it was said, a conversation counting once a line."""
        return sum(line.count for line in self.lines)

    @property
    def reasons(self) -> Counter[Reason]:
        """Why its lines were collected, a conversation counting once a line."""
        return sum((line.reasons for line in self.lines), Counter())

    @property
    def taken_for(self) -> tuple[str, float]:
        """The intent that most of it was taken for, and the mean confidence of that."""
        predictions = [s.message.prediction for line in self.lines for s in line.messages]
        ((intent, times),) = Counter(p.intent for p in predictions).most_common(1)
        return intent, sum(p.confidence for p in predictions if p.intent == intent) / times


def lines_of(messages: Iterable[StoredMessage]) -> list[Line]:
    """Return the wordings, the most frequent first. Case and end marks make no difference."""
    said: defaultdict[str, list[StoredMessage]] = defaultdict(list)
    for stored in messages:
        said[wording(stored.message.text)].append(stored)
    lines = [Line(same[0].message.text, tuple(same)) for same in said.values()]
    return sorted(lines, key=lambda line: -line.count)


def wording(text: str) -> str:
    """Return what two texts have in common that only differ in case, spaces and end marks."""
    return " ".join(text.casefold().split()).rstrip(" .!?") or text


def groups_of(lines: Sequence[Line], encode: Encode) -> list[Group]:
    """Return the lines in groups, the biggest first."""
    if len(lines) <= 1:
        return [Group((line,)) for line in lines]
    vectors = encode([line.text for line in lines])
    together: defaultdict[int, list[Line]] = defaultdict(list)
    for line, label in zip(lines, _labels(vectors), strict=True):
        together[label].append(line)
    groups = chain.from_iterable(map(_parts, together.values()))
    return sorted(groups, key=lambda group: -group.count)


def _labels(vectors: Vectors) -> list[int]:
    """Return each vector's cluster, by number; all members of a cluster are near each other."""
    distances = 1 - np.clip(vectors @ vectors.T, -1, 1)
    clustering = AgglomerativeClustering(
        n_clusters=None,
        affinity="precomputed",
        linkage="complete",
        distance_threshold=FARTHEST,
    )
    labels: list[int] = clustering.fit_predict(distances).tolist()
    return labels


def _parts(lines: list[Line]) -> list[Group]:
    return [
        Group(tuple(lines[start : start + LINES_AT_ONCE]))
        for start in range(0, len(lines), LINES_AT_ONCE)
    ]
