"""How Twilio signs what it posts.

Source: Twilio, "Webhooks security": the address as it was called, followed by every parameter's
name and value in the order of the names, signed with the account's auth token (HMAC-SHA1, base64).
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from pydantic import SecretStr


def signature(auth_token: SecretStr, url: str, parameters: Sequence[tuple[str, str]]) -> str:
    """Return the signature of a post to `url`, which is the public address with its query."""
    signed = url + "".join(name + value for name, value in sorted(set(parameters)))
    digest = hmac.new(auth_token.get_secret_value().encode(), signed.encode(), hashlib.sha1)
    return base64.b64encode(digest.digest()).decode()


def is_signed(
    auth_token: SecretStr, url: str, parameters: Sequence[tuple[str, str]], *, given: str
) -> bool:
    """Say whether `given` is the signature of this post."""
    expected = signature(auth_token, url, parameters)
    return hmac.compare_digest(expected.encode(), given.encode())
