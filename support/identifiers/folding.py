"""One spelling for characters that look or mean the same, with the way back to the original.

Full-width and Arabic digits, typographic dashes and quotes, non-breaking spaces and invisible
characters are what copying from an e-mail or typing on a foreign keyboard leaves in a number.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final, Self

BLANK: Final = "\x00"
"""Stands where something was already recognised: it joins nothing and is part of no word."""

_QUOTES: Final = dict.fromkeys("\u2018\u2019\u02bc", "'")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text in one spelling. `origins[i]` is the place of character `i` in the original."""

    text: str
    origins: tuple[int, ...]
    original: str

    @classmethod
    def of(cls, original: str) -> Self:
        """Fold a text; characters that nobody sees are dropped."""
        pairs = [
            (_folded(character), place)
            for place, character in enumerate(original)
            if unicodedata.category(character) != "Cf"
        ]
        return cls(
            text="".join(character for character, _ in pairs),
            origins=tuple(place for _, place in pairs),
            original=original,
        )

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the folded characters `start` to `end` stand in the original."""
        return self.origins[start], self.origins[end - 1] + 1


def blank_out(text: str, start: int, end: int) -> str:
    """Return the text with a stretch made unrecognisable, of the same length."""
    return text[:start] + BLANK * (end - start) + text[end:]


def _folded(character: str) -> str:
    if character == BLANK:
        return " "
    if character in _QUOTES:
        return _QUOTES[character]
    if unicodedata.category(character) == "Pd":
        return "-"
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
