"""Who a request comes from, as a keyed hash: limits work without keeping addresses."""

import hashlib
import hmac
import ipaddress

from fastapi import Request
from pydantic import SecretStr

from support.ids import SenderKey

IPV6_HOUSEHOLD_BITS = 64
"""One connection commonly holds a whole /64, so that is counted as one sender."""


def sender_key(address: str, secret: SecretStr) -> SenderKey:
    """Return the keyed hash of a client address; the address cannot be had back from it."""
    digest = hmac.new(
        secret.get_secret_value().encode(), _network(address).encode(), hashlib.sha256
    )
    return SenderKey(digest.hexdigest()[:32])


def sender_of(request: Request, secret: SecretStr) -> SenderKey:
    """Return the keyed hash of the address that a request comes from."""
    return sender_key(request.client.host if request.client else "", secret)


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, IPV6_HOUSEHOLD_BITS), strict=False))
