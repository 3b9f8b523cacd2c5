"""WhatsApp through Meta's Cloud API.

Source: Meta, "Cloud API: messages". Buttons carry three choices, a list ten; more are numbered in
the text. `biz_opaque_callback_data` comes back with every status, which is how a message is found
whose sending ended without an answer.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, Field

from support.systems.answers import answer_as
from support.systems.messaging.errors import WindowClosed
from support.systems.messaging.meta.graph import Graph
from support.systems.messaging.models import Choice, OutgoingMessage
from support.systems.messaging.pieces import cut, shortened, with_numbers
from support.systems.messaging.windows import is_open
from support.times import utc_now

SYSTEM: Final = "whatsapp"
_LONGEST_TEXT: Final = 4096
_LONGEST_ASKING: Final = 1024
_LONGEST_IN_TEMPLATE: Final = 900
"""A template's body may have 1,024 characters, its own words (docs/channels.md) among them."""

_MOST_BUTTONS: Final = 3
_MOST_ROWS: Final = 10
_LONGEST_BUTTON: Final = 20
_LONGEST_ROW: Final = 24
_LIST_BUTTON: Final = "Choose"

Taken = Callable[[str], Awaitable[str | None]]
"""Tells the provider's id of a message by our own key, once a status has told it."""


class _Sent(BaseModel):
    id: str


class _Answer(BaseModel):
    messages: list[_Sent] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Template:
    """An approved template with one text in its body, for when the window is closed."""

    name: str
    language: str = "en_AU"


@dataclass(frozen=True, slots=True)
class WhatsApp:
    """Sends WhatsApp messages from one of our numbers."""

    graph: Graph
    phone_number_id: str
    taken: Taken
    template: Template | None = None
    now: Callable[[], datetime] = utc_now

    def pieces(self, message: OutgoingMessage) -> list[OutgoingMessage]:
        """Return a message in pieces; what can be pressed comes with the last.

        A template is one message, however much it leaves out.
        """
        if not self._is_open(message):
            return [message]
        if len(message.choices) > _MOST_ROWS:
            message = with_numbers(message)
        return cut(message, _LONGEST_ASKING if message.choices else _LONGEST_TEXT)

    async def send(self, message: OutgoingMessage) -> str:
        """Send one of the pieces; return its id."""
        body = _body(message) if self._is_open(message) else self._templated(message)
        response = await self.graph.post(
            f"{self.phone_number_id}/messages",
            {
                "messaging_product": "whatsapp",
                "recipient_type": "individual",
                "to": message.to.removeprefix("+"),
                "biz_opaque_callback_data": message.key,
                **body,
            },
        )
        return answer_as(_Answer, response, system=SYSTEM).messages[0].id

    async def find(
        self, message: OutgoingMessage, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """Return the id that a status has told for this message's key."""
        del since, known
        return await self.taken(message.key)

    def _is_open(self, message: OutgoingMessage) -> bool:
        return is_open("whatsapp", message.last_heard_at, now=self.now())

    def _templated(self, message: OutgoingMessage) -> dict[str, Any]:
        if self.template is None:
            raise WindowClosed(SYSTEM, "no template is set", code="window_closed")
        text = shortened(" ".join(message.text.split()), _LONGEST_IN_TEMPLATE)
        return {
            "type": "template",
            "template": {
                "name": self.template.name,
                "language": {"code": self.template.language},
                "components": [{"type": "body", "parameters": [{"type": "text", "text": text}]}],
            },
        }


def _body(message: OutgoingMessage) -> dict[str, Any]:
    if message.choices:
        return _asking(message.text, message.choices)
    return {"type": "text", "text": {"preview_url": False, "body": message.text}}


def _asking(text: str, choices: tuple[Choice, ...]) -> dict[str, Any]:
    if len(choices) <= _MOST_BUTTONS and all(len(one.title) <= _LONGEST_BUTTON for one in choices):
        replies = [
            {"type": "reply", "reply": {"id": one.id, "title": one.title}} for one in choices
        ]
        action: dict[str, Any] = {"buttons": replies}
        return _interactive("button", text, action)
    rows = [_row(one) for one in choices]
    return _interactive("list", text, {"button": _LIST_BUTTON, "sections": [{"rows": rows}]})


def _row(choice: Choice) -> dict[str, str]:
    """Return a row; a title that is too long goes on below it."""
    if len(choice.title) <= _LONGEST_ROW:
        return {"id": choice.id, "title": choice.title}
    title = shortened(choice.title, _LONGEST_ROW)
    return {"id": choice.id, "title": title, "description": shortened(choice.title, 72)}


def _interactive(kind: str, text: str, action: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "interactive",
        "interactive": {"type": kind, "body": {"text": text}, "action": action},
    }
