"""The sandbox's settings, read once from the environment."""

from ipaddress import ip_address
from typing import Annotated

from pydantic import AfterValidator, Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _loopback(host: str) -> str:
    if host != "localhost" and not _is_loopback_address(host):
        raise ValueError("the sandbox has no protection and only listens on loopback")
    return host


def _is_loopback_address(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Settings(BaseSettings):
    """One field per environment variable of the same name."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    sandbox_host: Annotated[str, AfterValidator(_loopback)] = "127.0.0.1"
    sandbox_port: int = Field(default=8800, ge=0, le=65535)
    order_system_key: SecretStr
    case_system_key: SecretStr
    marketplace_key: SecretStr
    notifications_key: SecretStr
    customer_token_key: SecretStr | None = None
    system_events_to: HttpUrl | None = None
    order_events_key: SecretStr | None = None
    case_events_key: SecretStr | None = None
    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_token: SecretStr | None = None
    sandbox_meta_webhooks: HttpUrl = HttpUrl("http://127.0.0.1:8000/v1/channels")
    sandbox_sms_webhook: HttpUrl = HttpUrl("http://127.0.0.1:8000/v1/channels/sms")
