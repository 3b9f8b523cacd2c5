"""Which carriers a tracking number could belong to, from its shape alone.

Shapes are read off examples: no carrier's page that defines them was found. A fit is a hint where
to look, never a proof that the number exists.
"""

import re

from support.ids import CarrierId, TrackingNumber

AUSTRALIA_POST = CarrierId("australia_post")
STARTRACK = CarrierId("startrack")

_SHAPES = (
    (re.compile(r"[A-Z0-9]{3}(?:[A-Z0-9]{2})?\d{18}"), (AUSTRALIA_POST,)),
    (re.compile(r"(?:00)?\d{18}"), (AUSTRALIA_POST,)),
    (re.compile(r"[A-Z]{2}\d{9}AU"), (AUSTRALIA_POST,)),
    (re.compile(r"[A-Z0-9]{3}\d{13}"), (AUSTRALIA_POST,)),
    (re.compile(r"[A-Z0-9]{4}\d{8}"), (STARTRACK, AUSTRALIA_POST)),
    (re.compile(r"[A-Z0-9]{3}\d{8}"), (STARTRACK, AUSTRALIA_POST)),
    (re.compile(r"[A-Z0-9]{3}(?:[A-Z0-9]{2})?\d{7}"), (AUSTRALIA_POST, STARTRACK)),
)


def carriers_that_fit(number: TrackingNumber) -> tuple[CarrierId, ...]:
    """Return the carriers whose numbers look like this one, likeliest first; () where none does."""
    for shape, carriers in _SHAPES:
        if shape.fullmatch(number):
            return carriers
    return ()
