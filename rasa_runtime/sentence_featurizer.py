"""Gives the classifier what a message means, beside the words it is made of."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_runtime.found_identifiers import found_identifiers
from rasa_runtime.masking_tokenizer import identifiers_fingerprint
from rasa_runtime.sentence_encoder import (
    DIMENSIONS,
    Vector,
    Vectors,
    encoder_fingerprint,
    sentence_encoder,
)
from support.mentions.faces import in_words

CACHE: Final = Path(".rasa/sentence_vectors.npz")
"""Vectors of the training data from last time: encoding all of it takes a quarter of a minute."""
REMEMBERED_SENTENCES: Final = 4096
"""Vectors kept for sentences that are said again, about 2 KiB each."""
REMEMBERED_CHARACTERS: Final = 80
"""What is longer is hardly ever said again in the same words."""
IDENTIFIER_WORDS: Final = {
    "order_number": "order number",
    "tracking_number": "tracking number",
    "email": "e-mail address",
    "phone": "phone number",
    "postcode": "postcode",
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds a sentence vector to each message; zeros where there are no letters or digits."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeaturizer":
        """Create the component; the model is loaded at first use."""
        return cls(execution_context.node_name, {**cls.get_default_config(), **config})

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any settings; there are none."""

    @staticmethod
    def required_packages() -> list[str]:
        """Return the packages whose versions Rasa's training cache should look at."""
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Return what else the vectors depend on, so that Rasa's training cache notices changes."""
        return encoder_fingerprint() + identifiers_fingerprint()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add vectors to all examples, re-using those of the last training."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        self._add(messages, _encode_with_cache(_sentences(messages)))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add vectors to the messages of a turn, re-using those of what is often said."""
        self._add(messages, [_vector(sentence) for sentence in _sentences(messages)])
        return messages

    def _add(self, messages: Sequence[Message], vectors: Iterable[Vector]) -> None:
        for message, vector in zip(messages, vectors, strict=True):
            self.add_features_to_message(
                sequence=None, sentence=vector[np.newaxis, :], attribute=TEXT, message=message
            )


def _sentences(messages: Sequence[Message]) -> list[str]:
    return [sentence_of(message.get(TEXT)) for message in messages]


@lru_cache(maxsize=16)
def sentence_of(text: str) -> str:
    """Return the text with each identifier replaced by words for its kind; empty if meaningless."""
    text = in_words(text)
    parts, position = [], 0
    for identifier in found_identifiers(text):
        parts += [text[position : identifier.start], IDENTIFIER_WORDS[identifier.kind]]
        position = identifier.end
    sentence = "".join([*parts, text[position:]])
    return sentence if any(character.isalnum() for character in sentence) else ""


def _vector(sentence: str) -> Vector:
    """Return the vector of one sentence, remembered where it may be said again."""
    remembers = len(sentence) <= REMEMBERED_CHARACTERS
    return _remembered_vector(sentence) if remembers else _encode([sentence])[0]


@lru_cache(REMEMBERED_SENTENCES)
def _remembered_vector(sentence: str) -> Vector:
    vector = _encode([sentence])[0]
    vector.flags.writeable = False  # the next message gets the same one
    return vector


def _encode(sentences: Sequence[str]) -> Vectors:
    vectors = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)
    meaningful = [index for index, sentence in enumerate(sentences) if sentence]
    if meaningful:
        vectors[meaningful] = sentence_encoder().encode([sentences[i] for i in meaningful])
    return vectors


def _encode_with_cache(sentences: Sequence[str]) -> Vectors:
    keys = [_cache_key(sentence) for sentence in sentences]
    known = _read_cache()
    missing = {key: text for key, text in zip(keys, sentences, strict=True) if key not in known}
    known |= dict(zip(missing, _encode(list(missing.values())), strict=True))
    used = {key: known[key] for key in keys}
    if missing:
        CACHE.parent.mkdir(exist_ok=True)
        np.savez(CACHE, keys=np.array(list(used)), vectors=np.stack(list(used.values())))
    return np.stack([used[key] for key in keys])


def _cache_key(sentence: str) -> str:
    return sha256(f"{encoder_fingerprint()}\0{sentence}".encode()).hexdigest()


def _read_cache() -> dict[str, Vectors]:
    if not CACHE.exists():
        return {}
    with np.load(CACHE) as stored:
        return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
