"""Who writes: how each kind of customer types, and what they do that makes it hard."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final


class Manner(StrEnum):
    """How somebody puts things; the wording tables have a row for each."""

    TERSE = "terse"
    PLAIN = "plain"
    CHATTY = "chatty"
    ANGRY = "angry"
    CONFUSED = "confused"


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of customer. The traits say what they do beside answering.

    `presses`: how often a button is pressed where one fits. `details_first`: how often order number
    and contact stand in the first message.
    """

    name: str
    manner: Manner
    presses: float = 0.3
    details_first: float = 0.5
    wrong_first: bool = False
    changes_mind: bool = False
    two_problems: bool = False
    never_direct: bool = False
    asks_back: bool = False


PERSONAS: Final = (
    Persona("terse", Manner.TERSE, presses=0.5),
    Persona("angry", Manner.ANGRY, presses=0.1),
    Persona("chatty", Manner.CHATTY, presses=0.1, details_first=0.7),
    Persona("confused", Manner.CONFUSED, asks_back=True, details_first=0.1),
    Persona("changes mind", Manner.PLAIN, changes_mind=True),
    Persona("wrong details first", Manner.PLAIN, wrong_first=True),
    Persona("two problems", Manner.PLAIN, two_problems=True),
    Persona("never direct", Manner.CHATTY, never_direct=True, presses=0.0, details_first=0.0),
)

_MISSPELT: Final = {
    "received": "recieved",
    "parcel": "parcle",
    "delivered": "deliverd",
    "address": "adress",
    "tracking": "traking",
    "definitely": "definately",
    "haven't": "havent",
    "doesn't": "doesnt",
    "isn't": "isnt",
    "it's": "its",
    "don't": "dont",
    "what's": "whats",
    "where's": "wheres",
    "can't": "cant",
    "hasn't": "hasnt",
    "tomorrow": "tommorow",
    "because": "cos",
    "please": "pls",
    "you": "u",
}
_IDENTIFIERS: Final = re.compile(r"\S*[@\d]\S*")
_BEFORE: Final[Mapping[Manner, tuple[str, ...]]] = {
    Manner.TERSE: ("",),
    Manner.PLAIN: ("", "", "hi, ", "hey there, ", "g'day, ", "hello. "),
    Manner.CHATTY: (
        "hiya, hope your arvo's going alright! ",
        "Hi there, sorry to bother you, it's my first time doing one of these chats. ",
        "Morning! Bit of a long story but anyway. ",
        "Hello lovely, me again haha. ",
    ),
    Manner.ANGRY: (
        "this is beyond a joke. ",
        "Right, I've had it. ",
        "absolutely ropeable here. ",
        "what a shambles. ",
    ),
    Manner.CONFUSED: ("um hi, ", "sorry not sure if this is the right place, ", "ok so um, "),
}
_AFTER: Final[Mapping[Manner, tuple[str, ...]]] = {
    Manner.TERSE: ("",),
    Manner.PLAIN: ("", "", " thanks", " cheers"),
    Manner.CHATTY: (
        " Anyway thought I'd ask, no dramas either way!",
        " My sister reckons I should've just gone to the shop lol.",
        " Thanks heaps in advance :)",
    ),
    Manner.ANGRY: (" sort it out!!", " not good enough!", " seriously??", ""),
    Manner.CONFUSED: (" if that makes sense?", " i think?", " sorry"),
}


def styled(text: str, persona: Persona, chance: Random, *, opening: bool = False) -> str:
    """Return a text as this persona types it; numbers, e-mails and addresses stay as they are."""
    if opening:
        text = chance.choice(_BEFORE[persona.manner]) + text + chance.choice(_AFTER[persona.manner])
    return _TYPING[persona.manner](text, chance)


def _terse(text: str, chance: Random) -> str:
    plain = text.lower().rstrip(".!")
    return _misspelt(plain.replace(",", "") if chance.random() < 0.5 else plain, chance)


def _angry(text: str, chance: Random) -> str:
    if chance.random() < 0.4:
        return _outside_identifiers(text, str.upper)
    return text


def _careless(text: str, chance: Random) -> str:
    return _misspelt(text, chance) if chance.random() < 0.5 else text


def _lowered(text: str, chance: Random) -> str:
    lowered = _outside_identifiers(text, str.lower) if chance.random() < 0.6 else text
    return _careless(lowered, chance)


_TYPING: Final[Mapping[Manner, Callable[[str, Random], str]]] = {
    Manner.TERSE: _terse,
    Manner.PLAIN: _lowered,
    Manner.CHATTY: _careless,
    Manner.ANGRY: _angry,
    Manner.CONFUSED: _lowered,
}


def _misspelt(text: str, chance: Random) -> str:
    words = [
        _MISSPELT[word] if word in _MISSPELT and chance.random() < 0.5 else word
        for word in text.split(" ")
    ]
    return " ".join(words)


def _outside_identifiers(text: str, change: Callable[[str], str]) -> str:
    return " ".join(
        word if _IDENTIFIERS.fullmatch(word) else change(word) for word in text.split(" ")
    )
