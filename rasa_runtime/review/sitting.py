"""Puts a labelling session together: training files, model, list and terminal."""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from rasa_runtime.review import model
from rasa_runtime.review.arguments import Arguments
from rasa_runtime.review.candidates import Candidate
from rasa_runtime.review.console import Console
from rasa_runtime.review.grouping import Group
from rasa_runtime.review.messages import PLACEHOLDER, StoredMessage
from rasa_runtime.review.nearest_block import NearestBlock
from rasa_runtime.review.review_list import ReviewList
from rasa_runtime.review.session import Session, Suggest, Terminal
from rasa_runtime.review.suggestions import Ranking, collected_rankings, nearest_intents
from rasa_runtime.review.training_files import TrainingFiles
from rasa_runtime.sentence_encoder import Vectors, sentence_encoder
from rasa_runtime.settings import settings
from support.masking import masked


def sit(
    chosen: Arguments, groups: Sequence[Group], waiting: ReviewList, runner: asyncio.Runner
) -> None:
    """Label the groups with whoever sits at the terminal."""
    console = Console()
    session = Session(
        files=training_files(chosen.data),
        suggest=_suggest(chosen.model, runner, console),
        remove=lambda messages: _remove(messages, waiting, runner),
        terminal=console,
    )
    session.run(groups)


def training_files(folder: Path) -> TrainingFiles:
    """Return the training lines of a folder."""
    mask = partial(masked, order_number_pattern=settings().order_number_pattern)
    return TrainingFiles(folder, mask=mask, choose=NearestBlock(vectors_of))


def vectors_of(texts: Sequence[str]) -> Vectors:
    """Return the vectors of texts; what was masked counts as the words for its kind."""
    spoken = [PLACEHOLDER.sub(lambda kind: kind[1].replace("_", " "), text) for text in texts]
    return sentence_encoder().encode(spoken)


def _suggest(path: Path, runner: asyncio.Runner, console: Terminal) -> Suggest:
    """Return what ranks intents: the model as it is now, or as it was when there is none."""
    if not path.exists():
        console.say(f"There is no {path}: suggestions are as old as the messages.")
        return lambda candidates: nearest_intents(_as_collected(candidates))
    console.say("Loading the model ...")
    understand = model.load(path)

    def as_of_now(candidates: Sequence[Candidate]) -> Ranking:
        predictions = [runner.run(understand(candidate.text)) for candidate in candidates]
        return nearest_intents([prediction.ranking for prediction in predictions])

    return as_of_now


def _as_collected(candidates: Sequence[Candidate]) -> list[Ranking]:
    return collected_rankings([candidate.line for candidate in candidates])


def _remove(messages: Iterable[StoredMessage], waiting: ReviewList, runner: asyncio.Runner) -> None:
    runner.run(waiting.remove(messages))
