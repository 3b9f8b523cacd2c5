"""An in-house app, which signs what it posts."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
from standardwebhooks import Webhook

SECRET = "whsec_" + base64.b64encode(b"a-webhook-secret-for-tests-only!").decode()
PATH = "/v1/channels/webhook/shop-app"
APPS = {"shop-app": {"secret": SECRET, "callback": "https://app.example.com/answers"}}


@dataclass
class App:
    """One app, with one user unless it is said otherwise."""

    http: httpx.AsyncClient
    signer: Webhook = field(default_factory=lambda: Webhook(SECRET))

    async def say(self, text: str, webhook_id: str | None = None, **more: Any) -> httpx.Response:
        """Post a message, signed now."""
        body = json.dumps({"user": "user-1", "text": text, **more})
        return await self.post(body, self.signed(body, webhook_id))

    async def post(self, body: str, headers: dict[str, str], path: str = PATH) -> httpx.Response:
        """Post just this."""
        return await self.http.post(path, content=body, headers=headers)

    def signed(
        self, body: str, webhook_id: str | None = None, at: datetime | None = None
    ) -> dict[str, str]:
        """Return the headers of a post at this time."""
        name, when = webhook_id or f"msg_{uuid4().hex}", at or datetime.now(UTC)
        return {
            "webhook-id": name,
            "webhook-timestamp": str(int(when.timestamp())),
            "webhook-signature": self.signer.sign(name, when, body),
        }
