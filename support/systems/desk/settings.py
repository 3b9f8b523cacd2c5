"""Which desk people answer at, and what each process must know of it."""

from typing import ClassVar, Literal, Self

from pydantic import Field, HttpUrl, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from support.whole_settings import unset


class DeskSettings(BaseSettings):
    """One field per environment variable of the same name.

    Gateway and worker each need their part: who posts to us is known by the secret, and what we
    post is opened by the token.
    """

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    needed_for_chatwoot: ClassVar[tuple[str, ...]] = ("chatwoot_account_id", "chatwoot_inbox_id")

    desk: Literal["page", "chatwoot"] = "page"
    chatwoot_account_id: int | None = Field(default=None, ge=1)
    chatwoot_inbox_id: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _whole_desk(self) -> Self:
        """Refuse an outside desk without all that it needs."""
        missing = unset(self, self.needed_for_chatwoot)
        if self.has_outside_desk and missing:
            raise ValueError(f"these settings are missing beside DESK=chatwoot: {missing}")
        return self

    @property
    def has_outside_desk(self) -> bool:
        """Whether people answer at the desk of another product."""
        return self.desk != "page"


class DeskNewsSettings(DeskSettings):
    """What the gateway must know: by which secret the desk's posts are known to be the desk's."""

    needed_for_chatwoot = (*DeskSettings.needed_for_chatwoot, "chatwoot_webhook_secret")

    chatwoot_webhook_secret: SecretStr | None = Field(default=None, min_length=16)


class DeskCallsSettings(DeskSettings):
    """What the worker must know: where the desk is, and the key to it."""

    needed_for_chatwoot = (
        *DeskSettings.needed_for_chatwoot,
        "chatwoot_url",
        "chatwoot_api_token",
    )

    chatwoot_url: HttpUrl | None = None
    chatwoot_api_token: SecretStr | None = None
