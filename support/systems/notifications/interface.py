"""What the assistant asks of whoever sends its messages."""

from typing import Protocol

from support.systems.notifications.models import Notification


class Notifications(Protocol):
    """Sends messages. May raise a `support.systems.errors.SystemFailure`."""

    async def send(self, notification: Notification, *, idempotency_key: str) -> None:
        """Send a message; the same key sends it once."""
        ...
