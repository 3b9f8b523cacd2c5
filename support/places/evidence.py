"""What beside a name says that it is a place's.

Many localities are ordinary words or people's names (Orange, Sale, Alice, Home Hill), so a
name alone is not enough. It is a place where

- its own postcode or state stands beside it, or a street address before it,
- words say that a place follows ("I live in", "suburb:"), or
- it is no ordinary word, and follows "in", "to", "from", ..., or stands beside "store", "depot",
  "Kmart" and the like, or is the whole message, or
- it has several words, each with a capital letter.

A few cities need nothing of this. A street's name is no place.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from support.identifiers.addresses import STREET_TYPES
from support.places.localities import Locality
from support.places.nicknames import NICKNAMES, SPEAK_FOR_THEMSELVES
from support.places.states import STATE, State, state_named

_STATE_AFTER: Final = re.compile(rf"[\s,.(]{{1,3}}(?:in\s+)?({STATE})\b", re.IGNORECASE)
_STATE_BEFORE: Final = re.compile(rf"\b({STATE})[\s,]{{1,2}}$", re.IGNORECASE)
_POSTCODE_AFTER: Final = re.compile(
    rf"[\s,.(]{{1,3}}(?:{STATE}[\s,.]+)?(\d{{4}})(?!\w)", re.IGNORECASE
)
_POSTCODE_BEFORE: Final = re.compile(
    rf"(?<![\w$.])(\d{{4}})[\s,]{{1,2}}(?:{STATE}[\s,]+)?$", re.IGNORECASE
)
_SOMETHING_ELSE_AFTER: Final = re.compile(
    rf"[ ](?:{STREET_TYPES}\b(?!')|cup\b|bitter\b)", re.IGNORECASE
)
_SAYS_PLACE: Final = re.compile(
    r"\b(?:(?:suburb|town)(?:\s+(?:is|of|was)|\s*[:=]|'s)|(?:live|lives|living|based|located|stay"
    r"|staying|house|home|place|address|store)\s+(?:here\s+|is\s+)?(?:in|at|near)|moved?\s+to)\s+$",
    re.IGNORECASE,
)
_PREPOSITION: Final = re.compile(
    r"\b(?:in|to|near|at|from|around|(?:out|outside|north|south|east|west)\s+of|outside|via|through|for|leaving|left|reached|kmart|target)"
    r"(?:\s+(?:kmart|target|central|north|south|east|west|rural|downtown|inner|outer))?\s+$",
    re.IGNORECASE,
)
_SITE_AFTER: Final = re.compile(
    r"\s+(?:kmart|target|stores?|shop|depot|facility|post\s+office|lpo|mail|sorting|distribution"
    r"|dc|warehouse|hub|cbd|area|metro|shopping|branch)\b",
    re.IGNORECASE,
)
_REST_OF_ANSWER: Final = re.compile(
    r"(?:[\s.,!]"
    r"|\b(?:it|its|it's|is|in|hi|yes|yep|please|pls|thanks|thank you|ta|mate|australia)\b)*",
    re.IGNORECASE,
)
_RATHER_SOMETHING_ELSE: Final = frozenset(
    {"byee", "coles", "good night", "kia ora", "smoko", "westfield"}
)
_ALSO_WORDS: Final = frozenset({"act", "sa", "wa", "nt"})
_REACH: Final = 40


@dataclass(frozen=True)
class NameInText:
    """A name from the table, in its one spelling, and where it stands in a text."""

    text: str
    start: int
    end: int
    spelt: str
    places: tuple[Locality, ...]
    follows_address: bool

    @property
    def means_place(self) -> bool:
        """Whether what stands beside says so."""
        if _SOMETHING_ELSE_AFTER.match(self.text, self.end):
            return False
        if self.spelt in SPEAK_FOR_THEMSELVES or self.postcode or self.state:
            return True
        if self.spelt in _RATHER_SOMETHING_ELSE:
            return False
        if self.follows_address or _SAYS_PLACE.search(self._before):
            return True
        return self._is_capitalised if self._is_ordinary else self._is_placed

    @cached_property
    def state(self) -> State | None:
        """The state that stands beside the name and has such a place."""
        after = _STATE_AFTER.match(self.text, self.end)
        match = after or _STATE_BEFORE.search(self._before)
        if match is None or (self._is_ordinary and match[1] in _ALSO_WORDS):
            return None
        state = state_named(match[1])
        return state if any(place.state is state for place in self.places) else None

    @cached_property
    def postcode(self) -> str | None:
        """The postcode that stands beside the name and is the place's own."""
        after = _POSTCODE_AFTER.match(self.text, self.end)
        before = _POSTCODE_BEFORE.search(self._before)
        typed = {match[1] for match in (after, before) if match}
        return next((place.postcode for place in self.places if place.postcode in typed), None)

    @cached_property
    def _before(self) -> str:
        return self.text[max(0, self.start - _REACH) : self.start]

    @cached_property
    def _is_ordinary(self) -> bool:
        """Whether it may be something else. Two ordinary words together seldom are."""
        if self.spelt.startswith("the "):
            return self.spelt not in NICKNAMES
        return " " not in self.spelt and any(place.is_ordinary_word for place in self.places)

    @property
    def _is_placed(self) -> bool:
        rest = self.text[: self.start] + self.text[self.end :]
        return bool(
            _PREPOSITION.search(self._before)
            or _SITE_AFTER.match(self.text, self.end)
            or _REST_OF_ANSWER.fullmatch(rest)
            or self._is_capitalised
        )

    @property
    def _is_capitalised(self) -> bool:
        """Whether it has several words with a capital letter each, and the text has others."""
        typed = self.text[self.start : self.end]
        return " " in typed and typed.istitle() and not self.text.istitle()
