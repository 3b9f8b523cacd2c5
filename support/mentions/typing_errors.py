"""Finding names in a text although a letter of theirs is missing, doubled, wrong or swapped."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from support.mentions.models import Found

_WORD: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[ -]{1,2}")
_FORGIVING: Final = 7
"""Letters from which one may be wrong: shorter names turn into other words too easily."""


class SpellingTolerant:
    """Names and what they stand for.

    Two spellings that differ in one letter are the same word without that letter (Garbe's symmetric
    delete), so both are looked up with each letter left out.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._exact: Final = dict(names)
        self._longest: Final = max(len(name.split()) for name in names)
        self._shortened: Final = {
            shortened: value
            for name, value in names.items()
            if len(name) >= _FORGIVING
            for shortened in with_a_letter_left_out(name)
        }

    def found_in(self, text: str) -> Iterator[Found]:
        """Yield the names in a folded text, the longest at each place."""
        words = list(_WORD.finditer(text.lower()))
        place = 0
        while place < len(words):
            value, count = self._longest_at(text, words, place)
            if value is not None:
                yield Found(value, words[place].start(), words[place + count - 1].end())
            place += count

    def _longest_at(
        self, text: str, words: list[re.Match[str]], place: int
    ) -> tuple[str | None, int]:
        run = [words[place][0]]
        for left, right in zip(
            words[place:], words[place + 1 : place + self._longest], strict=False
        ):
            if not _GAP.fullmatch(text, left.end(), right.start()):
                break
            run.append(right[0])
        for count in range(len(run), 0, -1):
            value = self._meant(" ".join(run[:count]))
            if value is not None:
                return value, count
        return None, 1

    def _meant(self, typed: str) -> str | None:
        exact = self._exact.get(typed)
        if exact is not None or len(typed) < _FORGIVING:
            return exact
        spellings = (typed, *with_a_letter_left_out(typed))
        return next((self._shortened[one] for one in spellings if one in self._shortened), None)


def with_a_letter_left_out(word: str) -> set[str]:
    """Return a word without one of its letters, the first one excepted."""
    return {word[:place] + word[place + 1 :] for place in range(1, len(word))}
