"""The signature by which a post is known to be Chatwoot's.

Source: chatwoot/chatwoot, pull requests 13573 (account webhooks, 4.11.2) and 13892 (API inboxes,
4.13.0): `X-Chatwoot-Signature: sha256=<hex>` over the time in `X-Chatwoot-Timestamp` (Unix
seconds), a dot, and the raw body. The key is the webhook's own secret, not the inbox's HMAC token.
"""

import hashlib
import hmac
from datetime import datetime
from typing import Final

from pydantic import SecretStr

VALID_SECONDS: Final = 300
"""How far a post's time may be from ours, in either direction: older ones are replays."""

_SCHEME: Final = "sha256="


def sign(secret: SecretStr, timestamp: str, body: bytes) -> str:
    """Return the signature of a body at a time."""
    signed = timestamp.encode() + b"." + body
    digest = hmac.new(secret.get_secret_value().encode(), signed, hashlib.sha256)
    return _SCHEME + digest.hexdigest()


def is_signed(
    secret: SecretStr, *, timestamp: str, signature: str, body: bytes, now: datetime
) -> bool:
    """Say whether Chatwoot has signed this body at about this time."""
    if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
        return False
    fresh = abs(now.timestamp() - int(timestamp)) <= VALID_SECONDS
    return hmac.compare_digest(sign(secret, timestamp, body), signature) and fresh
