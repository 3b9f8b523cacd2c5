from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_runtime import sentence_encoder, sentence_featurizer
from rasa_runtime.sentence_encoder import DIMENSIONS, ModelFilesMissing
from rasa_runtime.sentence_featurizer import SentenceFeaturizer
from rasa_runtime.settings import RuntimeSettings


@pytest.fixture
def featurizer() -> SentenceFeaturizer:
    return SentenceFeaturizer("sentences", SentenceFeaturizer.get_default_config())


def vector(featurizer: SentenceFeaturizer, text: str) -> np.ndarray:
    (message,) = featurizer.process([Message({"text": text})])
    return vector_of(message)


def vector_of(message: Message) -> np.ndarray:
    (features,) = message.features
    return features.features[0]


def test_a_message_gets_one_vector_of_length_one(featurizer: SentenceFeaturizer):
    found = vector(featurizer, "where is my parcel")
    assert found.shape == (DIMENSIONS,)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)


def test_sentences_that_mean_the_same_are_nearer_than_others(featurizer: SentenceFeaturizer):
    asked = vector(featurizer, "where is my parcel")
    alike = vector(featurizer, "has my package been sent yet")
    other = vector(featurizer, "tell me a joke about cats")
    assert asked @ alike > asked @ other + 0.2


def test_all_numbers_of_a_kind_mean_the_same(featurizer: SentenceFeaturizer):
    first = vector(featurizer, "where is 410200341")
    second = vector(featurizer, "where is 300 200 999")
    assert np.array_equal(first, second)


@pytest.mark.parametrize("text", ["?!", "\U0001f4e6", "\x00"])
def test_what_has_no_letters_or_digits_means_nothing(featurizer: SentenceFeaturizer, text: str):
    assert not vector(featurizer, text).any()


def test_a_very_long_message_is_cut(featurizer: SentenceFeaturizer):
    assert np.linalg.norm(vector(featurizer, "parcel " * 600)) == pytest.approx(1, abs=1e-5)


def test_together_or_alone_a_sentence_means_nearly_the_same(featurizer: SentenceFeaturizer):
    texts = ["hi", "where is my parcel", "I ordered a kettle and it has not come", "?"]
    together = featurizer.process([Message({"text": text}) for text in texts])
    for text, message in zip(texts, together, strict=True):
        # Weights of eight bits make the last digits depend on the batch.
        assert np.allclose(vector_of(message), vector(featurizer, text), atol=0.05)


def test_training_encodes_each_sentence_once(
    featurizer: SentenceFeaturizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    encoded: list[str] = []
    encoder = sentence_encoder.sentence_encoder()

    class CountingEncoder:
        def encode(self, sentences: list[str]) -> np.ndarray:
            encoded.extend(sentences)
            return encoder.encode(sentences)

    monkeypatch.setattr(sentence_featurizer, "sentence_encoder", CountingEncoder)
    monkeypatch.setattr(sentence_featurizer, "CACHE", tmp_path / "cache" / "vectors.npz")
    first = _trained(featurizer, "hello", "where is it", "hello")
    again = _trained(featurizer, "where is it", "hello", "goodbye")
    assert sorted(encoded) == ["goodbye", "hello", "where is it"]
    assert np.array_equal(again[1], first[0])
    assert np.array_equal(again[0], first[1])


def test_what_is_said_again_is_not_encoded_again(
    featurizer: SentenceFeaturizer, monkeypatch: pytest.MonkeyPatch
):
    first = vector(featurizer, "is it said again 410200341")
    monkeypatch.setattr(sentence_featurizer, "sentence_encoder", None)
    assert np.array_equal(vector(featurizer, "is it said again 300200999"), first)


def test_what_is_remembered_cannot_be_spoiled(featurizer: SentenceFeaturizer):
    with pytest.raises(ValueError, match="read-only"):
        vector(featurizer, "spoil this")[0] = 1


def test_long_messages_are_not_remembered(featurizer: SentenceFeaturizer):
    remembered = sentence_featurizer._remembered_vector.cache_info().currsize
    vector(featurizer, "this is a rather long story about a parcel " * 3)
    assert sentence_featurizer._remembered_vector.cache_info().currsize == remembered


def _trained(featurizer: SentenceFeaturizer, *texts: str) -> list[np.ndarray]:
    data = TrainingData([Message.build(text=text, intent="greet") for text in texts])
    messages = featurizer.process_training_data(data).training_examples
    return [vector_of(message) for message in messages]


def test_a_configured_folder_is_used_instead_of_the_installed_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    configured = RuntimeSettings(SENTENCE_MODEL_FOLDER=tmp_path)
    monkeypatch.setattr(sentence_encoder, "settings", lambda: configured)
    with pytest.raises(ModelFilesMissing, match=str(tmp_path / "model.onnx")):
        sentence_encoder._model_files()


def test_a_model_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sentence_encoder, "MODEL_PACKAGE", "no_such_package")
    with pytest.raises(ModelFilesMissing, match="no_such_package is not installed"):
        sentence_encoder._model_files()
