"""A provider that keeps messages in memory, for tests."""

from dataclasses import dataclass, field
from datetime import datetime

from support.systems.messaging.models import OutgoingMessage


@dataclass
class MemorySender:
    """Takes every message; `failures` are raised first, one for each try that fails.

    A piece is what stands in a text between two bars.
    """

    sent: list[OutgoingMessage] = field(default_factory=list)
    failures: list[Exception | None] = field(default_factory=list)
    taken_although_uncertain: bool = False

    def pieces(self, message: OutgoingMessage) -> list[OutgoingMessage]:
        """Return the parts of a message."""
        first, *others = message.text.split("|")
        return [
            message.model_copy(update={"text": first}),
            *(
                message.model_copy(update={"key": f"{message.key}:{number}", "text": text})
                for number, text in enumerate(others, start=1)
            ),
        ]

    async def send(self, message: OutgoingMessage) -> str:
        """Take a message, or fail as told."""
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
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
