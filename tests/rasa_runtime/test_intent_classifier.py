from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from rasa_runtime.intent_classifier import EvenHandedClassifier


def message(counts: list[int], vector: list[float]) -> Message:
    features = [
        Features(csr_matrix([counts]), "sentence", "text", "counts"),
        Features(csr_matrix([counts, counts]), "sequence", "text", "counts"),
        Features(np.array([vector]), "sentence", "text", "meaning"),
    ]
    return Message({"text": "x"}, features=features)


def rows(*messages: Message) -> np.ndarray:
    config = {**EvenHandedClassifier.get_default_config(), "weight": 3.0}
    classifier = EvenHandedClassifier(config, "classifier", None, None)
    return classifier._create_X(list(messages)).toarray()


def test_words_and_meaning_have_the_same_length_in_every_message():
    short, long = rows(message([1, 0, 0], [0.6, 0.8]), message([9, 5, 7], [0.1, 0.2]))
    for row in (short, long):
        assert np.linalg.norm(row[:3]) == pytest.approx(3)
        assert np.linalg.norm(row[3:]) == pytest.approx(3)


def test_repeated_words_count_less_and_less():
    (row,) = rows(message([9, 1, 0], [1, 0]))
    assert row[0] / row[1] == pytest.approx(np.log(10) / np.log(2))


def test_a_message_of_which_nothing_is_known_is_all_zeros():
    assert not rows(message([0, 0, 0], [0, 0])).any()


def test_a_message_is_scaled_the_same_alone_and_among_others():
    alone = rows(message([1, 2, 0], [1, 1]))
    among = rows(message([5, 0, 1], [0, 1]), message([1, 2, 0], [1, 1]))
    assert np.allclose(alone[0], among[1])


class NoStorage:
    """A model storage into which nothing is written."""

    @contextmanager
    def write_to(self, resource: Resource) -> Iterator[Path]:
        del resource
        with TemporaryDirectory() as folder:
            yield Path(folder)


def trained(odds: dict[str, float]) -> EvenHandedClassifier:
    examples = [
        message([1, 0, 0], [1, 0]),
        message([0, 1, 0], [0, 1]),
        message([0, 0, 1], [-1, 0]),
    ]
    for example, intent in zip(examples, ("greet", "out_of_scope", "thanks"), strict=True):
        example.set("intent", intent)
    config = {**EvenHandedClassifier.get_default_config(), "odds": odds}
    classifier = EvenHandedClassifier(config, "classifier", NoStorage(), Resource("classifier"))
    classifier.train(TrainingData(examples))
    return classifier


def odds_of(classifier: EvenHandedClassifier, intent: str) -> float:
    undecided = message([1, 1, 0], [0.7, 0.7])
    classifier.process([undecided])
    ranking = {entry["name"]: entry["confidence"] for entry in undecided.get("intent_ranking")}
    return float(ranking[intent] / (1 - ranking[intent]))


@pytest.mark.parametrize("times", [2.0, 5.0])
def test_an_intent_that_is_likelier_is_found_that_much_more_easily(times: float):
    level, likelier = trained({}), trained({"out_of_scope": times})
    assert odds_of(likelier, "out_of_scope") / odds_of(level, "out_of_scope") == pytest.approx(
        times, rel=0.01
    )


def test_odds_of_an_unknown_intent_are_refused():
    with pytest.raises(ValueError, match="pony"):
        trained({"pony": 2})
