"""What somebody who collects from a store wants to know, from the words of the message.

Whether it is ready, the store and its hours are told in any case; these are the other questions.
Source: Kmart's agent procedure ("Click & Collect Collection Timing") and the published rules in
`support/knowledge/click_and_collect.yml`.
"""

import re
from enum import StrEnum
from typing import Final

from support.decisions.parcel_states import BEFORE_DISPATCH, ParcelState


class Wish(StrEnum):
    """What is asked about collecting. Where words fit several, the first one here is meant."""

    MORE_TIME = "more_time"
    NO_MESSAGE = "no_message"
    BY_OTHERS = "by_others"
    BRING = "bring"
    HOLDING = "holding"
    ONEPASS = "onepass"
    TIMES = "times"
    READY = "ready"


GENERAL: Final = frozenset({Wish.BY_OTHERS, Wish.BRING, Wish.HOLDING, Wish.ONEPASS, Wish.TIMES})
"""What is answered from the published rules, whoever asks and about whichever order."""


_FOLLOW_UPS: Final = frozenset({Wish.BY_OTHERS, Wish.BRING, Wish.HOLDING, Wish.MORE_TIME})
"""What is asked without a word of a store, once the order is known: "can my wife get it"."""


class Progress(StrEnum):
    """How far a parcel is for somebody who wants to collect it."""

    NOT_READY = "not_ready"
    READY = "ready"
    COLLECTED = "collected"
    CANCELLED = "cancelled"
    NOT_KNOWN = "not_known"


