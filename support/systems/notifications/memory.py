"""A sender that keeps what it is given, for tests and for trying things out."""

from support.systems.errors import SystemFailure
from support.systems.notifications.models import Notification


class MemoryNotifications:
    """Keeps notifications in `sent`, each key once. While `failure` is set, sending raises it."""

    def __init__(self) -> None:
        self.failure: SystemFailure | None = None
        self.sent: list[Notification] = []
        self._keys: set[str] = set()

    async def send(self, notification: Notification, *, idempotency_key: str) -> None:
        """Keep a notification."""
        if self.failure is not None:
            raise self.failure
        if idempotency_key not in self._keys:
            self._keys.add(idempotency_key)
            self.sent.append(notification)
