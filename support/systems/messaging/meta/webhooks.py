"""What Meta posts about WhatsApp and Messenger, as far as it is read.

Source: Meta, "Cloud API: webhooks" and "Messenger Platform: webhook events". One post may hold many
entries, changes, messages and statuses. What is not known is passed over, never an error: Meta adds
kinds of messages without asking.
"""

from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, Field

from support.systems.messaging.models import Delivery

_DELIVERIES: Final = MappingProxyType(
    {
        "accepted": Delivery.SENDING,
        "sent": Delivery.SENT,
        "delivered": Delivery.DELIVERED,
        "read": Delivery.READ,
        "played": Delivery.READ,
        "failed": Delivery.FAILED,
    }
)


def delivery_of(status: str) -> Delivery:
    """Return what a status of Meta's means."""
    return _DELIVERIES.get(status.lower(), Delivery.UNKNOWN)


def _listed(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Read null, and anything that is no list, as an empty list."""
    return value if isinstance(value, list) else []


class _Text(BaseModel):
    body: str = ""


class _Pressed(BaseModel):
    id: str = ""
    title: str = ""


class _Interactive(BaseModel):
    button_reply: _Pressed | None = None
    list_reply: _Pressed | None = None


class _Button(BaseModel):
    text: str = ""


class _Captioned(BaseModel):
    caption: str = ""


class WhatsAppMessage(BaseModel):
    """A message of a customer. `sender` is a phone number without its plus sign."""

    sender: str = Field(alias="from")
    id: str
    type: str = "unsupported"
    timestamp: str = "0"
    text: _Text | None = None
    interactive: _Interactive | None = None
    button: _Button | None = None
    image: _Captioned | None = None
    video: _Captioned | None = None
    document: _Captioned | None = None

    @property
    def words(self) -> str:
        """What was written, also below a picture; empty where nothing was."""
        pressed = self.pressed
        if pressed is not None:
            return pressed.title
        captioned = self.image or self.video or self.document
        said = self.text.body if self.text else ""
        return said or (self.button.text if self.button else "") or _caption(captioned)

    @property
    def pressed(self) -> _Pressed | None:
        """The choice of ours that was pressed."""
        if self.interactive is None:
            return None
        return self.interactive.button_reply or self.interactive.list_reply

    @property
    def wants_an_answer(self) -> bool:
        """Whether it says something: a reaction and a notice of the system do not."""
        return self.type not in {"reaction", "system"}


class WhatsAppError(BaseModel):
    """Why a message was not delivered."""

    code: int = 0


class WhatsAppStatus(BaseModel):
    """What became of a message that we sent. `key` is what we sent with it."""

    id: str
    status: str = ""
    key: str | None = Field(default=None, alias="biz_opaque_callback_data")
    errors: Annotated[list[WhatsAppError], BeforeValidator(_listed)] = []


class _Metadata(BaseModel):
    phone_number_id: str = ""


class WhatsAppValue(BaseModel):
    """The news of one of our numbers. Messages stay raw: one that is odd must not hide others."""

    metadata: _Metadata = _Metadata()
    messages: Annotated[list[dict[str, Any]], BeforeValidator(_listed)] = []
    statuses: Annotated[list[dict[str, Any]], BeforeValidator(_listed)] = []


class _Change(BaseModel):
    field: str = ""
    value: WhatsAppValue = WhatsAppValue()


class _Id(BaseModel):
    id: str = ""


class _QuickReply(BaseModel):
    payload: str = ""


class MessengerMessage(BaseModel):
    """A message of a customer, or the echo of ours."""

    mid: str
    text: str = ""
    is_echo: bool = False
    metadata: str | None = None
    quick_reply: _QuickReply | None = None


class _Postback(BaseModel):
    mid: str = ""
    title: str = ""
    payload: str = ""


class _Receipt(BaseModel):
    mids: Annotated[list[str], BeforeValidator(_listed)] = []


class MessengerEvent(BaseModel):
    """One thing that happened in a conversation with a page."""

    sender: _Id = _Id()
    recipient: _Id = _Id()
    timestamp: int = 0
    message: MessengerMessage | None = None
    postback: _Postback | None = None
    delivery: _Receipt | None = None


class _Entry(BaseModel):
    id: str = ""
    changes: Annotated[list[_Change], BeforeValidator(_listed)] = []
    messaging: Annotated[list[dict[str, Any]], BeforeValidator(_listed)] = []


class MetaPost(BaseModel):
    """One post of Meta's. `object` says of what: `whatsapp_business_account` or `page`."""

    object: str = ""
    entry: Annotated[list[_Entry], BeforeValidator(_listed)] = []


def _caption(captioned: _Captioned | None) -> str:
    return captioned.caption if captioned else ""
