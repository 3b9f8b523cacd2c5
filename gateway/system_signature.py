"""The signature by which an event is known to come from the system whose key we share."""

import hashlib
import hmac
from datetime import datetime
from typing import Final

from pydantic import SecretStr

VALID_SECONDS: Final = 300
"""How far a signature's time may be from ours, in either direction: older ones are replays."""


def sign(key: SecretStr, timestamp: str, body: bytes) -> str:
    """Return the hexadecimal HMAC-SHA256 of the time (Unix seconds), a dot, and the raw body."""
    signed = timestamp.encode() + b"." + body
    return hmac.new(key.get_secret_value().encode(), signed, hashlib.sha256).hexdigest()


def is_signed(
    key: SecretStr, *, timestamp: str, signature: str, body: bytes, now: datetime
) -> bool:
    """Say whether `signature` was made with `key` for this body at about this time."""
    if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
        return False
    fresh = abs(now.timestamp() - int(timestamp)) <= VALID_SECONDS
    return hmac.compare_digest(sign(key, timestamp, body), signature.lower()) and fresh
