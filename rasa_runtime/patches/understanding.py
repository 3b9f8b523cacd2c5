"""Understanding what is said again.

"hi", "yes" and a bare order number with an e-mail are most of what an assistant hears. What such a
message means was worked out before: the classifier sees kinds in place of numbers and addresses, so
all who answer with their details alone say the same to it.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from rasa.core.processor import MessageProcessor
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_runtime.patches.graph import nodes_with
from rasa_runtime.sentence_featurizer import REMEMBERED_CHARACTERS, sentence_of

REMEMBERED_MEANINGS: Final = 4096
"""Kept at the most, about 2 KiB each; the one that was not said for longest makes room."""

Ranking = tuple[tuple[str, float], ...]
Run = Callable[..., list[Message]]


class Meanings:
    """What sentences were understood as: short ones, without what identifies anybody."""

    def __init__(self, most: int = REMEMBERED_MEANINGS) -> None:
        self._most = most
        self._known: OrderedDict[str, Ranking] = OrderedDict()

    def of(self, message: Message) -> Ranking | None:
        """Return what a message was understood as before."""
        ranking = self._known.get(sentence_of(message.get(TEXT)))
        if ranking is not None:
            self._known.move_to_end(sentence_of(message.get(TEXT)))
        return ranking

    def learn(self, message: Message) -> None:
        """Keep what the classifier has made of a message, if it is short."""
        sentence = sentence_of(message.get(TEXT))
        if len(sentence) > REMEMBERED_CHARACTERS:
            return
        ranking = message.get(INTENT_RANKING_KEY)
        self._known[sentence] = tuple((one["name"], one["confidence"]) for one in ranking)
        if len(self._known) > self._most:
            self._known.popitem(last=False)


def understand_once_what_is_said_again(processor: MessageProcessor) -> None:
    """Skip featurizers and classifier for a message that means what an earlier one meant."""
    meanings = Meanings()
    for node, _ in nodes_with(Featurizer, processor.graph_runner):
        node._fn = _unless_known(node._fn, meanings)  # noqa: SLF001 what the node calls
    for node, _ in nodes_with(LogisticRegressionClassifier, processor.graph_runner):
        node._fn = _classify_or_recall(node._fn, meanings)  # noqa: SLF001


def _unless_known(run: Run, meanings: Meanings) -> Run:
    def featurize(component: Featurizer, messages: list[Message]) -> list[Message]:
        if all(meanings.of(message) is not None for message in messages):
            return messages
        return run(component, messages=messages)

    return featurize


def _classify_or_recall(run: Run, meanings: Meanings) -> Run:
    def classify(component: IntentClassifier, messages: list[Message]) -> list[Message]:
        known = [meanings.of(message) for message in messages]
        if None in known:
            classified = run(component, messages=messages)
            for message in classified:
                meanings.learn(message)
            return classified
        for message, ranking in zip(messages, known, strict=True):
            _set(message, ranking or ())
        return messages

    return classify


def _set(message: Message, ranking: Ranking) -> None:
    """Set what the classifier would: fresh objects, since later components change them."""
    guesses: list[dict[str, Any]] = [
        {"name": name, "confidence": confidence} for name, confidence in ranking
    ]
    message.set(INTENT, guesses[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, guesses, add_to_output=True)
