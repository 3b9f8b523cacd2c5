"""What the words right beside a number say it is."""

import re
from enum import StrEnum
from typing import Final

from support.identifiers.folding import BLANK


class Label(StrEnum):
    """What somebody called a number."""

    ORDER = "order"
    PHONE = "phone"
    TRACKING = "tracking"
    OTHER = "other"


_NUMBER_WORD: Final = r"(?:numbers?|num|no|nr|nbr|id|ids|ref|reference|code)"
# "order no. 410200341" names it, "where is my order. 0400 000 001" has begun another sentence.
_ABBREVIATED: Final = "|".join(
    rf"(?<=\b{word})" for word in ("no", "nr", "nbr", "num", "ref", "ord", "ph", "mob", "tel")
)
_LINK: Final = (
    rf"(?:[\s:=#()\"'*-]|(?:{_ABBREVIATED})\.|\b(?:is|was|are|its|it's|{_NUMBER_WORD})\b)*"
)
_ORDER: Final = r"\b(?:orders?|ord)"
_PHONE: Final = (
    r"\b(?:mobile|mob|phone|ph|tel|telephone|cell|landline|contact|fax"
    r"|(?:call|text|ring|sms)(?:\s+me)?(?:\s+(?:on|at))?)"
)
# "track 410200341" speaks of an order; only "tracking number ..." names a carrier's number.
_TRACKING: Final = (
    rf"\b(?:(?:tracking|article|parcel|shipment)\s*(?:{_NUMBER_WORD}\b|[:#])"
    r"|consignment|connote|con\s?note|way\s?bill)"
)
_OTHER: Final = (
    r"\b(?:sku|key\s?code|abn|bsb|serial|model|barcode|gift\s?card|card|acc(?:ount|t)?"
    r"|onepass(?:\s+member)?|flybuys"
    rf"|(?:item|product|article|member(?:ship)?|invoice|receipt|case|ticket|complaint|enquiry)\s*{_NUMBER_WORD})"
)
# "orders 410200341 and 410200342", "order 410200341, sorry, it's 410200342" name both.
_GOES_ON: Final = re.compile(
    r"(?:[\s,;/&+#:.-]|\b(?:and|or|no|not|sorry|actually|oops|i mean|it's|its|it is|is)\b)*",
    re.IGNORECASE,
)
_KINDS: Final = (
    (Label.TRACKING, _TRACKING),
    (Label.OTHER, _OTHER),
    (Label.PHONE, _PHONE),
    (Label.ORDER, _ORDER),
)
_BEFORE: Final = tuple(
    (label, re.compile(rf"{words}(?![a-z]){_LINK}$", re.IGNORECASE)) for label, words in _KINDS
)
_AFTER: Final = tuple(
    (
        label,
        re.compile(
            rf"^[\s,]*(?:\(|(?:is|was|=)\s+)\s*(?:(?:my|the|our|his|her|their)\s+)?{words}(?![a-z])",
            re.IGNORECASE,
        ),
    )
    for label, words in _KINDS
)
_REACH: Final = 40
_ANOTHER: Final = re.compile(
    r"\b(?:other|another|second|2nd|next)\s+orders?(?![a-z])[^.!?]{0,15}$", re.IGNORECASE
)

GLUED_LABELS: Final = {
    "ORDER": Label.ORDER,
    "ORDERS": Label.ORDER,
    "ORD": Label.ORDER,
    "NO": None,
    "NUM": None,
    "NUMBER": None,
    "NR": None,
    "REF": None,
    "ID": None,
    "IS": None,
    "MOB": Label.PHONE,
    "MOBILE": Label.PHONE,
    "PH": Label.PHONE,
    "PHONE": Label.PHONE,
    "TEL": Label.PHONE,
    "SKU": Label.OTHER,
    "ITEM": Label.OTHER,
}
"""Words that people glue to a number without meaning them as part of it."""


def label_of(text: str, start: int, end: int) -> Label | None:
    """Return what the words directly before, else directly after, `text[start:end]` call it."""
    before = text[max(0, start - _REACH) : start].rsplit(BLANK, 1)[-1]
    for label, pattern in _BEFORE:
        if pattern.search(before):
            return label
    after = text[end : end + _REACH]
    return next((label for label, pattern in _AFTER if pattern.match(after)), None)


def label_goes_on(text: str, end: int, start: int) -> bool:
    """Whether what a number up to `end` was called also names the one from `start`."""
    return _GOES_ON.fullmatch(text, end, start) is not None


def is_called_order(text: str, start: int, end: int) -> bool:
    """Whether a number is called an order number, in words or by a # before it."""
    return label_of(text, start, end) is Label.ORDER or text[
        max(0, start - 2) : start
    ].rstrip().endswith("#")


def is_called_another_order(text: str, start: int) -> bool:
    """Whether what stands before a number says that a first one was given: "my other order ..."."""
    return _ANOTHER.search(text[max(0, start - _REACH) : start]) is not None
