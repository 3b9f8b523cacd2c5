"""How tests and the demo send text messages, and let phones be out of reach."""

from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Path
from pydantic import BaseModel, Field

from sandbox.twilio_webhooks import TwilioWebhooks
from sandbox.world import World

_PHONE: Final = r"^\+[1-9][0-9]{7,14}$"


class TextMessage(BaseModel):
    """A text message that somebody sends. The same `sid` again is the same message again."""

    sender: Annotated[str, Field(alias="from", pattern=_PHONE)]
    text: Annotated[str, Field(max_length=1600)] = ""
    media: Annotated[int, Field(ge=0, le=10)] = 0
    sid: Annotated[str | None, Field(pattern=r"^(SM|MM)[0-9a-f]{32}$")] = None


class PhoneSetting(BaseModel):
    """Whether a phone can be reached."""

    in_reach: bool


def text_control_routes(world: World, webhooks: TwilioWebhooks | None) -> APIRouter:
    """Return the routes under /sandbox/sms."""
    routes = APIRouter(prefix="/sandbox/sms", tags=["control"])

    @routes.post("/inbound")
    async def send(message: TextMessage) -> dict[str, str | int]:
        if webhooks is None:
            raise HTTPException(503, "There is no SMS account: set TWILIO_AUTH_TOKEN.")
        sid, status = await webhooks.receive(
            world.texts, message.sender, message.text, media=message.media, sid=message.sid
        )
        return {"sid": sid, "answered": status}

    @routes.put("/phones/{phone}")
    async def set_phone(
        phone: Annotated[str, Path(pattern=_PHONE)], setting: PhoneSetting
    ) -> PhoneSetting:
        if setting.in_reach:
            world.texts.out_of_reach.discard(phone)
        else:
            world.texts.out_of_reach.add(phone)
        return setting

    return routes
