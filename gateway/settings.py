"""The gateway's settings, read once from the environment."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, HttpUrl, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from gateway.conversation_log import RateLimit
from gateway.handover.settings import HandoverSettings
from support.redis_address import RedisUrl
from support.systems.desk.settings import DeskNewsSettings
from support.systems.messaging.webhook.apps import AppName, WebhookApp
from support.systems.settings import WebhookSettings
from support.whole_settings import require_beside

KEY_BYTES = 32
"""The least length of a signing key (RFC 7518, section 3.2, for HS256)."""


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value().encode()) < KEY_BYTES:
        raise ValueError(f"must be at least {KEY_BYTES} bytes long")
    return key


SigningKey = Annotated[SecretStr, AfterValidator(_long_enough)]

_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "twilio_account_sid": ("twilio_auth_token",),
    "whatsapp_app_secret": ("whatsapp_phone_number_id",),
    "messenger_app_secret": ("messenger_page_id",),
    "desk_openid_issuer": ("desk_openid_client_id", "desk_openid_client_secret"),
}


class Settings(HandoverSettings, DeskNewsSettings, WebhookSettings):
    """One field per environment variable of the same name."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    redis_url: RedisUrl
    gateway_host: str = "127.0.0.1"
    gateway_port: int = Field(default=8000, ge=0, le=65535)
    gateway_metrics_port: int | None = Field(default=None, ge=0, le=65535)
    forwarded_allow_ips: str = ""
    cors_allow_origins: str = ""

    conversation_token_key: SigningKey
    conversation_token_minutes: int = Field(default=1440, ge=1)
    customer_token_key: SigningKey | None = None
    sender_key_secret: SigningKey
    order_events_key: SigningKey | None = None
    case_events_key: SigningKey | None = None

    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8000")
    channel_idle_hours: int = Field(default=24, ge=1)
    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    meta_verify_token: SecretStr | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_phone_number_id: str | None = None
    messenger_app_secret: SecretStr | None = None
    messenger_page_id: str | None = None
    webhook_apps: dict[AppName, WebhookApp] = Field(default_factory=dict)

    message_limit_characters: int = Field(default=2000, ge=1, le=4000)
    messages_per_minute: int = Field(default=30, ge=1)
    conversations_per_minute: int = Field(default=30, ge=1)
    messages_per_address_per_minute: int = Field(default=300, ge=1)
    open_conversations_per_address: int = Field(default=200, ge=1)
    keep_conversations_days: int = Field(default=30, ge=1)
    demo_shop_url: HttpUrl | None = None
    actions_url: HttpUrl = HttpUrl("http://127.0.0.1:5055/webhook")
    desk_actions_key: SigningKey | None = None
    sms_segment_cents: float | None = None
    desk_openid_issuer: HttpUrl | None = None
    desk_openid_client_id: str | None = None
    desk_openid_client_secret: SecretStr | None = None
    desk_openid_agents: str = "desk-agents"
    desk_openid_supervisors: str = "desk-supervisors"
    knowledge_folder: Path | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Refuse a channel or a sign-in without all that it needs."""
        require_beside(self, _BESIDE)
        return self

    @property
    def keep_conversations(self) -> timedelta:
        """How long a conversation is kept after its last message."""
        return timedelta(days=self.keep_conversations_days)

    def public_address(self, path: str, query: str = "") -> str:
        """Return the address under which the outside called this path."""
        return str(self.public_url).rstrip("/") + path + (f"?{query}" if query else "")

    @property
    def channel_idle(self) -> timedelta:
        """After how much silence a message on a channel begins another conversation."""
        return timedelta(hours=self.channel_idle_hours)

    @property
    def conversation_token_life(self) -> timedelta:
        """How long a conversation's token is valid."""
        return timedelta(minutes=self.conversation_token_minutes)

    @property
    def message_rate(self) -> RateLimit:
        """How many messages one conversation may send."""
        return RateLimit(count=self.messages_per_minute, seconds=60)

    @property
    def address_message_rate(self) -> RateLimit:
        """How many messages may come from one address, in all its conversations together."""
        return RateLimit(count=self.messages_per_address_per_minute, seconds=60)

    @property
    def conversation_rate(self) -> RateLimit:
        """How many conversations one sender may start."""
        return RateLimit(count=self.conversations_per_minute, seconds=60)

    @property
    def knowledge_folders(self) -> tuple[Path, ...]:
        """Folders whose knowledge takes the place of what is shipped."""
        return (self.knowledge_folder,) if self.knowledge_folder else ()

    @property
    def demo_shop_origin(self) -> str | None:
        """The sandbox's origin, which the page may then fetch from."""
        return str(self.demo_shop_url).rstrip("/") if self.demo_shop_url else None

    @property
    def allowed_origins(self) -> list[str]:
        """The web pages of other origins that may call this API; none by default."""
        return [origin.strip() for origin in self.cors_allow_origins.split(",") if origin.strip()]
