"""What Meta does not take, with its own codes.

Source: Meta, "Cloud API: messages", "Cloud API: error codes", "Messenger Platform: Send API".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

WINDOW: Final = timedelta(hours=24)
_LONGEST_TEXT: Final = 4096
_LONGEST_ASKING: Final = 1024
_MOST_BUTTONS: Final = 3
_LONGEST_BUTTON: Final = 20
_MOST_ROWS: Final = 10
_MESSENGER_TEXT: Final = 2000
_MESSENGER_CHOICES: Final = 13


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message is not taken."""

    code: int
    message: str
    status: int = 400
    subcode: int | None = None

    def body(self) -> dict[str, Any]:
        """Return it as Meta says it."""
        error = {"message": f"(#{self.code}) {self.message}", "type": "OAuthException"}
        return {"error": {**error, "code": self.code, "error_subcode": self.subcode}}


TOKEN: Final = Refusal(190, "Invalid OAuth access token.", 401)
UNKNOWN_OBJECT: Final = Refusal(100, "Unsupported post request. Object does not exist.")
TOO_MANY: Final = Refusal(130429, "Rate limit hit", 429)


def whatsapp_refusal(
    body: dict[str, Any], heard_at: datetime | None, now: datetime
) -> Refusal | None:
    """Return why WhatsApp would not send this to somebody last heard then; None if it would."""
    if body.get("messaging_product") != "whatsapp":
        return _parameter("messaging_product must be whatsapp")
    if not str(body.get("to", "")).isdigit():
        return _parameter("to must be a phone number")
    if body.get("type") == "template":
        return None if body.get("template", {}).get("name") else _parameter("template.name")
    if heard_at is None or now >= heard_at + WINDOW:
        return Refusal(131047, "Re-engagement message")
    return _whatsapp_content(body)


def messenger_refusal(
    body: dict[str, Any], heard_at: datetime | None, now: datetime
) -> Refusal | None:
    """Return why Messenger would not send this; None if it would."""
    if body.get("messaging_type") not in {"RESPONSE", "UPDATE", "MESSAGE_TAG"}:
        return _parameter("messaging_type")
    if not body.get("recipient", {}).get("id"):
        return _parameter("recipient.id")
    if heard_at is None or now >= heard_at + WINDOW:
        return Refusal(10, "This message is sent outside of allowed window.", 403, 2018278)
    message = body.get("message", {})
    choices = message.get("quick_replies", [])
    if len(choices) > _MESSENGER_CHOICES or any(
        len(one.get("title", "")) > _LONGEST_BUTTON for one in choices
    ):
        return _parameter("message.quick_replies")
    return _text(message.get("text"), _MESSENGER_TEXT)


def _whatsapp_content(body: dict[str, Any]) -> Refusal | None:
    kind = body.get("type", "text")
    if kind == "text":
        return _text(body.get("text", {}).get("body"), _LONGEST_TEXT)
    if kind == "interactive":
        return _interactive(body.get("interactive", {}))
    return _parameter(f"type {kind} is not known")


def _interactive(interactive: dict[str, Any]) -> Refusal | None:
    refused = _text(interactive.get("body", {}).get("text"), _LONGEST_ASKING)
    if refused:
        return refused
    action = interactive.get("action", {})
    if interactive.get("type") == "button":
        buttons = [one.get("reply", {}) for one in action.get("buttons", [])]
        return _choices(buttons, most=_MOST_BUTTONS, longest=_LONGEST_BUTTON)
    if interactive.get("type") == "list":
        rows = [row for section in action.get("sections", []) for row in section.get("rows", [])]
        if not 0 < len(str(action.get("button", ""))) <= _LONGEST_BUTTON:
            return _parameter("interactive.action.button")
        return _choices(rows, most=_MOST_ROWS, longest=24)
    return _parameter("interactive.type")


def _choices(choices: list[dict[str, Any]], *, most: int, longest: int) -> Refusal | None:
    titles = [str(one.get("title", "")) for one in choices]
    ids = [str(one.get("id", "")) for one in choices]
    if not 0 < len(choices) <= most:
        return _parameter(f"between 1 and {most} choices")
    if any(not 0 < len(title) <= longest for title in titles):
        return _parameter(f"titles of 1 to {longest} characters")
    if len(set(ids)) < len(ids) or not all(ids):
        return _parameter("ids that differ")
    return None


def _text(text: object, longest: int) -> Refusal | None:
    if not isinstance(text, str) or not text:
        return _parameter("a text")
    return _parameter(f"at most {longest} characters") if len(text) > longest else None


def _parameter(what: str) -> Refusal:
    return Refusal(100, f"Invalid parameter: {what}")
