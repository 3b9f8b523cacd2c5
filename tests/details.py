"""Which details a customer was asked for, and which of them had been given by then."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from tests.wordings import any_of, texts_of, worded

NUMBER_ASKED: Final = worded("utter_ask_identity_form_order_number")
CONTACT_ASKED: Final = any_of(
    text
    for key in ("utter_ask_identity_form_order_number", "utter_ask_identity_form_contact")
    for text in texts_of(key)
    if "email or mobile" in text
)
DETAILS_DROPPED: Final = worded(
    "utter_identity_not_matched",
    "utter_identity_not_matched_again",
    "utter_identity_not_matched_often",
    "utter_identity_limited",
    "utter_detail_forgotten",
)
NEVER: Final = worded("utter_trouble", "utter_order_system_unavailable", "utter_default")
"""Apologies for trouble, which have no place where nothing is down."""

UNFINISHED: Final = re.compile(r"\{\w+\}|utter_\w+|\bNone\b|\bnull\b")
"""What shows when a text was not filled in."""

_TAKEN_BACK: Final = re.compile(r"\bnot \w*\d")


class Said(Protocol):
    """One message and the answer to it."""

    @property
    def said(self) -> str:
        """What the customer wrote."""

    @property
    def text(self) -> str:
        """What the customer reads."""


def asked_again(
    exchanges: Iterable[Said], shapes: Mapping[str, re.Pattern[str]], text: str
) -> Iterable[str]:
    """Yield which details this text asks for although they were given.

    `shapes` finds a "number" and a "contact" in what customers write; `exchanges` is the
    conversation, this text's own exchange included.
    """
    known = _known(exchanges, shapes)
    if "number" in known and NUMBER_ASKED.search(text):
        yield "asks for an order number that it was told"
    if "contact" in known and CONTACT_ASKED.search(text):
        yield "asks for an e-mail or phone that it was told"


def _known(exchanges: Iterable[Said], shapes: Mapping[str, re.Pattern[str]]) -> set[str]:
    """Return which details were given and not refused, taken back or ended since."""
    known: set[str] = set()
    for exchange in exchanges:
        known |= {kind for kind, shape in shapes.items() if shape.search(exchange.said)}
        if DETAILS_DROPPED.search(exchange.text) or _TAKEN_BACK.search(exchange.said):
            known.clear()
    return known
