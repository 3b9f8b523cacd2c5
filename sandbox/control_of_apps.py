"""How tests and the demo write to us by WhatsApp and Messenger."""

from typing import Annotated, Any, Literal, Self
from uuid import uuid4

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field, model_validator

from sandbox.meta import MetaWebhooks
from sandbox.world import World


class AppMessage(BaseModel):
    """A message that somebody sends, or a choice (`press`, the id that came with it) they press.

    `from` is a phone without its plus sign (WhatsApp), or any id (Messenger). The same `id` again
    is the same message again.
    """

    sender: Annotated[str, Field(alias="from", pattern=r"^[0-9]{7,20}$")]
    text: Annotated[str, Field(max_length=4096)] = ""
    press: str | None = None
    id: str = Field(default_factory=lambda: f"id.{uuid4().hex}")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text:
            raise ValueError("A message has a text; a press has the button's title as its text.")
        return self

    def content(self, channel: str, at: int) -> dict[str, Any]:
        """Return it as Meta posts it."""
        if channel == "messenger":
            pressed = {"quick_reply": {"payload": self.press}} if self.press else {}
            return {"message": {"mid": self.id, "text": self.text, **pressed}}
        said: dict[str, Any] = {"type": "text", "text": {"body": self.text}}
        if self.press:
            reply = {"type": "button_reply", "button_reply": {"id": self.press, "title": self.text}}
            said = {"type": "interactive", "interactive": reply}
        return {"id": self.id, "timestamp": str(at), **said}


def app_control_routes(world: World, webhooks: MetaWebhooks | None) -> APIRouter:
    """Return the routes under /sandbox for messaging apps."""
    routes = APIRouter(prefix="/sandbox", tags=["control"])

    @routes.post("/{channel}/inbound")
    async def send(
        channel: Literal["whatsapp", "messenger"], message: AppMessage
    ) -> dict[str, str | int]:
        if webhooks is None:
            raise HTTPException(503, "There is no app: set WHATSAPP_APP_SECRET and WHATSAPP_TOKEN.")
        content = message.content(channel, int(webhooks.now().timestamp()))
        answered = await webhooks.message(world, channel, message.sender, content)
        return {"id": message.id, "answered": answered}

    return routes
