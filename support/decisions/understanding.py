"""What to make of a message that could mean several things, from the classifier's ranking.

All thresholds of the dialogue are here. Those below which nothing counts as understood at all are
in config.yml (`FallbackClassifier`).
"""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

PLAUSIBLE: Final = 0.10
"""From this confidence on an intent is worth asking about."""
BOTH_MEANT: Final = 0.20
"""From this confidence on the second intent of a message is answered too."""
POSSIBLE: Final = 0.01
"""From this confidence on it is, if the words of the message speak of it too."""
NEARLY_EQUAL: Final = 0.05
"""Two intents that are nearer than this cannot be told apart (`ambiguity_threshold`)."""
MOST_CHOICES: Final = 3


class Guess(NamedTuple):
    """One intent that a message may have. `confidence` is between 0 and 1."""

    intent: str
    confidence: float


Ranking = Sequence[Guess]
"""Guesses, the most confident first."""


def plausible(ranking: Ranking, among: Collection[str]) -> tuple[str, ...]:
    """Return the few intents that are worth asking about, the likeliest first."""
    likely = [guess.intent for guess in ranking if guess.confidence >= PLAUSIBLE]
    return tuple(intent for intent in likely if intent in among)[:MOST_CHOICES]


def torn_between(ranking: Ranking) -> tuple[str, str] | None:
    """Return the first two intents where both are likely and neither is likelier."""
    if len(ranking) < 2:  # noqa: PLR2004 - a pair
        return None
    first, second = ranking[0], ranking[1]
    if second.confidence < BOTH_MEANT or first.confidence - second.confidence >= NEARLY_EQUAL:
        return None
    return first.intent, second.intent


def also_meant(
    ranking: Ranking, intent: str | None, among: Collection[str], *, in_words: bool = False
) -> str | None:
    """Return what a message means besides `intent`, if it is one of `among` and confident.

    Where its words say that something of the kind is meant (`in_words`), the likeliest one is.
    """
    if in_words:
        likely = (guess.intent for guess in ranking if guess.confidence >= POSSIBLE)
        return next((one for one in likely if one != intent and one in among), None)
    others = [guess for guess in ranking[:2] if guess.intent != intent]
    if len(others) != 1 or others[0].confidence < BOTH_MEANT:
        return None
    return others[0].intent if others[0].intent in among else None
