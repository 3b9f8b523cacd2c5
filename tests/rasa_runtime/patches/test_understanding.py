from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_runtime.evaluation.model import load
from rasa_runtime.patches.understanding import (
    Meanings,
    understand_once_what_is_said_again,
)
from rasa_runtime.train import MODEL


def understood(text: str, intent: str = "greet") -> Message:
    return Message({TEXT: text, INTENT_RANKING_KEY: [{"name": intent, "confidence": 0.9}]})


def test_details_alone_mean_the_same_whosever_they_are() -> None:
    meanings = Meanings()
    meanings.learn(understood("410200341, sam@example.com", "provide_details"))

    assert meanings.of(Message({TEXT: "410200999, kim@example.org"})) == (("provide_details", 0.9),)


def test_what_is_long_is_not_kept() -> None:
    meanings = Meanings()
    meanings.learn(understood("word " * 40))

    assert meanings.of(Message({TEXT: "word " * 40})) is None


def test_the_one_not_said_for_longest_makes_room() -> None:
    meanings = Meanings(most=2)
    for text in ("hi", "yes"):
        meanings.learn(understood(text))
    meanings.of(Message({TEXT: "hi"}))
    meanings.learn(understood("no"))

    kept = [text for text in ("hi", "yes", "no") if meanings.of(Message({TEXT: text}))]
    assert kept == ["hi", "no"]


SAID = (
    "hi",
    "where is my order",
    "yes please",
    "410200341, sam@example.com",
    "410200999, kim@example.org",
    "cheers, it's 410200341",
    "blorp blorp",
    "any update?",
)


@pytest.fixture(scope="module")
def stock() -> MessageProcessor:
    return load(MODEL).processor


async def test_a_message_is_understood_alike_at_the_first_and_at_the_second_time(
    stock: MessageProcessor,
) -> None:
    patched = load(MODEL).processor
    understand_once_what_is_said_again(patched)

    for text in (*SAID, *SAID):
        assert await _parsed(patched, text) == await _parsed(stock, text), text


async def _parsed(processor: MessageProcessor, text: str) -> dict[str, Any]:
    return await processor.parse_message(UserMessage(text))
