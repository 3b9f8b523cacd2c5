"""Where the outside systems are, and the keys to them."""

from datetime import timedelta

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

    carrier_fresh_at_most: timedelta | None = None
    carrier_pause: timedelta = timedelta(seconds=20)
