"""A model that answers as it is told, and data that was never in a file."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa_runtime.evaluation.judgements import Judgement
from rasa_runtime.evaluation.messages import LabelledData, LabelledMessage
from rasa_runtime.evaluation.predictions import Prediction
from rasa_runtime.evaluation.run import Evaluation, Run, known_messages, run

INTENTS = frozenset({"track_order", "thanks", "greet", "distress", "out_of_scope"})


class ModelByTheBook:
    """Answers each text with the ranking that is written down for it."""

    name = "by-the-book.tar.gz"
    sha256 = "0" * 64

    def __init__(self, rankings: Mapping[str, Mapping[str, float]]) -> None:
        self.rankings = rankings
        self.asked: list[str] = []

    async def parse(self, text: str) -> Mapping[str, Any]:
        self.asked.append(text)
        ranking = self.rankings.get(text, {"nlu_fallback": 0.3})
        places = [{"name": name, "confidence": share} for name, share in ranking.items()]
        return {"intent": places[0], "intent_ranking": places, "entities": []}


def message(text: str, intent: str, line: int = 2, **columns: str) -> LabelledMessage:
    return LabelledMessage(line, text, intent, {"text": text, "intent": intent, **columns})


def data(*messages: LabelledMessage) -> LabelledData:
    return LabelledData(Path("some.csv"), "f" * 64, tuple(messages[0].row), messages, ())


def judged(truth: str, answer: str, **ranking: float) -> Judgement:
    """A judgement of a message that was taken for `answer`, with confidence 1 if not told."""
    places = tuple((ranking or {answer: 1.0}).items())
    return Judgement(message("x", truth), Prediction(answer, places[0][1], places, 5.0))


def read_by(model: ModelByTheBook, labelled: LabelledData) -> Run:
    messages, _ = known_messages(labelled, INTENTS)
    return asyncio.run(run(messages, model))


def evaluated(
    model: ModelByTheBook, labelled: LabelledData, rival: Run | None = None
) -> Evaluation:
    _, unknown = known_messages(labelled, INTENTS)
    return Evaluation(labelled, unknown, read_by(model, labelled), rival)
