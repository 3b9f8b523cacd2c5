"""The worker's settings, read once from the environment."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, HttpUrl, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from gateway.handover.settings import HandoverSettings
from support.decisions.quiet_hours import QuietHours, read_quiet_hours
from support.redis_address import RedisUrl
from support.systems.desk.settings import DeskCallsSettings
from support.systems.messaging.webhook.apps import AppName, WebhookApp
from support.whole_settings import require_beside

_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "twilio_account_sid": ("twilio_auth_token",),
    "whatsapp_token": ("whatsapp_phone_number_id",),
    "messenger_token": ("messenger_page_id",),
}

Quiet = Annotated[QuietHours | None, BeforeValidator(read_quiet_hours)]


class Settings(HandoverSettings, DeskCallsSettings):
    """One field per environment variable of the same name."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    redis_url: RedisUrl
    rasa_url: HttpUrl = HttpUrl("http://127.0.0.1:5005")
    rasa_turn_key: SecretStr = Field(min_length=32)
    actions_url: HttpUrl = HttpUrl("http://127.0.0.1:5055/webhook")
    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8000")
    sender_key_secret: SecretStr = Field(min_length=32)
    twilio_url: HttpUrl = HttpUrl("https://api.twilio.com")
    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    twilio_messaging_service: str | None = None
    twilio_sender: str | None = None
    graph_url: HttpUrl = HttpUrl("https://graph.facebook.com/v23.0")
    whatsapp_token: SecretStr | None = None
    whatsapp_phone_number_id: str | None = None
    whatsapp_template: str | None = None
    messenger_token: SecretStr | None = None
    messenger_page_id: str | None = None
    webhook_apps: dict[AppName, WebhookApp] = Field(default_factory=dict)
    keep_conversations_days: int = Field(default=30, ge=1)
    worker_concurrency: int = Field(default=16, ge=1, le=48)
    follow_up_every: timedelta = Field(default=timedelta(minutes=15), gt=timedelta(0))
    quiet_hours: Quiet = Field(default_factory=lambda: read_quiet_hours("21:00-08:00"))
    insights_quiet_after: timedelta = Field(default=timedelta(hours=1), gt=timedelta(0))
    keep_insights_days: int = Field(default=400, ge=8)
    worker_metrics_port: int | None = Field(default=None, ge=0, le=65535)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Refuse a channel without all that sending on it needs."""
        require_beside(self, _BESIDE)
        if self.twilio_account_sid and not (self.twilio_messaging_service or self.twilio_sender):
            raise ValueError("TWILIO_MESSAGING_SERVICE or TWILIO_SENDER is missing")
        return self

    @property
    def keep_conversations(self) -> timedelta:
        """How long a conversation is kept after its last message."""
        return timedelta(days=self.keep_conversations_days)

    @property
    def keep_insights(self) -> timedelta:
        """How long the records of a day are kept."""
        return timedelta(days=self.keep_insights_days)
