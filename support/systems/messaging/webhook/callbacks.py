"""Posts what is said to an in-house app, signed by the Standard Webhooks scheme."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

import httpx

from support.systems.answers import retry_after
from support.systems.calls import recorded
from support.systems.errors import SystemRateLimited, SystemRefused, SystemUnreachable
from support.systems.messaging.errors import MessageRejected, SendingUncertain
from support.systems.messaging.models import OutgoingMessage
from support.systems.messaging.webhook.apps import WebhookApp, app_and_user
from support.systems.operations import Operation

SYSTEM: Final = "webhook"
EVENT: Final = "message.created"
_TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NEVER: Final = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.GONE,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
"""What an app answers to a message that it will never take. All else is tried again."""


@dataclass(frozen=True, slots=True)
class WebhookCallbacks:
    """Sends to all apps. The client is the caller's, who closes it."""

    client: httpx.AsyncClient
    apps: Mapping[str, WebhookApp]

    def pieces(self, message: OutgoingMessage) -> list[OutgoingMessage]:
        """Return the message: no text of ours is too long for an app."""
        return [message]

    async def send(self, message: OutgoingMessage) -> str:
        """Post a message; return its `webhook-id`, which is the same at every try."""
        name, user = app_and_user(message.to)
        app = self.apps.get(name)
        if app is None:
            raise MessageRejected(SYSTEM, "the app is not in the settings", code="unknown_app")
        with recorded(SYSTEM, Operation.SEND_MESSAGE):
            await self._post(app, message.key, _body(message, user))
        return message.key

    async def _post(self, app: WebhookApp, webhook_id: str, body: str) -> None:
        try:
            response = await self.client.post(
                str(app.callback),
                content=body,
                headers=_headers(app, webhook_id, body),
                timeout=_TIMEOUT,
            )
        except _NOT_SENT as error:
            raise SystemUnreachable(SYSTEM, type(error).__name__) from error
        except httpx.HTTPError as error:
            raise SendingUncertain(SYSTEM, type(error).__name__) from error
        _raise_for(response)

    async def find(
        self, message: OutgoingMessage, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """Return None: an app is not asked. The same `webhook-id` tells it that it has this one."""
        del message, since, known
        return None


def _body(message: OutgoingMessage, user: str) -> str:
    event = {
        "type": EVENT,
        "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
        "data": {
            "message_id": message.key,
            "user": user,
            "text": message.text,
            "choices": [choice.model_dump() for choice in message.choices],
        },
    }
    return json.dumps(event, ensure_ascii=False)


def _headers(app: WebhookApp, webhook_id: str, body: str) -> dict[str, str]:
    now = datetime.now(UTC)
    return {
        "Content-Type": "application/json",
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": app.signer.sign(webhook_id, now, body),
    }


def _raise_for(response: httpx.Response) -> None:
    """Raise what an answer other than a success means."""
    if response.is_success:
        return
    status = response.status_code
    detail = f"status {status}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise SystemRateLimited(SYSTEM, detail, retry_after=retry_after(response))
    if status in _NEVER:
        raise MessageRejected(SYSTEM, detail, code=str(status))
    raise SystemRefused(SYSTEM, detail)
