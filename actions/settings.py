"""What the actions process has to be told, read once from the environment."""

from datetime import timedelta

from pydantic import Field, SecretStr

from support.redis_address import RedisUrl
from support.systems.settings import SystemsSettings


class ActionsSettings(SystemsSettings):
    """Settings of the actions process. Each is described in .env.example."""

    actions_host: str = "127.0.0.1"
    actions_port: int = 5055
    actions_metrics_port: int | None = None
    redis_url: RedisUrl
    identity_minutes: int = 60
    identity_failures_window: timedelta = timedelta(hours=1)
    one_time_code_key: SecretStr = Field(min_length=32)
    desk_actions_key: SecretStr | None = Field(default=None, min_length=32)
