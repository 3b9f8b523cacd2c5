"""A collected message, and how it is written into Redis."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rasa_runtime.review.reasons import Prediction, Reason

PLACEHOLDER: Final = re.compile(r"\[([a-z_]+)\]")
"""What stands for personal data in a masked text."""


@dataclass(frozen=True, slots=True)
class CollectedMessage:
    """A message that was not understood. `text` is masked, `conversation` an untraceable hash."""

    text: str
    prediction: Prediction
    reasons: frozenset[Reason]
    conversation: str

    def to_fields(self) -> dict[str, str]:
        """Return what is stored."""
        return {
            "text": self.text,
            "intent": self.prediction.intent,
            "confidence": f"{self.prediction.confidence:.4f}",
            "ranking": json.dumps([(name, round(c, 4)) for name, c in self.prediction.ranking]),
            "reasons": ",".join(sorted(self.reasons)),
            "conversation": self.conversation,
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> "CollectedMessage":
        """Read what was stored."""
        ranking = tuple((name, float(share)) for name, share in json.loads(fields["ranking"]))
        return cls(
            text=fields["text"],
            prediction=Prediction(fields["intent"], float(fields["confidence"]), ranking),
            reasons=frozenset(map(Reason, fields["reasons"].split(","))),
            conversation=fields["conversation"],
        )


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A collected message and its id in the list."""

    id: str
    message: CollectedMessage


def holds_words(masked_text: str) -> bool:
    """Say whether a text says anything beside its identifiers."""
    return any(character.isalpha() for character in PLACEHOLDER.sub("", masked_text))
