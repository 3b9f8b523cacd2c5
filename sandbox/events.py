"""The order system's and the case system's word that something has changed, as they send it.

Signed as docs/operations.md describes it: the time, a dot and the raw body.
"""

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Final

import httpx
import structlog
from pydantic import SecretStr

log = structlog.get_logger("sandbox")

_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Events:
    """Sends events to `url`, where the assistant takes them; without it, or a key, sends none.

    One that does not arrive is not sent again: the assistant looks by itself, only later.
    """

    url: str | None = None
    order_key: SecretStr | None = None
    case_key: SecretStr | None = None

    async def order_changed(self, number: str) -> None:
        """Say that something about an order has changed."""
        await self._send("/v1/systems/orders/events", {"order_number": number}, self.order_key)

    async def case_changed(self, reference: str) -> None:
        """Say that something about a case has changed."""
        await self._send("/v1/systems/cases/events", {"case_reference": reference}, self.case_key)

    async def _send(self, path: str, event: dict[str, str], key: SecretStr | None) -> None:
        if self.url is None or key is None:
            return
        body = json.dumps({"event_id": secrets.token_hex(8), **event}).encode()
        timestamp = str(int(time.time()))
        signed = timestamp.encode() + b"." + body
        signature = hmac.new(key.get_secret_value().encode(), signed, hashlib.sha256)
        headers = {
            "Content-Type": "application/json",
            "X-Timestamp": timestamp,
            "X-Signature": signature.hexdigest(),
        }
        try:
            async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
                address = self.url.rstrip("/") + path
                (await client.post(address, content=body, headers=headers)).raise_for_status()
        except httpx.HTTPError as error:
            log.warning("event_not_taken", path=path, error=type(error).__name__)
