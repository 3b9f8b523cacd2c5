"""Where the outside systems are, and the keys to them."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import Field, HttpUrl, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from support.systems.cases.zendesk.fields import ZendeskFields
from support.systems.marketplace.models import TicketReason
from support.whole_settings import unset

_NEEDED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "order_system": {
        "http": ("order_system_url", "order_system_key"),
        "commercetools": (
            "commercetools_url",
            "commercetools_auth_url",
            "commercetools_project",
            "commercetools_client_id",
            "commercetools_client_secret",
        ),
    },
    "case_system": {
        "http": ("case_system_url", "case_system_key"),
        "zendesk": ("zendesk_url", "zendesk_email", "zendesk_token", "zendesk_fields"),
    },
    "marketplace": {
        "http": ("marketplace_url", "marketplace_key"),
        "mirakl": ("mirakl_url", "mirakl_key"),
    },
}


class WebhookSettings(BaseSettings):
    """What carriers' webhooks show to be believed; one that is not set is not served."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    aftership_webhook_secret: SecretStr | None = None
    uber_direct_webhook_key: SecretStr | None = None
    doordash_webhook_authorization: SecretStr | None = None


class SystemsSettings(BaseSettings):
    """Settings of a process that asks outside systems. Each is described in .env.example."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    order_system: Literal["http", "commercetools"] = "http"
    order_system_url: HttpUrl | None = None
    order_system_key: SecretStr | None = None
    commercetools_url: HttpUrl | None = None
    commercetools_auth_url: HttpUrl | None = None
    commercetools_project: str | None = None
    commercetools_client_id: str | None = None
    commercetools_client_secret: SecretStr | None = None
    commercetools_scope: str = ""

    australia_post_url: HttpUrl
    australia_post_account: str
    australia_post_key: SecretStr
    australia_post_password: SecretStr
    australia_post_calls_per_minute: int = Field(default=10, ge=1)

    aftership_url: HttpUrl = HttpUrl("https://api.aftership.com/tracking/2026-07")
    aftership_key: SecretStr | None = None
    aftership_calls_per_second: int = Field(default=10, ge=1)

    case_system: Literal["http", "zendesk"] = "http"
    case_system_url: HttpUrl | None = None
    case_system_key: SecretStr | None = None
    zendesk_url: HttpUrl | None = None
    zendesk_email: str | None = None
    zendesk_token: SecretStr | None = None
    zendesk_fields: ZendeskFields | None = None

    marketplace: Literal["http", "mirakl"] = "http"
    marketplace_url: HttpUrl | None = None
    marketplace_key: SecretStr | None = None
    mirakl_url: HttpUrl | None = None
    mirakl_key: SecretStr | None = None
    mirakl_reasons: dict[TicketReason, str] = Field(default_factory=dict)
    mirakl_incidents: dict[TicketReason, str] = Field(default_factory=dict)

    notifications_url: HttpUrl
    notifications_key: SecretStr

    knowledge_folder: Path | None = None
    regions_file: Path | None = None

    carrier_fresh_at_most: timedelta | None = None
    carrier_pause: timedelta = timedelta(seconds=20)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse a system that was chosen without all that it needs."""
        needed = (needs.get(getattr(self, system), ()) for system, needs in _NEEDED.items())
        missing = unset(self, chain.from_iterable(needed))
        if missing:
            raise ValueError(f"these settings of the chosen systems are missing: {missing}")
        return self

    @property
    def knowledge_folders(self) -> tuple[Path, ...]:
        """Folders whose knowledge takes the place of what is shipped."""
        return (self.knowledge_folder,) if self.knowledge_folder else ()
