"""Where the outside systems are, and the keys to them."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class WebhookSettings(BaseSettings):
    """What carriers' webhooks show to be believed; one that is not set is not served."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    aftership_webhook_secret: SecretStr | None = None
    uber_direct_webhook_key: SecretStr | None = None
    doordash_webhook_authorization: SecretStr | None = None


class SystemsSettings(BaseSettings):
    """Settings of a process that asks outside systems. Each is described in .env.example."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    order_system_url: HttpUrl
    order_system_key: SecretStr

    australia_post_url: HttpUrl
    australia_post_account: str
    australia_post_key: SecretStr
    australia_post_password: SecretStr
    australia_post_calls_per_minute: int = Field(default=10, ge=1)

    aftership_url: HttpUrl = HttpUrl("https://api.aftership.com/tracking/2026-07")
    aftership_key: SecretStr | None = None
    aftership_calls_per_second: int = Field(default=10, ge=1)

    case_system_url: HttpUrl
    case_system_key: SecretStr

    marketplace_url: HttpUrl
    marketplace_key: SecretStr

    notifications_url: HttpUrl
    notifications_key: SecretStr

    knowledge_folder: Path | None = None
    regions_file: Path | None = None

    carrier_fresh_at_most: timedelta | None = None
    carrier_pause: timedelta = timedelta(seconds=20)

    @property
    def knowledge_folders(self) -> tuple[Path, ...]:
        """Folders whose knowledge takes the place of what is shipped."""
        return (self.knowledge_folder,) if self.knowledge_folder else ()
