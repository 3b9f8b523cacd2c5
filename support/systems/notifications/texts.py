"""What is written to a customer's own e-mail address or phone, outside the chat.

These are the only words to customers that are not in data/responses: they go out through whoever
sends notifications, without Rasa, which words what is there. And a code that Rasa never sees cannot
be left behind in its tracker.
"""

from typing import Final

from pydantic import SecretStr

from support.systems.orders.models import Brand

_SHOPS: Final = {Brand.KMART: "Kmart", Brand.TARGET: "Target"}


def code_text(code: str, *, brand: Brand, minutes: int) -> SecretStr:
    """Return the text that brings a one-time code; nobody can take it for an account's code."""
    shop = _SHOPS.get(brand)
    return SecretStr(
        f"{_named(shop, 'order chat code')}: {code}. Only type it into the chat about your order. "
        f"It is not your account code, and nobody from {shop or 'us'} will ask you for it by "
        f"phone. Valid for {minutes} minutes."
    )


def code_subject(brand: Brand) -> str:
    """Return the subject of the e-mail, which a locked screen shows: without the code."""
    return _named(_SHOPS.get(brand), "order chat code")


def _named(shop: str | None, thing: str) -> str:
    return f"{shop} {thing}" if shop else thing.capitalize()
