"""Addresses of people as keyed hashes: what is remembered of them does not tell who they are."""

import hashlib
import hmac
from typing import NewType

from pydantic import SecretStr

AddressKey = NewType("AddressKey", str)


def address_key(channel: str, address: str, secret: SecretStr) -> AddressKey:
    """Return the key of a phone number or other address on a channel; it cannot be turned back."""
    digest = hmac.new(
        secret.get_secret_value().encode(), f"{channel} {address}".encode(), hashlib.sha256
    )
    return AddressKey(digest.hexdigest()[:32])
