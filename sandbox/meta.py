"""Meta's Graph API, as far as it is used: WhatsApp and Messenger messages, and their webhooks."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import uuid4

import httpx
import structlog
from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr
from starlette.background import BackgroundTask

from sandbox.meta_rules import (
    TOKEN,
    TOO_MANY,
    UNKNOWN_OBJECT,
    Refusal,
    messenger_refusal,
    whatsapp_refusal,
)
from sandbox.misbehaviour import misbehave
from sandbox.world import World
from support.systems.messaging.meta.signature import signature

log = structlog.get_logger("sandbox.meta")

NUMBER_ID: Final = "106540352242922"
PAGE_ID: Final = "682498171943165"
"""Our number and our page, in the sandbox."""

_TIMEOUT: Final = httpx.Timeout(15.0)


@dataclass(frozen=True, slots=True)
class MetaWebhooks:
    """Posts to our gateway, signed. `base_url` ends before `/whatsapp`. `transport`: for tests."""

    app_secret: SecretStr
    base_url: str
    now: Callable[[], datetime]
    transport: httpx.AsyncBaseTransport | None = None

    async def message(
        self, world: World, channel: str, sender: str, content: dict[str, Any]
    ) -> int:
        """Post a message of somebody's; return the answer's status, 0 where there was none."""
        world.heard[channel, sender] = self.now()
        if channel == "whatsapp":
            return await self._whatsapp(messages=[{"from": sender, **content}])
        event = {"sender": {"id": sender}, "recipient": {"id": PAGE_ID}, **content}
        return await self._messenger(event)

    async def report(self, channel: str, message_id: str, to: str, key: str | None) -> None:
        """Report that a message of ours was sent and delivered."""
        if channel == "whatsapp":
            for status in ("sent", "delivered"):
                told = {"id": message_id, "status": status, "recipient_id": to}
                await self._whatsapp(statuses=[{**told, "biz_opaque_callback_data": key}])
            return
        echo = {"mid": message_id, "is_echo": True, "metadata": key}
        await self._messenger({"sender": {"id": PAGE_ID}, "message": echo})
        await self._messenger({"sender": {"id": to}, "delivery": {"mids": [message_id]}})

    async def _whatsapp(self, **value: Any) -> int:  # noqa: ANN401 - Meta's JSON
        metadata = {"display_phone_number": "61480000200", "phone_number_id": NUMBER_ID}
        change = {"field": "messages", "value": {"metadata": metadata, **value}}
        entry = {"id": "102290129340398", "changes": [change]}
        return await self._post(
            "whatsapp", {"object": "whatsapp_business_account", "entry": [entry]}
        )

    async def _messenger(self, event: dict[str, Any]) -> int:
        milliseconds = int(self.now().timestamp() * 1000)
        entry = {"id": PAGE_ID, "messaging": [{"timestamp": milliseconds, **event}]}
        return await self._post("messenger", {"object": "page", "entry": [entry]})

    async def _post(self, channel: str, body: dict[str, Any]) -> int:
        request = httpx.Request("POST", f"{self.base_url.rstrip('/')}/{channel}", json=body)
        request.headers["X-Hub-Signature-256"] = signature(self.app_secret, request.content)
        try:
            async with httpx.AsyncClient(
                transport=self.transport, timeout=_TIMEOUT, trust_env=False
            ) as client:
                answer = await client.send(request)
        except httpx.HTTPError as error:
            log.warning("webhook_not_answered", error=type(error).__name__)
            return 0
        return answer.status_code


@dataclass(frozen=True, slots=True)
class SentToApp:
    """A message that was taken from us."""

    channel: str
    to: str
    body: dict[str, Any]
    at: datetime
    message_id: str = field(default_factory=lambda: f"id.{uuid4().hex}")

    def told(self) -> dict[str, Any]:
        """Return it as the control API shows it."""
        return {
            "channel": self.channel,
            "to": self.to,
            "subject": None,
            "text": _text_of(self.body),
            "at": self.at.isoformat(),
            "id": self.message_id,
            "body": self.body,
        }


def meta_routes(
    world: World, token: SecretStr, webhooks: MetaWebhooks, now: Callable[[], datetime]
) -> APIRouter:
    """Return Meta's routes, below /graph."""
    routes = APIRouter(prefix="/graph", tags=["meta"])

    @routes.post("/{sender}/messages")
    async def send(
        request: Request,
        sender: str,
        body: dict[str, Any],
        authorization: Annotated[str, Header()] = "",
    ) -> Response:
        channel = {NUMBER_ID: "whatsapp", PAGE_ID: "messenger"}.get(sender, "")
        failed = await misbehave(request, world.fault_of(channel), lambda: _refused(TOO_MANY))
        if failed:
            return failed
        expected = f"Bearer {token.get_secret_value()}"
        if not hmac.compare_digest(authorization.encode(), expected.encode()):
            return _refused(TOKEN)
        if not channel:
            return _refused(UNKNOWN_OBJECT)
        whatsapp = channel == "whatsapp"
        to = str(body.get("to", "") if whatsapp else body.get("recipient", {}).get("id", ""))
        check = whatsapp_refusal if whatsapp else messenger_refusal
        refusal = check(body, world.heard.get((channel, to)), now())
        if refusal:
            return _refused(refusal)
        sent = SentToApp(channel, to, body, now())
        world.apps.append(sent.told())
        key = body.get("biz_opaque_callback_data") or body.get("message", {}).get("metadata")
        reports = BackgroundTask(webhooks.report, channel, sent.message_id, to, key)
        return JSONResponse(_taken(sent), background=reports)

    return routes


def _taken(sent: SentToApp) -> dict[str, Any]:
    if sent.channel == "messenger":
        return {"recipient_id": sent.to, "message_id": sent.message_id}
    return {
        "messaging_product": "whatsapp",
        "contacts": [{"input": sent.to, "wa_id": sent.to}],
        "messages": [{"id": sent.message_id}],
    }


def _text_of(body: dict[str, Any]) -> str:
    if body.get("type") == "template":
        parameters = body["template"].get("components", [{}])[0].get("parameters", [])
        return " ".join(str(one.get("text", "")) for one in parameters)
    if body.get("type") == "interactive":
        return str(body["interactive"]["body"]["text"])
    return str(body.get("text", {}).get("body") or body.get("message", {}).get("text", ""))


def _refused(refusal: Refusal) -> JSONResponse:
    return JSONResponse(refusal.body(), status_code=refusal.status)
