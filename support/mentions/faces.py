"""What messages of signs alone say: a raised thumb is a yes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_SAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys("👍👌✅✔☑💯🆗", "yes"),
        **dict.fromkeys("👎❌🙅✖🚫", "no"),
        **dict.fromkeys("🙏🙌❤🥰😘😊🤗💕🌹👏", "thank you"),
        **dict.fromkeys("👋🙋", "hello"),
        **dict.fromkeys("😡😠🤬😤🖕", "this is ridiculous"),
    }
)
"""By the sign without skin tone. What could mean several things is not here."""


def in_words(text: str) -> str:
    """Return a text of signs alone in words, each meaning once; any other text as it is."""
    if any(character.isalnum() for character in text):
        return text
    said = dict.fromkeys(_SAYS[sign] for sign in text if sign in _SAYS)
    return ", ".join(said) or text
