"""The gateway's settings, read once from the environment."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, HttpUrl, SecretStr
from pydantic_settings import SettingsConfigDict

from gateway.conversation_log import RateLimit
from gateway.handover.settings import HandoverSettings
from support.redis_address import RedisUrl

KEY_BYTES = 32
"""The least length of a signing key (RFC 7518, section 3.2, for HS256)."""


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value().encode()) < KEY_BYTES:
        raise ValueError(f"must be at least {KEY_BYTES} bytes long")
    return key


SigningKey = Annotated[SecretStr, AfterValidator(_long_enough)]


class Settings(HandoverSettings):
    """One field per environment variable of the same name."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    redis_url: RedisUrl
    gateway_host: str = "127.0.0.1"
    gateway_port: int = Field(default=8000, ge=0, le=65535)
    forwarded_allow_ips: str = ""
    cors_allow_origins: str = ""

    conversation_token_key: SigningKey
    conversation_token_minutes: int = Field(default=1440, ge=1)
    customer_token_key: SigningKey | None = None
    sender_key_secret: SigningKey

    message_limit_characters: int = Field(default=2000, ge=1, le=4000)
    messages_per_minute: int = Field(default=30, ge=1)
    conversations_per_minute: int = Field(default=30, ge=1)
    keep_conversations_days: int = Field(default=30, ge=1)
    demo_shop_url: HttpUrl | None = None
    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8000")
    actions_url: HttpUrl = HttpUrl("http://127.0.0.1:5055/webhook")
    desk_actions_key: SigningKey | None = None
    sms_segment_cents: float | None = None
    desk_openid_issuer: HttpUrl | None = None
    desk_openid_client_id: str | None = None
    desk_openid_client_secret: SecretStr | None = None
    desk_openid_agents: str = "desk-agents"
    desk_openid_supervisors: str = "desk-supervisors"
    knowledge_folder: Path | None = None

    @property
    def keep_conversations(self) -> timedelta:
        """How long a conversation is kept after its last message."""
        return timedelta(days=self.keep_conversations_days)

    @property
    def conversation_token_life(self) -> timedelta:
        """How long a conversation's token is valid."""
        return timedelta(minutes=self.conversation_token_minutes)

    @property
    def message_rate(self) -> RateLimit:
        """How many messages one conversation may send."""
        return RateLimit(count=self.messages_per_minute, seconds=60)

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
