"""Whoever sends e-mails and text messages: keeps them, for tests and people to read."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from sandbox.access import key_check, rate_limited
from sandbox.misbehaviour import misbehave
from sandbox.world import World
from support.systems.notifications.models import Notification


def notification_routes(world: World, key: SecretStr, now: Callable[[], datetime]) -> APIRouter:
    """Return the sender's routes."""
    routes = APIRouter(
        prefix="/sender", tags=["notifications"], dependencies=[Depends(key_check(key))]
    )

    @routes.post("/notifications")
    async def send(
        request: Request,
        notification: Notification,
        idempotency_key: Annotated[str, Header(min_length=1, max_length=512)],
    ) -> Response:
        failed = await misbehave(request, world.fault_of("notifications"), rate_limited)
        if failed:
            return failed
        world.sent.setdefault(idempotency_key, _told(notification, now()))
        return JSONResponse({"status": "accepted"}, status_code=202)

    return routes


def _told(notification: Notification, at: datetime) -> dict[str, Any]:
    return {
        "channel": notification.channel,
        "to": notification.to,
        "subject": notification.subject,
        "text": notification.text.get_secret_value(),
        "at": at.isoformat(),
    }
