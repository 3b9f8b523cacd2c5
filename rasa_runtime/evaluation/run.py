"""Runs one model, or two beside each other, over the same messages."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from rasa_runtime.evaluation.figures import Figures, figures_of
from rasa_runtime.evaluation.judgements import REFUSALS, Judgement
from rasa_runtime.evaluation.messages import LabelledData, LabelledMessage, UnusableData
from rasa_runtime.evaluation.predictions import Parser, predict


class Model(Parser, Protocol):
    """A parser that says which model it is."""

    @property
    def name(self) -> str:
        """The model file's name."""

    @property
    def sha256(self) -> str:
        """The model file's hash."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one model made of the messages."""

    model: str
    sha256: str
    judgements: tuple[Judgement, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that the reports tell."""

    data: LabelledData
    unknown: dict[str, int]
    """Intents of the data that the assistant does not have, and how often; not in the figures."""
    ours: Run
    rival: Run | None = None


def known_messages(
    data: LabelledData, intents: Collection[str]
) -> tuple[list[LabelledMessage], dict[str, int]]:
    """Return the messages whose intent the assistant has, and the count of each other intent.

    Raises UnusableData when no message is left.
    """
    possible = REFUSALS.union(intents)
    unknown = Counter(m.intent for m in data.messages if m.intent not in possible)
    known = [message for message in data.messages if message.intent in possible]
    if not known:
        raise UnusableData(
            f"{data.path} holds no intent of the assistant, only: {', '.join(sorted(unknown))}."
        )
    return known, dict(unknown.most_common())


async def run(messages: Sequence[LabelledMessage], model: Model) -> Run:
    """Let a model read the messages."""
    predictions = await predict([message.text for message in messages], model)
    judgements = tuple(map(Judgement, messages, predictions))
    return Run(model.name, model.sha256, judgements, figures_of(judgements))
