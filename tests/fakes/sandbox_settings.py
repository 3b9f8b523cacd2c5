"""Settings for a sandbox inside a test."""

from pydantic import SecretStr

from sandbox.settings import Settings


def sandbox_settings(*, case_key: str = "c", marketplace_key: str = "m") -> Settings:
    """Return settings that read no environment file."""
    return Settings(
        _env_file=None,
        order_system_key=SecretStr("o"),
        case_system_key=SecretStr(case_key),
        marketplace_key=SecretStr(marketplace_key),
        notifications_key=SecretStr("n"),
    )
