"""Splits messages into words in which every number of a kind looks alike."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message

import support.identifiers
import support.mentions
import support.places
from rasa_runtime.found_identifiers import found_identifiers, found_mentions
from rasa_runtime.settings import settings
from support.identifiers.models import Identifier
from support.mentions.faces import in_words
from support.mentions.models import Mention

_MENTIONS: Final = "mentions"
_ANY_DAY: Final = date(2026, 1, 1)
"""Which day a date means is not looked at here."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MaskingTokenizer(WhitespaceTokenizer):
    """A whitespace tokenizer for which each identifier is one word, the name of its kind.

    So "where is 410200341" and "where is 410 200 999" are the same to the classifier. With the
    setting `mentions`, mentions of these kinds (carrier, suburb, date, ...) are one word, too. A
    token's start and end still refer to the text as typed.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that config.yml may change."""
        return {**WhitespaceTokenizer.get_default_config(), _MENTIONS: []}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the words of a message."""
        text = message.get(attribute)
        tokens = [token for token in self._masked_tokens(text) if token.text]
        signs = [Token(word, 0, len(text)) for word in in_words(text).split()]
        return tokens or signs or super().tokenize(message, attribute)

    def _masked_tokens(self, text: str) -> Iterator[Token]:
        position = 0
        for found in self._found(text):
            yield from self._words(text, position, found.start)
            yield Token(f"__{found.kind}__", found.start, found.end)
            position = found.end
        yield from self._words(text, position, len(text))

    def _found(self, text: str) -> list[Identifier | Mention]:
        found: list[Identifier | Mention] = [*found_identifiers(text)]
        kinds = self._config[_MENTIONS]
        if kinds:
            found += [one for one in found_mentions(text, _ANY_DAY) if one.kind in kinds]
        return sorted(found, key=lambda one: one.start)

    def _words(self, text: str, start: int, end: int) -> Iterator[Token]:
        """Yield the words between what is masked."""
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
    """Return a hash of how identifiers and mentions are found."""
    digest = sha256(settings().order_number_pattern.encode())
    for package in (support.identifiers, support.mentions, support.places):
        for path in sorted(Path(package.__path__[0]).iterdir()):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()
