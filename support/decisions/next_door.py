"""Questions that belong to the shop, and not to this assistant, by what they are about."""

import re
from enum import StrEnum
from typing import Final


class NextDoor(StrEnum):
    """What customers ask an order assistant although others answer it."""

    SCAM = "scam"
    GIFT_CARD = "gift_card"
    ONEPASS = "onepass"
    STORE_RETURN = "store_return"
    STOCK = "stock"
    STORE = "store"
    PAYMENT = "payment"
    NOT_HOME = "not_home"
    PRIVACY = "privacy"


_MESSAGE: Final = r"(?:texts?|txts?|sms|msgs?|messages?|e-?mails?|calls?|links?)"
_WORDS: Final = {
    NextDoor.SCAM: (
        # "you lot are a scam" is no question about a message.
        rf"\b{_MESSAGE}\b.{{0,80}}\b(?:scams?|legit\w*|phishing|genuine|fake|dodgy|fishy|sus)\b"
        rf"|\b(?:scams?|legit\w*|phishing|genuine|fake|dodgy|fishy|sus)\b.{{0,80}}\b{_MESSAGE}\b"
        rf"|\b{_MESSAGE}\b.{{0,60}}\bpay\b.{{0,40}}(?:\$\s?\d|\bfee\b|\bto\s+(?:release|redeliver)\b)"
        r"|\b(?:is|its|it'?s)\s+(?:it|this|that)?\s*(?:a\s+)?(?:scam|phishing)\b\W*\?"
    ),
    NextDoor.NOT_HOME: (
        r"\b(?:not|n'?t)\s+(?:be\s+|gonna\s+be\s+|going\s+to\s+be\s+)?(?:at\s+)?home\b"
        r"|\bno\s?(?:body|one)\W?s?\s+(?:is\s+|will\s+be\s+)?(?:at\s+)?home\b"
        r"|\bmiss(?:ed)?\s+(?:the|my|a)\s+(?:delivery|driver|postie|courier)"
        r"|\b(?:have|need|got)\s+to\s+(?:be\s+(?:at\s+)?(?:home|here)|sign)\b"
    ),
    NextDoor.PRIVACY: (
        r"\bprivacy\b|\b(?:delete|erase|remove|forget|share|sell|store|keep)\b.{0,40}"
        r"\b(?:my\s+(?:data|info\w*|details|account|chats?|history|number|email)|about\s+me)\b"
        r"|\bwho\s+(?:else\s+)?(?:can\s+|could\s+)?(?:sees?|reads?|has\s+access)\b"
        r"|\b(?:some|any)(?:one|body)\s+else\b.{0,20}\b(?:see|read|access)\b|\brecorded\b"
    ),
    NextDoor.GIFT_CARD: r"\be?-?gift\s?(?:card|voucher)",
    NextDoor.ONEPASS: r"\bone\s?pass\b",
    NextDoor.STORE_RETURN: r"\b(?:refund|return|exchange|swap|receipt)",
    NextDoor.STOCK: r"\b(?:stock|restock|sold out|do you (?:guys )?(?:sell|have)|got any)",
    NextDoor.STORE: (
        r"\b(?:open(?:ing)?|close|closing|trading|hours)\b"
        r"|\bstore\W?s?\s+(?:phone|number|address|details)"
        r"|\b(?:phone|number|address)\b.{0,15}\bstore\b"
    ),
    NextDoor.PAYMENT: r"\b(?:afterpay|paypal|zip\s?pay|payment|card (?:was |got )?declined)",
}
_PATTERNS: Final = {topic: re.compile(words, re.IGNORECASE) for topic, words in _WORDS.items()}


def next_door(text: str) -> NextDoor | None:
    """Return what a question outside orders is about; None where it is none of these."""
    return next((topic for topic, words in _PATTERNS.items() if words.search(text)), None)
