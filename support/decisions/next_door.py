"""Questions that belong to the shop, and not to this assistant, by what they are about."""

import re
from enum import StrEnum
from typing import Final


class NextDoor(StrEnum):
    """What customers ask an order assistant although others answer it."""

    GIFT_CARD = "gift_card"
    ONEPASS = "onepass"
    STORE_RETURN = "store_return"
    STOCK = "stock"
    STORE = "store"
    PAYMENT = "payment"


_WORDS: Final = {
    NextDoor.GIFT_CARD: r"\be?-?gift\s?(?:card|voucher)",
    NextDoor.ONEPASS: r"\bone\s?pass\b",
    NextDoor.STORE_RETURN: r"\b(?:refund|return|exchange|swap|receipt)",
    NextDoor.STOCK: r"\b(?:stock|restock|sold out|do you (?:guys )?(?:sell|have)|got any)",
    NextDoor.STORE: r"\b(?:open(?:ing)?|close|closing|trading|hours)\b",
    NextDoor.PAYMENT: r"\b(?:afterpay|paypal|zip\s?pay|payment|card (?:was |got )?declined)",
}
_PATTERNS: Final = {topic: re.compile(words, re.IGNORECASE) for topic, words in _WORDS.items()}


def next_door(text: str) -> NextDoor | None:
    """Return what a question outside orders is about; None where it is none of these."""
    return next((topic for topic, words in _PATTERNS.items() if words.search(text)), None)
