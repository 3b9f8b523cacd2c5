"""What Twilio posts and answers, as far as it is read."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from support.systems.messaging.models import Delivery

_DELIVERIES: Final = MappingProxyType(
    {
        "accepted": Delivery.SENDING,
        "scheduled": Delivery.SENDING,
        "queued": Delivery.SENDING,
        "sending": Delivery.SENDING,
        "sent": Delivery.SENT,
        "delivered": Delivery.DELIVERED,
        "read": Delivery.READ,
        "undelivered": Delivery.FAILED,
        "failed": Delivery.FAILED,
        "canceled": Delivery.FAILED,
    }
)
"""Source: Twilio, "Message resource", the values of `status`."""


def delivery_of(status: str) -> Delivery:
    """Return what a status of Twilio's means."""
    return _DELIVERIES.get(status.lower(), Delivery.UNKNOWN)


class CreatedMessage(BaseModel):
    """Twilio's answer to a message that it has taken."""

    sid: str


class ListedMessage(CreatedMessage):
    """One of the messages that Twilio lists."""

    body: str = ""
    to: str = ""
    date_created: str | None = None

    @property
    def created(self) -> datetime | None:
        """When it was taken; None where that cannot be read."""
        try:
            return parsedate_to_datetime(self.date_created or "")
        except ValueError:
            return None


class MessageList(BaseModel):
    """A page of the messages that were sent."""

    messages: list[ListedMessage] = []


class TwilioError(BaseModel):
    """Twilio's answer to a request that it refuses."""

    code: int = 0
