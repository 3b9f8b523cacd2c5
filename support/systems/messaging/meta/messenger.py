"""Facebook Messenger through Meta's Send API.

Source: Meta, "Messenger Platform: Send API". `metadata` comes back with the echo of a message,
which is how one is found whose sending ended without an answer.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel

from support.systems.answers import answer_as
from support.systems.messaging.errors import WindowClosed
from support.systems.messaging.meta.graph import Graph
from support.systems.messaging.models import OutgoingMessage
from support.systems.messaging.pieces import cut, with_numbers
from support.systems.messaging.windows import is_open
from support.times import utc_now

SYSTEM: Final = "messenger"
_LONGEST_TEXT: Final = 2000
_MOST_CHOICES: Final = 13
_LONGEST_TITLE: Final = 20


class _Answer(BaseModel):
    message_id: str


@dataclass(frozen=True, slots=True)
class Messenger:
    """Sends messages from one of our pages."""

    graph: Graph
    page_id: str
    taken: Callable[[str], Awaitable[str | None]]
    now: Callable[[], datetime] = utc_now

    def pieces(self, message: OutgoingMessage) -> list[OutgoingMessage]:
        """Return a message in pieces; what can be pressed comes with the last."""
        choices = message.choices
        if len(choices) > _MOST_CHOICES or any(len(one.title) > _LONGEST_TITLE for one in choices):
            message = with_numbers(message)
        return cut(message, _LONGEST_TEXT)

    async def send(self, message: OutgoingMessage) -> str:
        """Send one of the pieces; return its id."""
        if not is_open("messenger", message.last_heard_at, now=self.now()):
            raise WindowClosed(SYSTEM, "24 hours are over", code="window_closed")
        response = await self.graph.post(
            f"{self.page_id}/messages",
            {
                "messaging_type": "RESPONSE",
                "recipient": {"id": message.to},
                "message": {**_body(message), "metadata": message.key},
            },
        )
        return answer_as(_Answer, response, system=SYSTEM).message_id

    async def find(
        self, message: OutgoingMessage, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """Return the id that an echo has told for this message's key."""
        del since, known
        return await self.taken(message.key)


def _body(message: OutgoingMessage) -> dict[str, Any]:
    pressed = [
        {"content_type": "text", "title": one.title, "payload": one.id} for one in message.choices
    ]
    return {"text": message.text, "quick_replies": pressed} if pressed else {"text": message.text}
