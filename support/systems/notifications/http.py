"""Whoever sends e-mails and text messages, over HTTP (contract: openapi.yaml beside this file)."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import httpx

from support.systems.errors import SystemAnswerMalformed, SystemRefused
from support.systems.notifications.models import Notification
from support.systems.operations import Operation
from support.systems.requests import DEFAULT_LIMITS, ReadLimits, SystemClient

SYSTEM: Final = "notifications"


@dataclass(frozen=True, slots=True)
class HttpNotifications:
    """Hands messages over. The client is the caller's, who closes it."""

    client: httpx.AsyncClient
    url: str
    key: str = field(repr=False)
    limits: ReadLimits = DEFAULT_LIMITS

    async def send(self, notification: Notification, *, idempotency_key: str) -> None:
        """Send a message; the same key sends it once."""
        body = notification.model_dump(mode="json", exclude={"text"}, exclude_none=True)
        response = await SystemClient(SYSTEM, self.client, self.limits).write(
            self.url.rstrip("/") + "/notifications",
            body={**body, "text": notification.text.get_secret_value()},
            idempotency_key=idempotency_key,
            headers={"Authorization": f"Bearer {self.key}"},
            operation=Operation.SEND_NOTIFICATION,
        )
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise SystemRefused(SYSTEM, "404")
        if response.status_code != HTTPStatus.ACCEPTED:
            # Whoever answers 200, a proxy's log-in page perhaps, has not taken the message.
            raise SystemAnswerMalformed(SYSTEM, "not accepted")
