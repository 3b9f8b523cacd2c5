"""Whether a webhook's body was signed with the key that we and the vendor share."""

import base64
import hashlib
import hmac


def hmac_sha256_hex(key: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of a body in hexadecimal digits."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def hmac_sha256_base64(key: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of a body in Base64."""
    return base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()


def same(given: str | None, expected: str) -> bool:
    """Compare what was given with what it must be, in the same time whatever it is."""
    return given is not None and hmac.compare_digest(given.encode(), expected.encode())


def mark_of(body: bytes) -> str:
    """Return a mark for a notice that has no id of its own: the same for the same body."""
    return hashlib.sha256(body).hexdigest()[:32]
