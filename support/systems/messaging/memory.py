"""A provider that keeps messages in memory, for tests."""

from dataclasses import dataclass, field
from datetime import datetime

from support.systems.messaging.models import OutgoingMessage


@dataclass
class MemorySender:
    """Takes every message; `failures` are raised first, one for each try."""

    sent: list[OutgoingMessage] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    taken_although_uncertain: bool = False

    async def send(self, message: OutgoingMessage) -> str:
        """Take a message, or fail as told."""
        if self.failures:
            failure = self.failures.pop(0)
            if self.taken_although_uncertain:
                self.sent.append(message)
            raise failure
        self.sent.append(message)
        return f"p-{message.key}"

    async def find(
        self, message: OutgoingMessage, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """Return the id of a message that was taken."""
        del since, known
        taken = any(one.key == message.key for one in self.sent)
        return f"p-{message.key}" if taken else None
