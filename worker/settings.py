"""The worker's settings, read once from the environment."""

from datetime import timedelta

from pydantic import Field, HttpUrl, SecretStr
from pydantic_settings import SettingsConfigDict

from gateway.handover.settings import HandoverSettings
from support.redis_address import RedisUrl


class Settings(HandoverSettings):
    """One field per environment variable of the same name."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    redis_url: RedisUrl
    rasa_url: HttpUrl = HttpUrl("http://127.0.0.1:5005")
    rasa_turn_key: SecretStr = Field(min_length=32)
    actions_url: HttpUrl = HttpUrl("http://127.0.0.1:5055/webhook")
    keep_conversations_days: int = Field(default=30, ge=1)
    worker_concurrency: int = Field(default=16, ge=1, le=48)
    follow_up_every: timedelta = Field(default=timedelta(minutes=15), gt=timedelta(0))
    insights_quiet_after: timedelta = Field(default=timedelta(hours=1), gt=timedelta(0))
    keep_insights_days: int = Field(default=400, ge=8)
    worker_metrics_port: int | None = Field(default=None, ge=0, le=65535)

    @property
    def keep_conversations(self) -> timedelta:
        """How long a conversation is kept after its last message."""
        return timedelta(days=self.keep_conversations_days)

    @property
    def keep_insights(self) -> timedelta:
        """How long the records of a day are kept."""
        return timedelta(days=self.keep_insights_days)