_MESSAGE: Final = (
    r"(?:texts?|txts?|sms|msgs?|messages?|e-?mails?|notifications?|notices?|bar\s?codes?"
    r"|qr(?:\s+code)?)"
)
_SOMEBODY: Final = (
    r"(?:wife|husband|hubby|husb|missus|partner|boyfriend|girlfriend|bf|gf|mum|mom|mother|dad"
    r"|father|parents?|son|daughter|kids?|brother|sister|cousin|uncle|aunt(?:ie)?|nan|nanna"
    r"|grand\w+|friend|mate|neighbou?r|(?:flat|house|room)\s?mate|carer|colleague|assistant"
    r"|uber|courier|driver|taxi|\d\d\s?(?:yo|year\s?old))"
)
_COLLECT: Final = (
    r"(?:collect\w*|pick(?:ing|s|ed)?(?:\s+\w+){0,4}?\s+up|pick\s?-?up|grab\w*|get(?:ting|s)?)"
)
_CANNOT: Final = (
    r"(?:can'?t|cant|cannot|won'?t|wont|unable|not\s+(?:able|going\s+to))\s+(?:be\s+able\s+)?"
    r"(?:to\s+)?(?:make\s+it|get\s+(?:there|in|to\s+the\s+store)|come|collect|pick)"
)
_A_DAY: Final = (
    r"(?:until|till?|before|by|next|(?:sun|mon|tues|wednes|thurs|fri|satur)day|week|today"
    r"|tomorrow|time)"
)
_DENIED: Final = re.compile(
    r"\b(?:never|not|nobody|no\s?one|haven'?t|havent|hvnt|hasn'?t|didn'?t|wasn'?t"
    r"|don'?t have)(?:\W+\w+){0,4}?\W+(?:collect\w*|pick\w*|got|get|received?|been|me|us|it|them)\b"
    r"|\bwho\b.{0,20}\b(?:collected|picked|took|got)\b|\bsome(?:one|body)\s+else\b"
    r"|\bnot\s+(?:by\s+)?(?:me|us)\b"
    r"|\b(?:collected|picked\s+up)\b.{0,30}\b(?:didn'?t|haven'?t|never|wasn'?t|not|no\s?one)\b",
    re.IGNORECASE,
)
_WORDS: Final = {
    Wish.MORE_TIME: (
        r"\bexten(?:d|sion)\b|\bmore\s+time\b|\bout\s+of\s+time\b|\blast\s+day\b"
        r"|\b(?:hold|keep)\s+(?:on\s+to\s+)?(?:it|them|my|the|our)\b.{0,40}"
        r"\b(?:longer|until|till?|another|extra|few|couple|more)\b"
        rf"|\b{_CANNOT}\b(?=.*\b{_A_DAY}\b)"
        r"|\bdon'?t\s+(?:bin|cancel|send|return|put)\b.{0,40}\b(?:it|back|shel\w+|collect)\b"
        r"|\baway\s+(?:until|till?)\b"
    ),
    Wish.NO_MESSAGE: (
        r"\b(?:no|never|not|haven'?t|hvnt|hasn'?t|didn'?t|don'?t|won'?t|without|still\s+waiting)\b"
        rf"(?:\W+\w+){{0,8}}?\W+{_MESSAGE}\b"
        rf"|\b{_MESSAGE}\b(?:\W+\w+){{0,4}}?\W+(?:never|not|hasn'?t|didn'?t)\b"
        rf"|\b(?:re-?send|send)\b(?:\W+\w+){{0,6}}?\W+(?:{_MESSAGE}|again)\b"
        rf"|\b(?:lost|deleted|missing)\b(?:\W+\w+){{0,5}}?\W+{_MESSAGE}\b"
        r"|\b(?:wrong|misspelled|old)\s+(?:phone|mobile|number|e-?mail)\b"
    ),
    Wish.BY_OTHERS: (
        rf"\b(?:my|the|our|a|an|by)\s+{_SOMEBODY}\b(?=.*\b{_COLLECT}\b)"
        rf"|\b{_COLLECT}\b.*\b(?:by|with|send|sending)\s+(?:my|a|an)\s+{_SOMEBODY}\b"
        r"|\b(?:some|any)(?:one|body)\s+else\b|\banother\s+person\b|\bon\s+\w+\s+behalf\b"
        rf"|\b{_COLLECT}\b.*\bfor\s+(?:me|them|him|her)\b|\bnominate\b"
        rf"|\bsend\s+(?:my|a|an)\s+{_SOMEBODY}\b"
    ),
    Wish.BRING: (
        r"\b(?:what|which|do|should|must|need|have)\b.{0,40}\bbring\b|\bbring\b.{0,40}\?"
        r"|\b(?:need|want|bring|show|without|forgot|require\w*)\b.{0,25}"
        r"\b(?:id|i\.d\.?|identification|licen[cs]e|passport|documents?)\b"
        r"|\bwhat\b.{0,20}\b(?:show|carry)\b|\bprint\b.{0,25}\bemail\b|\bcard\s+i\s+paid\b"
        r"|\bwhich\s+documents\b"
        r"|\bwhat\s+(?:does|do|will|would|did)\s+(?:she|he|they|i|we|my\s+\w+)\s+(?:need|require)\b"
        r"(?!\s+to\s+(?:do|pay|say))"
    ),
    Wish.HOLDING: (
        r"\bhow\s+(?:long|many\s+days)\b.{0,60}"
        r"\b(?:hold|held|keep|kept|holding|cancel\w*|got|uncollected)\b"
        r"|\bhow\s+(?:long|many\s+days)\s+(?:do|have)\s+(?:i|we)\s+(?:have|got|get)\b(?!\s+to\s+wait)"
        r"|\b(?:hold|holding|held)\s+(?:period|time)\b|\bdeadline\b"
        r"|\b(?:when|how\s+long)\b.{0,20}\b(?:have|need|must|got|gotta)\b.{0,12}"
        r"\b(?:collect|pick|get|grab)\b"
        r"|\b(?:still\s+be\s+there|goes?\s+back|uncollected|never\s+collected)\b"
    ),
    Wish.ONEPASS: (
        r"\bone\s?-?pass\b|\bexpress\s+(?:click|c\s?&\s?c|collect)\w*"
        r"|\b(?:2|two)[\s-]*(?:hours?|hrs?)\b"
    ),
    Wish.TIMES: (
        r"\bcut[\s-]?off\b|\bhow\s+long\s+(?:does|do|is|will|would)\b.{0,30}\btake\b"
        r"|\bif\s+i\s+order\b|\bsame\s+day\b"
    ),
    Wish.READY: (
        r"\b(?:ready|rdy|packed|prepared|preparing|available)\b"
        r"|\bwhen\b.{0,30}\b(?:collect|pick|get)"
        r"|\b(?:can|could|may)\s+i\s+(?:come|collect|pick|get|grab)\b"
    ),
}
_PATTERNS: Final = {
    wish: re.compile(words, re.IGNORECASE | re.DOTALL) for wish, words in _WORDS.items()
}
_OF_STATE: Final = {
    ParcelState.READY_TO_COLLECT: Progress.READY,
    ParcelState.COLLECTED: Progress.COLLECTED,
    ParcelState.CANCELLED: Progress.CANCELLED,
    ParcelState.UNKNOWN: Progress.NOT_KNOWN,
}
_ON_ITS_WAY_TO_THE_STORE: Final = BEFORE_DISPATCH | {
    ParcelState.SHIPPED,
    ParcelState.OUT_FOR_DELIVERY,
}


def wish_of(text: str) -> Wish | None:
    """Return what is asked about collecting; None where the words ask nothing of the kind."""
    return next((wish for wish, words in _PATTERNS.items() if words.search(text)), None)


def asks_about_collecting(text: str) -> bool:
    """Say whether a question is about collecting although its words may name no store."""
    return wish_of(text) in _FOLLOW_UPS


def progress_of(state: ParcelState) -> Progress:
    """Return how far a parcel that is collected in a store is.

    "Delivered" may mean to the store, so it says nothing about whether it can be collected.
    """
    if state in _ON_ITS_WAY_TO_THE_STORE:
        return Progress.NOT_READY
    return _OF_STATE.get(state, Progress.NOT_KNOWN)


def denies_collecting(text: str) -> bool:
    """Say whether a message says that the customer did not collect what is recorded so."""
    return _DENIED.search(text) is not None
