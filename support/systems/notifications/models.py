"""A message to a customer's own address."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, SecretStr


class NotificationChannel(StrEnum):
    """How it is sent."""

    EMAIL = "email"
    SMS = "sms"


class Notification(BaseModel):
    """One message. The text may hold a one-time code, so it never shows in logs."""

    model_config = ConfigDict(frozen=True)

    channel: NotificationChannel
    to: str
    subject: str | None = None
    text: SecretStr
