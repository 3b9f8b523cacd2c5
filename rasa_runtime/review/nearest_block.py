"""Finds the block of training lines in whose company a new line belongs."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from rasa_runtime.review.grouping import Encode
from rasa_runtime.review.training_files import Block
from rasa_runtime.sentence_encoder import Vectors

LINES_LOOKED_AT: Final = 30
"""Of each block, spread evenly: enough to know its subject, in a fraction of the time."""


class NearestBlock:
    """Chooses among blocks of the same intent, which stand under different comments."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._subject = cache(self._mean)

    def __call__(self, line: str, blocks: Sequence[Block]) -> Block:
        """Return the block whose lines are nearest to this one on average."""
        (vector,) = self._encode([line])
        return max(blocks, key=lambda block: float(self._subject(_sample(block)) @ vector))

    def _mean(self, lines: tuple[str, ...]) -> Vectors:
        mean: Vectors = np.asarray(self._encode(lines)).mean(axis=0)
        return mean


def _sample(block: Block) -> tuple[str, ...]:
    return block.lines[:: max(1, len(block.lines) // LINES_LOOKED_AT)][:LINES_LOOKED_AT]
