"""How a turn is signed on its way from the worker to Rasa: one rule for both ends."""

import hashlib
import hmac


def sign(key: str, timestamp: str, body: bytes) -> str:
    """Return the hexadecimal HMAC-SHA256 of the time (Unix seconds) and the raw body."""
    return hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
