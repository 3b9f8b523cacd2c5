"""The trained model, asked what it would make of a line today."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from rasa_runtime.quiet import configure_logging, prepare_environment
from rasa_runtime.review.reasons import Prediction


def load(path: Path) -> Callable[[str], Coroutine[Any, Any, Prediction]]:
    """Load a model file, which takes some seconds, and return what asks it."""
    prepare_environment()
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    configure_logging()
    processor = Agent.load(model_path=path).processor

    async def understand(text: str) -> Prediction:
        return Prediction.from_parse_data(await processor.parse_message(UserMessage(text)))

    return understand
