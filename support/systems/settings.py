"""Where the outside systems are, and the keys to them."""

from datetime import timedelta
from pathlib import Path

from pydantic import HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class SystemsSettings(BaseSettings):
    """Settings of a process that asks outside systems. Each is described in .env.example."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    order_system_url: HttpUrl
    order_system_key: SecretStr

    australia_post_url: HttpUrl
    australia_post_account: str
    australia_post_key: SecretStr
    australia_post_password: SecretStr

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
