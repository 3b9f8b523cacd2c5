"""What the actions process has to be told, read once from the environment."""

from pydantic import HttpUrl, RedisDsn, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ActionsSettings(BaseSettings):
    """Settings of the actions process. Each is described in .env.example."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    actions_host: str = "127.0.0.1"
    actions_port: int = 5055
    redis_url: RedisDsn

    order_system_url: HttpUrl
    order_system_key: SecretStr

    australia_post_url: HttpUrl
    australia_post_account: str
    australia_post_key: SecretStr
    australia_post_password: SecretStr

    identity_minutes: int = 60
