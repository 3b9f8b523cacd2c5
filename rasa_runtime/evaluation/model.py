"""Loads a trained model as the server does, to ask it what messages mean."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import DEFAULT_INTENTS

from rasa_runtime import patches


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A model file, loaded."""

    name: str
    sha256: str
    intents: frozenset[str]
    """Its domain's own; empty for a model that was trained without a domain."""
    processor: MessageProcessor

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return what a turn's message is parsed to, all components of the pipeline included."""
        return await self.processor.parse_message(UserMessage(text))


def load_as_served(path: Path) -> TrainedModel:
    """Load our model with what the server changes in Rasa, so that it also takes the same time."""
    model = load(path)
    patches.apply(model.processor)
    return model


def load(path: Path) -> TrainedModel:
    """Load a model file, and leave Rasa as it is."""
    agent = Agent.load(model_path=path)
    domain = agent.domain
    return TrainedModel(
        name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        intents=frozenset(domain.intents if domain else ()).difference(DEFAULT_INTENTS),
        processor=agent.processor,
    )
