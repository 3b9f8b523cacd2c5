"""How Meta signs what it posts.

Source: Meta, "Webhooks: validating payloads": HMAC-SHA256 of the body as it came, with the app's
secret, in hexadecimal after `sha256=`.
"""

import hashlib
import hmac

from pydantic import SecretStr


def signature(app_secret: SecretStr, body: bytes) -> str:
    """Return the value of X-Hub-Signature-256 for this body."""
    digest = hmac.new(app_secret.get_secret_value().encode(), body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def is_signed(app_secret: SecretStr, body: bytes, *, given: str) -> bool:
    """Say whether `given` is the signature of this body."""
    return hmac.compare_digest(signature(app_secret, body).encode(), given.encode())
