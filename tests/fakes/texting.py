"""Somebody who sends text messages, through what Twilio would post."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from twilio.request_validator import RequestValidator

PUBLIC_URL = "https://chat.example.com"
ACCOUNT = "AC00000000000000000000000000000001"
AUTH_TOKEN = "auth-token-for-tests-0123456789abcd"
PHONE = "+61491570006"


@dataclass
class Texter:
    """One phone. Twilio's own package signs what is posted."""

    http: httpx.AsyncClient
    phone: str = PHONE
    signer: RequestValidator = field(default_factory=lambda: RequestValidator(AUTH_TOKEN))

    async def text(self, body: str, sid: str | None = None, **more: str) -> httpx.Response:
        """Send a text message, signed."""
        return await self.post("/v1/channels/sms", self.parameters(body, sid, **more))

    def parameters(self, body: str, sid: str | None = None, **more: str) -> dict[str, str]:
        """Return what Twilio posts for a text message."""
        return {
            "AccountSid": ACCOUNT,
            "MessageSid": sid or f"SM{uuid4().hex}",
            "From": self.phone,
            "To": "+61480000000",
            "Body": body,
            "NumMedia": "0",
            **more,
        }

    async def status(self, sid: str, status: str, **more: str) -> httpx.Response:
        """Report what became of a message that was sent, signed."""
        told = {"AccountSid": ACCOUNT, "MessageSid": sid, "MessageStatus": status, **more}
        return await self.post("/v1/channels/sms/status", told)

    async def post(
        self, path: str, parameters: dict[str, str], signature: str | None = None
    ) -> httpx.Response:
        """Post parameters, signed unless a signature is given."""
        given = signature if signature is not None else self.sign(path, parameters)
        return await self.http.post(path, data=parameters, headers={"X-Twilio-Signature": given})

    def sign(self, path: str, parameters: dict[str, Any]) -> str:
        """Return Twilio's signature of a post to the public address."""
        return str(self.signer.compute_signature(PUBLIC_URL + path, parameters))
