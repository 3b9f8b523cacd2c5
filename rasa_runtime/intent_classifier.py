"""Chooses the intent of a message."""

from collections.abc import Mapping, Sequence
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.preprocessing import normalize


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EvenHandedClassifier(LogisticRegressionClassifier):
    """Rasa's logistic regression, in which every featurizer has the same say.

    Rasa puts raw counts beside vectors of length one, so that the words drown the meaning, and long
    messages drown short ones. Here the features of each featurizer are scaled to length `weight`.

    Rasa also takes all intents to be equally likely. `odds` says how many times likelier some are:
    of all that customers write, more is out of scope than has any one intent.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return Rasa's defaults, and the weight that did best in cross-validation."""
        defaults = LogisticRegressionClassifier.get_default_config()
        return {**defaults, "weight": 3.0, "odds": {}}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, then take the odds of the intents into account."""
        features, intents = self._create_training_matrix(training_data)
        self.clf.fit(features, intents)
        self._shift(self.config["odds"])
        self.persist()
        return self._resource

    def _shift(self, odds: Mapping[str, float]) -> None:
        """Multiply the odds of some intents; raise ValueError for one that is not trained."""
        for intent, times in odds.items():
            if intent not in self.clf.classes_:
                raise ValueError(f"odds: no training example has the intent {intent}.")
            self.clf.intercept_[self.clf.classes_ == intent] += log(times)

    def _create_X(self, messages: list[Message]) -> csr_matrix:  # noqa: N802 Rasa's name
        """Return a row of scaled features for each message."""
        if len(messages) == 1:
            return _row(_sentence_features(messages[0]), self.config["weight"])
        blocks = zip(*map(_sentence_features, messages), strict=True)
        return hstack([_even(block) for block in blocks], format="csr") * self.config["weight"]


def _sentence_features(message: Message) -> list[Features]:
    """Return what each featurizer said about a message, in the order of the pipeline."""
    return [
        features
        for features in message.features
        if features.attribute == TEXT and features.type == FEATURE_TYPE_SENTENCE
    ]


def _row(blocks: Sequence[Features], weight: float) -> csr_matrix:
    """Return what `_even` and `hstack` make of one message, without a dozen matrices on the way.

    A turn has one message, and each of scipy's matrices costs more than the numbers in it.
    """
    columns: list[NDArray[np.intp]] = []
    values: list[NDArray[np.float64]] = []
    width = 0
    for block in blocks:
        found, counts = _nonzero(block)
        columns.append(found + width)
        values.append(counts * (weight / (np.sqrt(counts @ counts) or 1.0)))
        width += block.features.shape[-1]
    row = np.concatenate(values), np.concatenate(columns), [0, sum(map(len, values))]
    return csr_matrix(row, shape=(1, width))


def _nonzero(block: Features) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the columns and values of one featurizer's features, counts damped."""
    if block.is_sparse():
        sparse = block.features.tocsr()
        return sparse.indices, np.log1p(sparse.data.astype(np.float64))
    dense = np.ravel(block.features).astype(np.float64)
    return np.arange(dense.size), dense


def _even(block: Sequence[Features]) -> csr_matrix:
    """Return one featurizer's features of all messages, each row of length one.

    Counts are damped first: the tenth "order" says little more than the first.
    """
    rows = [features.features for features in block]
    if block[0].is_sparse():
        return normalize(vstack(rows, format="csr", dtype="float64").log1p())
    return normalize(csr_matrix(np.vstack(rows)))
