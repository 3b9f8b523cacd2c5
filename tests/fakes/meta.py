"""What Meta posts about WhatsApp and Messenger, signed as it signs."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any

import httpx

APP_SECRET = "app-secret-for-tests-0123456789abcd"
VERIFY_TOKEN = "verify-token-for-tests"
NUMBER_ID = "106540352242922"
PAGE_ID = "682498171943165"
PHONE = "61491570006"
PERSON = "7295834760497"

Json = dict[str, Any]


@dataclass
class MetaPoster:
    """Posts to the gateway."""

    http: httpx.AsyncClient

    async def whatsapp(self, *messages: Json, **value: Any) -> httpx.Response:
        """Post messages to our number."""
        return await self.post("/v1/channels/whatsapp", whatsapp_post(*messages, **value))

    async def messenger(self, *events: Json) -> httpx.Response:
        """Post what happened on our page."""
        body = {"object": "page", "entry": [{"id": PAGE_ID, "time": 1, "messaging": list(events)}]}
        return await self.post("/v1/channels/messenger", body)

    async def post(self, path: str, body: Json, signature: str | None = None) -> httpx.Response:
        """Post a body, signed unless a signature is given."""
        raw = json.dumps(body).encode()
        signed = signature if signature is not None else sign(raw)
        headers = {"X-Hub-Signature-256": signed, "Content-Type": "application/json"}
        return await self.http.post(path, content=raw, headers=headers)


def sign(raw: bytes) -> str:
    return "sha256=" + hmac.new(APP_SECRET.encode(), raw, hashlib.sha256).hexdigest()


def whatsapp_post(*messages: Json, number: str = NUMBER_ID, **value: Any) -> Json:
    """Return a whole post, in the form of Meta's documentation."""
    return {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": "102290129340398",
                "changes": [
                    {
                        "field": "messages",
                        "value": {
                            "messaging_product": "whatsapp",
                            "metadata": {
                                "display_phone_number": "61480000200",
                                "phone_number_id": number,
                            },
                            "contacts": [{"profile": {"name": "Sam"}, "wa_id": PHONE}],
                            **({"messages": list(messages)} if messages else {}),
                            **value,
                        },
                    }
                ],
            }
        ],
    }


def whatsapp_text(text: str, wamid: str = "wamid.1", *, ago: int = 0, **more: Any) -> Json:
    return {
        "from": PHONE,
        "id": wamid,
        "timestamp": str(int(time.time()) - ago),
        "type": "text",
        "text": {"body": text},
        **more,
    }


def messenger_text(text: str, mid: str = "m_1", *, ago: int = 0, **more: Any) -> Json:
    return {
        "sender": {"id": PERSON},
        "recipient": {"id": PAGE_ID},
        "timestamp": (int(time.time()) - ago) * 1000,
        "message": {"mid": mid, "text": text, **more},
    }
