"""The signature by which the channel knows that a turn comes from our worker."""

import hmac

from support.turn_signature import sign

VALID_SECONDS = 60
"""How far a signature's time may be from ours, in either direction."""


def is_valid(key: str, *, timestamp: str, signature: str, body: bytes, now: float) -> bool:
    """Say whether `signature` was made with `key` for this body, at most a minute ago."""
    if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
        return False
    fresh = abs(now - int(timestamp)) <= VALID_SECONDS
    return hmac.compare_digest(sign(key, timestamp, body), signature) and fresh
