"""Splits messages into words in which every number of a kind looks alike."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message

import support.identifiers
from rasa_runtime.found_identifiers import found_identifiers
from rasa_runtime.settings import settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MaskingTokenizer(WhitespaceTokenizer):
    """A whitespace tokenizer for which each identifier is one word, the name of its kind.

    So "where is 410200341" and "where is 410 200 999" are the same to the classifier. A token's
    start and end still refer to the text as typed.
    """

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the words of a message."""
        text = message.get(attribute)
        tokens = [token for token in self._masked_tokens(text) if token.text]
        return tokens or super().tokenize(message, attribute)

    def _masked_tokens(self, text: str) -> Iterator[Token]:
        position = 0
        for identifier in found_identifiers(text):
            yield from self._words(text, position, identifier.start)
            yield Token(f"__{identifier.kind}__", identifier.start, identifier.end)
            position = identifier.end
        yield from self._words(text, position, len(text))

    def _words(self, text: str, start: int, end: int) -> Iterator[Token]:
        """Yield the words between two identifiers."""
        between = text[start:end]
        if not any(character.isalnum() for character in between):
            return
        for token in super().tokenize(Message({"text": between}), "text"):
            yield Token(token.text, start + token.start, start + token.end)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Return what else the words depend on, so that Rasa's training cache notices changes."""
        return identifiers_fingerprint()


def identifiers_fingerprint() -> str:
    """Return a hash of how identifiers are found."""
    digest = sha256(settings().order_number_pattern.encode())
    for folder in support.identifiers.__path__:
        for path in sorted(Path(folder).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
