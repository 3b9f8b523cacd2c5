"""How many segments a text message takes, and how a text is made cheap without changing it.

Source: 3GPP TS 23.038, section 6.2.1 (the GSM 7-bit default alphabet and its extension table) and
TS 23.040, section 9.2.3.24 (the header that joins segments, 6 octets).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")
"""Each takes two of the 7-bit places: an escape and itself."""

_LAST_OF_ONE_UNIT: Final = 0xFFFF

_PLAIN: Final = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2022": "-",
        "\u00d7": "x",
        "\t": " ",
        "`": "'",
        "\u00b4": "'",
    }
)


class Encoding(StrEnum):
    """How the characters of a message are written."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


_ALONE: Final = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
_JOINED: Final = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}


@dataclass(frozen=True, slots=True)
class Size:
    """What a message takes: `units` are 7-bit places (GSM-7) or 16-bit ones (UCS-2)."""

    encoding: Encoding
    units: int
    segments: int


def size_of(text: str) -> Size:
    """Return what a text takes as one text message; an empty one takes one segment."""
    if all(character in _BASIC or character in _EXTENDED for character in text):
        encoding = Encoding.GSM_7
        widths = [2 if character in _EXTENDED else 1 for character in text]
    else:
        encoding = Encoding.UCS_2
        widths = [2 if ord(character) > _LAST_OF_ONE_UNIT else 1 for character in text]
    units = sum(widths)
    if units <= _ALONE[encoding]:
        return Size(encoding, units, 1)
    return Size(encoding, units, _joined_segments(widths, _JOINED[encoding]))


def plain(text: str) -> str:
    """Return the text with typographic characters as people type them, which GSM-7 has.

    Curly quotes, dashes, the ellipsis and unusual spaces would make each segment 70 characters
    long instead of 160.
    """
    return text.translate(_PLAIN)


def _joined_segments(widths: list[int], room: int) -> int:
    """Count segments; a character that takes two places is never split between two of them."""
    segments, used = 1, 0
    for width in widths:
        if used + width > room:
            segments, used = segments + 1, 0
        used += width
    return segments
