"""Made-up personal data in place of what was masked, so that a line reads as customers type it."""

import random
from typing import Final

from rasa_runtime.review.messages import PLACEHOLDER

MADE_UP: Final = {
    "order_number": ("410200341", "410277015", "300192837", "420118366"),
    "tracking_number": ("JDQ019457101000930308", "RR473124829AU", "EE473124829AU"),
    "email": ("sam@example.com", "priya.n@example.com", "jack_w@example.org"),
    # Numbers that the regulator keeps free for fiction.
    "phone": ("0491 570 006", "0491 570 156", "0491570157", "+61 491 570 158"),
    "postcode": ("3220", "2150", "4006", "6160"),
    "address": ("12 Wattle Street", "Unit 3, 48 Banksia Road", "7 Lorikeet Court"),
    "name": ("Priya", "Sam", "Jack Wilson", "Mei Chen"),
    "number": ("482915", "20391846", "7301122"),
}
"""What each kind in `support.masking` may be; every one is recognised as its kind."""


def filled_in(masked_text: str) -> str:
    """Return the text with something made up for each placeholder, the same for the same text."""
    # Variety for a training file, nothing secret.
    chosen = random.Random(masked_text)  # noqa: S311
    return PLACEHOLDER.sub(
        lambda found: chosen.choice(MADE_UP[found[1]]) if found[1] in MADE_UP else found[0],
        masked_text,
    )
